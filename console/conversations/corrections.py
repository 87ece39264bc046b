"""A reviewer's form → their judgement, or what is wrong with the form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Form, Request

from console.pages import pages_of
from motcua.conversations.proposals import KINDS, Kind
from motcua.conversations.reviewing import Review

Typed = Annotated[str, Form()]


@dataclass(frozen=True)
class Correction:
    """What the form says: right, or wrong and what it should have been; a suggestion is such a correction by one button."""

    verdict: Typed = ""
    suggestion: Typed = ""  # "procedure:1.001193"
    intent: Typed = ""
    procedure: Typed = ""
    section: Typed = ""
    entities: Typed = ""  # a line each: "place: Võ Cường"
    proposals: Annotated[Sequence[str], Form()] = ()

    @property
    def is_right(self) -> bool:
        """Whether the turn is held for right."""
        return self.verdict == "right"


def read_review(request: Request, sent: Correction, reviewer: str) -> tuple[Review, dict[str, str]]:
    """The judgement, and a sentence for each field that is wrong."""
    if sent.is_right:
        return Review(reviewer, is_right=True), {}
    fields = {"intent": sent.intent, "procedure": sent.procedure.split(" ")[0], "section": sent.section}
    name, _, value = sent.suggestion.partition(":")
    if value:
        fields[name] = value
    labels: Mapping[str, Any] = pages_of(request).labels
    known = {"intent": labels["intents"], "procedure": request.app.state.procedures, "section": labels["sections"]}
    wrong = [field for field, found in fields.items() if found and found not in known.get(field, ())]
    entities = _entities(sent.entities)
    if entities is None or any(entity["entity"] not in labels["entities"] for entity in entities):
        wrong.append("entities")
    judged = Review(
        reviewer,
        is_right=False,
        intent=fields["intent"] or None,
        procedure=fields["procedure"] or None,
        section=fields["section"] or None,
        entities=entities or None,
    )
    return judged, {field: str(labels["problems"].get(field, labels["problems"]["intent"])) for field in wrong}


def wished_proposals(sent: Correction, judged: Review) -> list[Kind]:
    """What is proposed along with the judgement: what was ticked, or what a suggestion that was taken stands for."""
    if sent.suggestion:
        return ["guide_change"] if judged.procedure else ["example"]
    return [kind for kind in KINDS if kind in sent.proposals]


def _entities(typed: str) -> list[dict[str, str]] | None:
    """None where a line is not "name: value"."""
    found = []
    for line in filter(None, map(str.strip, typed.splitlines())):
        name, colon, value = line.partition(":")
        if not (colon and value.strip()):
            return None
        found.append({"entity": name.strip(), "value": value.strip()})
    return found
