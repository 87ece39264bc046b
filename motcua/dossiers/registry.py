"""The registry of dossiers: what we ask of it, whoever keeps it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol

Stage = Literal["received", "in_review", "supplement_needed", "ready", "returned", "refused"]
ENDED: tuple[Stage, ...] = ("returned", "refused")
DONE: tuple[Stage, ...] = ("ready", *ENDED)  # the office has nothing more to do before a due date


@dataclass(frozen=True)
class Event:
    """A step a dossier has taken: the day, and the stage it has been in from then on."""

    on: date
    stage: Stage


@dataclass(frozen=True)
class Dossier:
    """How far one dossier has come. Whose it is stays in the registry, but for the ends of two numbers to compare with."""

    code: str
    procedure: str
    stage: Stage
    received_on: date
    due_on: date
    office: str = ""  # where it was handed in, by name
    missing: tuple[str, ...] = ()  # papers still to be handed in
    supplement_by: date | None = None
    events: tuple[Event, ...] = ()
    identity_ends: str = field(default="", repr=False)  # last four digits of the owner's identity number
    phone_ends: str = field(default="", repr=False)


class RegistryUnavailable(ConnectionError):
    """The registry gave no answer; the dossier may well exist."""

    def __init__(self, registry: str) -> None:
        super().__init__(f"The dossier registry {registry} does not answer. Is it running, and is its address right?")


class DossierRegistry(Protocol):
    """Finds dossiers by code."""

    def find(self, code: str) -> Dossier | None:
        """The dossier of that code, or None; None as well when a short code fits several. Raises RegistryUnavailable."""

    def close(self) -> None:
        """Gives back what it holds open."""
