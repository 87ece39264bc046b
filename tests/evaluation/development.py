"""`python -m tests.evaluation.development`: what the running assistant makes of the questions that may be looked at.

Features and limits are chosen by these and then measured once on the held-out ones. Prints the tables, and writes what came of
each message to var/evaluation/development.json. Needs the catalogue: README.md.
"""

import json
import sys

from motcua.settings import load_settings
from tests.evaluation.end_to_end import replayed
from tests.evaluation.findings import answers_table, declined_table
from tests.evaluation.questions import DEVELOPMENT
from tests.evaluation.variants import TYPED, Posed, messages


def main() -> None:
    """The command."""
    cases = [Posed(asked, group, TYPED, asked.question) for group, asked in messages(root=DEVELOPMENT)]
    results = replayed(case.text for case in cases)
    path = load_settings().var / "evaluation" / "development.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(results, ensure_ascii=False, indent=1), "utf-8")
    for table in (answers_table(cases, results), declined_table(cases, results)):
        sys.stdout.write(table.markdown(2) + "\n\n")


if __name__ == "__main__":
    main()
