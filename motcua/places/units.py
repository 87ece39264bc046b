"""Units of today by any name they have or had."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from motcua.vietnamese.folding import fold

_TYPE = re.compile(r"^(phường|xã|thị trấn|phuong|xa|thi tran)\s+(?=\S+ \S)", re.IGNORECASE)  # "Xa Lý" is a name itself


@dataclass(frozen=True)
class Unit:
    """One ward or commune of today."""

    code: str
    type: str
    name: str

    @property
    def full_name(self) -> str:
        """With its type: "phường Võ Cường"."""
        return f"{self.type} {self.name}"


class Places:
    """Finds today's units by a name of today or of before the mergers."""

    def __init__(self, units: Sequence[Unit], old_names: Sequence[tuple[str, str]]) -> None:
        self._units = {unit.code: unit for unit in units}
        self._today = _by_name([(unit.name, unit) for unit in units])
        self._before = _by_name([(name, self._units[code]) for name, code in old_names])
        self._names = {unit.name for unit in units} | {name for name, _ in old_names}

    def names(self) -> list[str]:
        """Every name known, of today and of before, without types."""
        return sorted(self._names)

    def find(self, name: str) -> list[Unit]:
        """The units a name may mean today, most literal first: same spelling, then the same without diacritics."""
        name = _TYPE.sub("", name)
        for key in (name.lower(), fold(name)):
            found = [*self._today[key], *self._before[key]] if key in self._today or key in self._before else []
            if found:
                return list(dict.fromkeys(found))
        return []


def _by_name(named: Sequence[tuple[str, Unit]]) -> dict[str, list[Unit]]:
    found: dict[str, list[Unit]] = defaultdict(list)
    for name, unit in named:
        for key in {name.lower(), fold(name)}:
            found[key].append(unit)
    return found


def load_places(path: Path) -> Places:
    """All units and old names of knowledge_base/places.yml."""
    facts = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    units = [Unit(**unit) for unit in facts["units"]]
    return Places(units, [(old["name"], old["unit"]) for old in facts["old_names"]])
