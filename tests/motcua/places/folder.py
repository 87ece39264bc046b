"""A knowledge base with the real places, and offices, a calendar and duty that tests may write into."""

import shutil
from pathlib import Path

from motcua.places.duty import DUTY
from motcua.places.offices import CALENDAR, OFFICES
from motcua.settings import ROOT

VISIT = {
    "unit": "09190",
    "place": "nhà văn hóa khu Xuân Ổ",
    "day": "2026-12-05",
    "begins": "08:00",
    "ends": "11:00",
    "source": {"url": "vidu.vn", "as_of": "2026-11"},
}


def make_folder(folder: Path) -> Path:
    """That knowledge base, as the repository has it."""
    for name in ("places.yml", OFFICES, CALENDAR, DUTY):
        shutil.copy(ROOT / "knowledge_base" / name, folder / name)
    return folder
