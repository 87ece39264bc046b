"""Units of today, and the names and areas people still know them by."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml


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


@dataclass(frozen=True)
class OldName:
    """A commune, ward or town of before the mergers, and the code of the unit that took it in."""

    type: str
    name: str
    district: str
    province: str
    unit: str

    @property
    def full_name(self) -> str:
        """With its type: "xã Đồng Tiến"; the training ground of Cấm Sơn has none."""
        return f"{self.type} {self.name}" if self.type != "khác" else self.name


@dataclass(frozen=True)
class OldDistrict:
    """A district, or a town or city below a province, as there were until 1 July 2025."""

    type: str
    name: str
    province: str

    @property
    def full_name(self) -> str:
        """With its type: "huyện Hiệp Hòa", as old names have it."""
        return f"{self.type} {self.name}"


class Places:
    """The units of today by code, and what of before belongs to them."""

    def __init__(
        self, units: Iterable[Unit], old_names: Sequence[OldName], districts: Sequence[OldDistrict], provinces: Sequence[str]
    ) -> None:
        self.units = {unit.code: unit for unit in units}
        self.old_names, self.districts, self.provinces = tuple(old_names), tuple(districts), tuple(provinces)

    def names(self) -> list[str]:
        """Every name of a ward or commune, of today and of before, without types."""
        return sorted({unit.name for unit in self.units.values()} | {old.name for old in self.old_names})

    def unit(self, code: str | None) -> Unit | None:
        """The unit of a code, or None."""
        return self.units.get(code or "")

    def taken_in_by(self, unit: Unit) -> list[OldName]:
        """The communes, wards and towns a unit of today was made of."""
        return [old for old in self.old_names if old.unit == unit.code]

    def of_district(self, district: OldDistrict) -> list[Unit]:
        """The units of today that an old district fell to; the one of its name first."""
        codes = dict.fromkeys(old.unit for old in self.old_names if old.district == district.full_name)
        return sorted((self.units[code] for code in codes), key=lambda unit: unit.name != district.name)


def load_places(path: Path) -> Places:
    """All of knowledge_base/places.yml."""
    facts = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return Places(
        [Unit(**unit) for unit in facts["units"]],
        [OldName(**old) for old in facts["old_names"]],
        [OldDistrict(**district) for district in facts["old_districts"]],
        facts["old_provinces"],
    )
