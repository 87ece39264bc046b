"""What is written into the audit trail: a closed list. Each has a sentence in labels.vi.yml."""

from enum import StrEnum


class Act(StrEnum):
    """What somebody did. A new one needs its sentence; a name that was used stays."""

    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    LOCKED_OUT = "locked_out"
    SIGNED_OUT = "signed_out"
    INVITED = "invited"
    LINK_MADE = "link_made"
    LINK_USED = "link_used"
    RESET = "reset"
    CHANGED = "changed"
    DEACTIVATED = "deactivated"
    REACTIVATED = "reactivated"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - the name of an act
    CODE_SET_UP = "code_set_up"
    CODE_REMOVED = "code_removed"
    RECOVERY_CODE_USED = "recovery_code_used"
    RECOVERY_CODES_MADE = "recovery_codes_made"
    SESSIONS_ENDED = "sessions_ended"
    SWITCHED_OFF = "switched_off"
    SWITCHED_ON = "switched_on"
    TAKEN = "taken"
    GIVEN_BACK = "given_back"
    CALLED = "called"
    PHONE_SHOWN = "phone_shown"
    APPROVAL_ON = "approval_on"
    APPROVAL_OFF = "approval_off"
    REPLY_APPROVED = "reply_approved"
    REPLY_RETURNED = "reply_returned"
    ERASED = "erased"
    OLD_DELETED = "old_deleted"
    DOWNLOADED = "downloaded"
