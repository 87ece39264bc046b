"""Who may do what: the roles of staff, and what each of them is allowed. The one place to look, and to change."""

from enum import StrEnum


class Role(StrEnum):
    """What a member of staff is here for; the names citizens' offices use are in labels.vi.yml."""

    ADMINISTRATOR = "administrator"
    SUPERVISOR = "supervisor"
    REVIEWER = "reviewer"
    EDITOR = "editor"
    OFFICER = "officer"
    VOLUNTEER = "volunteer"


class Permission(StrEnum):
    """What a page asks for; every route names one, or says that it needs none (console/access.py)."""

    OWN_ACCOUNT = "own_account"
    ENTER = "enter"
    MANAGE_PEOPLE = "manage_people"
    READ_AUDIT = "read_audit"
    SWITCH_ASSISTANT = "switch_assistant"
    HELP_CITIZENS = "help_citizens"
    APPROVE_REPLIES = "approve_replies"
    READ_CONVERSATIONS = "read_conversations"
    REVIEW = "review"
    DECIDE_PROPOSALS = "decide_proposals"
    ERASE_CONVERSATIONS = "erase_conversations"
    IMPROVE = "improve"
    READ_FIGURES = "read_figures"
    EXPORT = "export"
    EDIT_GUIDES = "edit_guides"


_EVERYBODY = frozenset(Role)
_REVIEWERS = frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR, Role.REVIEWER})

ALLOWED: dict[Permission, frozenset[Role]] = {
    Permission.OWN_ACCOUNT: _EVERYBODY,
    Permission.ENTER: _EVERYBODY,
    Permission.MANAGE_PEOPLE: frozenset({Role.ADMINISTRATOR}),
    Permission.READ_AUDIT: frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR}),
    Permission.SWITCH_ASSISTANT: frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR}),
    Permission.HELP_CITIZENS: frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR, Role.OFFICER, Role.VOLUNTEER}),
    Permission.APPROVE_REPLIES: frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR}),
    Permission.READ_CONVERSATIONS: _REVIEWERS | {Role.EDITOR},
    Permission.REVIEW: _REVIEWERS,
    Permission.DECIDE_PROPOSALS: frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR, Role.EDITOR}),
    Permission.ERASE_CONVERSATIONS: frozenset({Role.ADMINISTRATOR}),
    Permission.IMPROVE: frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR}),
    Permission.READ_FIGURES: _EVERYBODY - {Role.VOLUNTEER},
    Permission.EXPORT: frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR}),
    Permission.EDIT_GUIDES: frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR, Role.EDITOR}),
}


def may(role: Role, permission: Permission) -> bool:
    """Whether a role is allowed something."""
    return role in ALLOWED[permission]
