"""Asking for a dossier: a code shows the stage, a code with a second factor the rest. Each enquiry is braked and audited.

Whether a dossier is unknown or its number not the right one cannot be told from an answer, and each takes the same steps.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from motcua.dossiers.audit import Audit
from motcua.dossiers.brake import Brake
from motcua.dossiers.codes import short_code
from motcua.dossiers.registry import Dossier, DossierRegistry, RegistryUnavailable, Stage
from motcua.dossiers.second_factor import is_owners


@dataclass(frozen=True)
class StageShown:
    """All that a code alone tells."""

    code: str
    stage: Stage


@dataclass(frozen=True)
class DetailsShown:
    """The whole dossier, for whoever knows a number of its owner's."""

    dossier: Dossier


@dataclass(frozen=True)
class NotShown:
    """Nothing, and why; `not_verified` covers a dossier that does not exist."""

    why: Literal["unknown", "not_verified", "paused", "registry_down"]


Answer = StageShown | DetailsShown | NotShown


MAX_TYPED = 2  # numbers compared in one try; more would be more tries


class Enquiries:
    """Answers who asks for a dossier. A person is a conversation."""

    def __init__(self, registry: DossierRegistry, brake: Brake, audit: Audit) -> None:
        self._registry, self._brake, self._audit = registry, brake, audit

    def stage(self, person: str, code: str) -> StageShown | NotShown:
        """What a code alone tells. A code of no dossier counts as a try of this person."""
        tried = self._brake.reserve([_person(person)])
        if tried is None:
            return self._not_shown(person, code, "paused")
        try:
            dossier = self._registry.find(code)
        except RegistryUnavailable:
            self._brake.give_back(tried)
            return self._not_shown(person, code, "registry_down")
        if dossier is None:
            return self._not_shown(person, code, "unknown")
        self._brake.give_back(tried)
        self._audit.note(person, dossier.code, "stage_shown")
        return StageShown(dossier.code, dossier.stage)

    def details(self, person: str, code: str, typed: Sequence[str]) -> DetailsShown | NotShown:
        """What a code and a number tell. `typed`: numbers that end, or may end, as one in the dossier; two are looked at."""
        tried = self._brake.reserve([_person(person), f"code:{short_code(code)}"])
        if tried is None:
            return self._not_shown(person, code, "paused")
        try:
            dossier = self._registry.find(code)
        except RegistryUnavailable:
            self._brake.give_back(tried)
            return self._not_shown(person, code, "registry_down")
        is_right = is_owners(dossier, typed[:MAX_TYPED])
        if dossier is None or not is_right:
            return self._not_shown(person, code, "not_verified")
        self._brake.give_back(tried)
        self._audit.note(person, dossier.code, "details_shown")
        return DetailsShown(dossier)

    def _not_shown(
        self, person: str, code: str, why: Literal["unknown", "not_verified", "paused", "registry_down"]
    ) -> NotShown:
        self._audit.note(person, code, why)
        return NotShown(why)


def _person(person: str) -> str:
    return f"person:{person}"
