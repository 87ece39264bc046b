"""What is known of the centres that receive dossiers, and when the mobile one-stop comes by. All else is "chưa xác nhận"."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, TypeVar

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from motcua.procedures.guide import UNCONFIRMED, Office, Text

OFFICES, CALENDAR = "offices.yml", "mobile_one_stop.yml"
_Read = TypeVar("_Read", bound=BaseModel)


def _is_phone(text: str) -> str:
    if text != UNCONFIRMED and not (text.replace(" ", "").replace(".", "").isdigit() and len(text) >= 8):
        raise ValueError(f"expected digits, spaces and dots, or {UNCONFIRMED!r}")
    return text


Unit = Annotated[str, Field(pattern=r"^\d{5}$")]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}(-\d{2})?$")]  # a source may tell only its month
Clock = Annotated[str, Field(pattern=r"^\d{2}:\d{2}$")]
Phone = Annotated[Text, AfterValidator(_is_phone)]


class Facts(BaseModel):
    """Facts of a content file: no field unknown, none changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(Facts):
    """Where a fact is from, and of when it is: nothing is told without."""

    url: Text
    as_of: Day


class Centre(Facts):
    """The centre of a ward or commune; without a unit, that of the city."""

    unit: Unit | None = None
    address: Text = UNCONFIRMED
    phone: Phone = UNCONFIRMED
    hours: Text = UNCONFIRMED
    source: Source

    @model_validator(mode="after")
    def _says_something(self) -> "Centre":
        if {self.address, self.phone, self.hours} == {UNCONFIRMED}:
            raise ValueError("expected an address, phone or hours; a centre of which nothing is known is left out")
        return self


class Hours(Facts):
    """Hours that hold for every office of some kinds."""

    offices: tuple[Office, ...] = Field(min_length=1)
    text: Text
    source: Source


class Offices(Facts):
    """All of offices.yml."""

    offices: Mapping[Office, Text]
    ways: Mapping[str, Text]
    hours: tuple[Hours, ...] = ()
    centres: tuple[Centre, ...] = ()

    def centre(self, unit: str | None) -> Centre | None:
        """What is known of the centre of a unit; of the city's where no unit is named."""
        return next((centre for centre in self.centres if centre.unit == unit), None)


class Visit(Facts):
    """The mobile one-stop at one place on one day."""

    unit: Unit
    place: Text
    day: date
    begins: Clock
    ends: Clock
    work: Text = UNCONFIRMED
    source: Source


class Calendar(Facts):
    """All of mobile_one_stop.yml. No visit means that none is known, not that there is none."""

    visits: tuple[Visit, ...] = ()

    def ahead(self, today: date, unit: str | None = None) -> list[Visit]:
        """The visits from today on, the next first; only those in a unit where one is named."""
        found = [visit for visit in self.visits if visit.day >= today and unit in (None, visit.unit)]
        return sorted(found, key=lambda visit: (visit.day, visit.begins))


class PlaceFault(ValueError):
    """A file that breaks its model: says the file, the field and what is expected."""

    def __init__(self, path: Path, field: str, expected: str) -> None:
        super().__init__(f"{path.name}: {field}: {expected}")


def load_offices(path: Path) -> Offices:
    """The offices of that file. Raises PlaceFault."""
    return load_facts_of(path, Offices)


def load_calendar(path: Path) -> Calendar:
    """The calendar of that file. Raises PlaceFault."""
    return load_facts_of(path, Calendar)


def load_facts_of(path: Path, model: type[_Read]) -> _Read:
    """A content file as its model. Raises PlaceFault."""
    facts: Any = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    try:
        return model.model_validate(facts)
    except ValidationError as error:
        fault = error.errors()[0]
        raise PlaceFault(path, ".".join(map(str, fault["loc"])) or "file", fault["msg"]) from error
