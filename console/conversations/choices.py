"""What can be chosen: the values of each facet with their words, and who may be asked to review."""

from collections.abc import Mapping
from typing import Any

from fastapi import Request
from sqlalchemy.engine import Connection

from console.pages import pages_of
from console.roles import Permission
from motcua.conversations.reading import tags_in_use

_LABELLED = {
    "status": "statuses",
    "intent": "intents",
    "section": "sections",
    "field": "fields",
    "channel": "channels",
    "feedback": "feedback",
    "handed_over": "handed_over",
    "state": "states",
    "length": "lengths",
}


def facet_choices(request: Request, connection: Connection) -> dict[str, Mapping[str, str]]:
    """Facet → value → words; a facet that is not here is typed."""
    labels: Mapping[str, Any] = pages_of(request).labels
    chosen = {facet: labels[name] for facet, name in _LABELLED.items()}
    people = reviewers(request)
    tags = {tag: tag for tag in tags_in_use(connection)}
    return {
        **chosen, "procedure": guide_names(request), "place": request.app.state.places, "reviewer": people, "assigned": people,
        "tag": tags,
    }  # fmt: skip


def reviewers(request: Request) -> dict[str, str]:
    """Names of those who may review, by login."""
    people = request.app.state.directory.everybody()
    return {person.login: person.name for person in people if person.is_active and person.may(Permission.REVIEW)}


def guide_names(request: Request) -> dict[str, str]:
    """Names of the procedures that have a guide, by code, in the order of the alphabet of their names."""
    guides = request.app.state.guides.values()
    return {guide.code: guide.name for guide in sorted(guides, key=lambda guide: str(guide.name).lower())}
