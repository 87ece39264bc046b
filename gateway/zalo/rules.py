"""What each error code of the Official Account API asks of us. Zalo's wording varies: only codes count."""

from typing import Literal

Rule = Literal["sent", "slow_down", "refresh", "stop", "out_of_quota", "drop", "keep", "later"]

RULES: dict[int, Rule] = {
    0: "sent",
    -32: "slow_down",  # too many requests of the application
    -211: "out_of_quota",  # the account's messages are used up
    -234: "later",  # not at this hour
    # The token is bad. Which of these Zalo says for an expired one is not settled; the positive ones were seen in clients.
    **dict.fromkeys((-216, -220, 216, 401, -401, -124), "refresh"),
    # The account, its package or its consent: an administrator has to act, and nothing to this account can go out.
    **dict.fromkeys((-204, -205, -207, -208, -209, -212, -219, -221, -223, -224, -242, -248, -320, -321), "stop"),
    # We built a request that can never succeed.
    **dict.fromkeys((-100, -201, -202, -210, -214, -215, -233, -240), "drop"),
    # The citizen cannot be written to now: window passed, blocked, not following. Staff see the answer in the outbox.
    **dict.fromkeys((-213, -217, -218, -222, -227, -230, -232, -244, -305, -311), "keep"),
}

CONSENT_DEAD = (-118, -14014)  # OAuth: the refresh token is dead, an administrator must consent again


def rule_of(code: int) -> Rule | None:
    """The rule of a code, or None where no source knows it."""
    return RULES.get(code)
