"""A dossier in plain words: the facts that the templates in knowledge_base/answers/dossiers are filled with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, get_args

import yaml

from motcua.dossiers.registry import DONE, Dossier, Event, Stage
from motcua.dossiers.working_days import WorkingDays

FILE = "dossiers.yml"
_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


@dataclass(frozen=True)
class StageWords:
    """How a stage is told, what to do next, and its line in the course of a dossier."""

    told: str
    next: str
    step: str


Stages = Mapping[Stage, StageWords]


@dataclass(frozen=True)
class Deadline:
    """A day something is due, as seen from today."""

    day: str  # "thứ Tư 04/11/2026"
    left: int  # working days still to come, 0 on the day itself
    late: int  # working days since
    is_past: bool


def load_stages(path: Path) -> Stages:
    """The words of every stage. Raises KeyError or TypeError where one is missing."""
    content = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return {stage: StageWords(**content["stages"][stage]) for stage in get_args(Stage)}


def deadline(day: date, today: date, working_days: WorkingDays) -> Deadline:
    """How far a day is from today."""
    left, late = working_days.between(today, day), working_days.between(day, today)
    return Deadline(f"{_WEEKDAYS[day.weekday()]} {day:%d/%m/%Y}", left, late, is_past=day < today)


def details(dossier: Dossier, stages: Stages, working_days: WorkingDays, *, today: date) -> dict[str, Any]:
    """What `dossiers/details` tells of a dossier; whoever renders it adds its procedure and the office's telephone."""
    is_with_citizen = dossier.stage == "supplement_needed"  # then it is not the office that is late
    is_due = dossier.stage not in DONE and not (is_with_citizen and dossier.due_on < today)
    supplement_by = dossier.supplement_by if is_with_citizen else None
    return {
        "dossier": dossier,
        "stage": stages[dossier.stage],
        "steps": [{"on": f"{event.on:%d/%m/%Y}", "told": stages[event.stage].step} for event in _course(dossier)],
        "due": deadline(dossier.due_on, today, working_days) if is_due else None,
        "supplement_by": deadline(supplement_by, today, working_days) if supplement_by else None,
        "office": dossier.office,
    }


def _course(dossier: Dossier) -> list[Event]:
    """The steps in order; a registry that keeps none still knows the day it received the dossier."""
    return sorted(dossier.events, key=lambda event: event.on) or [Event(dossier.received_on, "received")]
