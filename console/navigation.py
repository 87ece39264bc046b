"""The navigation: one line for each page that staff go to by themselves."""

from dataclasses import dataclass

from console.people.person import Person
from console.roles import Permission


@dataclass(frozen=True)
class Area:
    """A page in the navigation; its name and what it is for are under `areas` in labels.vi.yml."""

    key: str
    path: str
    needs: Permission


AREAS: dict[str, tuple[Area, ...]] = {
    "helping": (
        Area("queue", "/queue", Permission.HELP_CITIZENS),
        Area("volunteer", "/volunteer", Permission.HELP_CITIZENS),
        Area("approvals", "/approvals", Permission.APPROVE_REPLIES),
    ),
    "reviewing": (
        Area("conversations", "/conversations", Permission.READ_CONVERSATIONS),
        Area("proposals", "/proposals", Permission.READ_CONVERSATIONS),
        Area("agreement", "/agreement", Permission.READ_CONVERSATIONS),
        Area("improve", "/improve", Permission.IMPROVE),
    ),
    "improving": (
        Area("dashboards", "/dashboards", Permission.READ_FIGURES),
        Area("guides", "/guides", Permission.EDIT_GUIDES),
    ),
    "running": (
        Area("switch", "/switch", Permission.SWITCH_ASSISTANT),
        Area("people", "/people", Permission.MANAGE_PEOPLE),
        Area("audit", "/audit", Permission.READ_AUDIT),
        Area("retention", "/retention", Permission.ERASE_CONVERSATIONS),
    ),
}


def areas_for(person: Person) -> dict[str, list[Area]]:
    """What a person may go to, by group; groups without anything left out."""
    allowed = {group: [area for area in areas if person.may(area.needs)] for group, areas in AREAS.items()}
    return {group: areas for group, areas in allowed.items() if areas}
