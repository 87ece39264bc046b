"""The registry of dossiers: what we ask of it, whoever keeps it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

Stage = Literal["received", "in_review", "supplement_needed", "ready", "returned", "refused"]


@dataclass(frozen=True)
class Dossier:
    """How far one dossier has come. Whose it is and what it holds stays in the registry."""

    code: str
    procedure: str
    stage: Stage
    received_on: date
    due_on: date


class RegistryUnavailable(ConnectionError):
    """The registry gave no answer; the dossier may well exist."""

    def __init__(self, registry: str) -> None:
        super().__init__(f"The dossier registry {registry} does not answer. Is it running, and is its address right?")


class DossierRegistry(Protocol):
    """Finds dossiers by code."""

    def find(self, code: str) -> Dossier | None:
        """The dossier of that code, or None. Raises RegistryUnavailable."""
