"""`python -m motcua.procedures.catalogue FILE… [--as-of 2026-07-20]` imports records of the national portal."""

import argparse
import sys
from pathlib import Path

from motcua.procedures.catalogue.importing import SourceFault, import_files, manifest
from motcua.procedures.catalogue.report import write_report
from motcua.procedures.catalogue.store import REPORT, write_catalogue
from motcua.settings import load_settings


def main() -> int:
    """Imports the files, says what came of it, and fails only where nothing could be imported."""
    asked = argparse.ArgumentParser(description="Imports records of the national portal into the catalogue.")
    asked.add_argument("files", nargs="+", type=Path, help="a portal export (.jsonl, .jsonl.gz) or a supplement (.json)")
    asked.add_argument("--as-of", help="the day the portal was read, 2026-07-20, where it is not in the file's name")
    given = asked.parse_args()
    try:
        found = import_files(given.files, as_of=given.as_of)
    except (SourceFault, OSError) as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    folder = load_settings().catalogue_dir
    write_catalogue(folder, found.records.values(), manifest(found), write_report(found))
    print(f"{len(found.records)} records in {folder}, {len(found.faults)} entries not imported: see {folder / REPORT}")
    return 0 if found.records else 1


if __name__ == "__main__":
    sys.exit(main())
