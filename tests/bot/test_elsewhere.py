from pathlib import Path

import yaml

from bot.elsewhere import EVERY, write_elsewhere


def test_every_third_matter_is_out_of_scope(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(yaml.safe_dump({"matters": [f"việc số {number}" for number in range(7)]}), "utf-8")
    write_elsewhere(tmp_path / "out" / "elsewhere.yml", tmp_path)
    (intent,) = yaml.safe_load((tmp_path / "out" / "elsewhere.yml").read_text("utf-8"))["nlu"]
    assert intent["intent"] == "out_of_scope"
    assert intent["examples"].splitlines() == [f"- việc số {number}" for number in range(0, 7, EVERY)]
