"""`python -m deploy.mock_one_stop [--port 8100]`: a one-stop system with the demo dossiers, until Ctrl+C."""

import argparse

import uvicorn

from deploy.mock_one_stop.app import create_app, mock_of
from motcua.dossiers.demo import demo_dossiers
from motcua.dossiers.working_days import today_in_vietnam


def main() -> None:
    """The command; says how to connect the assistant."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8100)
    given = parser.parse_args()
    mock, address = mock_of(demo_dossiers(today_in_vietnam())), f"http://127.0.0.1:{given.port}"
    print(f"Connect with MOTCUA_REGISTRY_URL={address} MOTCUA_REGISTRY_CLIENT_ID={mock.client_id}")
    print(f"             MOTCUA_REGISTRY_CLIENT_SECRET={mock.client_secret} make run")
    print(f"Let it fail with curl -X PUT {address}/mode/down (or slow, flaky, refusing, garbled; fine again with fine)")
    uvicorn.run(create_app(mock), host="127.0.0.1", port=given.port, log_level="warning", access_log=False)


if __name__ == "__main__":
    main()
