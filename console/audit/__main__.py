"""`python -m console.audit [--expect NUMBER:SEAL]`: is the audit trail as it was written?

The chain shows what was changed or taken out in between. That its end was cut off shows only against what was noted
elsewhere: keep the last line this prints, and give it back with --expect.
"""

import argparse
import sys

from sqlalchemy import select

from console.foundation import open_foundation
from console.settings import load_console_settings
from console.tables import AUDIT


def main() -> None:
    """The command. Ends with 1 if the trail is not whole."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--expect", metavar="NUMBER:SEAL", help="what an earlier run printed last")
    expected = parser.parse_args().expect
    foundation = open_foundation(load_console_settings())
    with foundation.database.reading() as connection:
        verdict = foundation.trail.verify(connection)
        if verdict.broken is not None:
            sys.exit(f"Broken at entry {verdict.broken}; {verdict.sound} entries before it are sound.")
        if expected:
            number, _, seal = expected.partition(":")
            row = connection.execute(select(AUDIT.c.seal).where(AUDIT.c.id == int(number))).first()
            if row is None or row.seal != seal:
                sys.exit(f"Entry {number} is not the one that was noted: entries are missing or the trail was written anew.")
    print(f"{verdict.sound} entries, all as they were written.")
    print(f"{verdict.sound}:{verdict.seal}")


if __name__ == "__main__":
    main()
