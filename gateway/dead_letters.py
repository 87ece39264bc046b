"""`python -m gateway.dead_letters [--revive ID …]`: replies that nobody got, with the reason; or give some another round."""

import argparse
import sys

from gateway.database import Database
from gateway.outbox import Outbox
from motcua.settings import load_settings


def main() -> None:
    """The command. Shows no text and no address: those who run the gateway need not know who asked what."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--revive", type=int, nargs="+", default=[], metavar="ID", help="deliver these after all")
    given = parser.parse_args()
    outbox = Outbox(Database(load_settings().database_url))
    for delivery_id in given.revive:
        say(f"{delivery_id}: {'will be tried again' if outbox.revive(delivery_id) else 'is no dead letter'}")
    if not given.revive:
        letters = outbox.dead_letters()
        for letter in letters:
            facts = letter.delivery
            say(f"{facts.id}\t{letter.finished_at:%Y-%m-%d %H:%M}\t{facts.channel}\t{facts.attempts} attempts\t{letter.reason}")
        say(f"{len(letters)} dead letters")


def say(line: str) -> None:
    """A line for the reader."""
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
