"""What the gateway tells the conversation store of a turn: what was said, answered, and thought of it."""

from collections.abc import Sequence

from gateway.feedback import Opinion
from gateway.inbox import NOTICE, STAFF_REPLY, Message, Reply
from motcua.conversations.moments import now_ms
from motcua.conversations.redaction import redact
from motcua.conversations.turns import Trace, Turn

# What a message without a reply ended in.
_UNANSWERED = {"for_staff": "handed_over", "ignored": "declined_too_many"}


def turn_of(message: Message) -> Turn:
    """The turn of a message that was settled just now, by the bot or without it."""
    return _unasked(message) if message.signal in (STAFF_REPLY, NOTICE) else _answered(message)


def _unasked(message: Message) -> Turn:
    """What a person of the office wrote, or we told of our own accord: no citizen said it, so it has no status to count by."""
    texts = [message.text, *(reply.get("text", "") for reply in message.replies or ())]
    trace: Trace = {"replies": [redact(text).text for text in texts if text]}
    about = (message.conversation, message.external_id, message.at)
    return Turn(*about, channel=message.channel, said="", intent=message.signal, handed_over=True, trace=trace)


def _answered(message: Message) -> Turn:
    replies: Sequence[Reply] = message.replies or ()
    answer: Reply = next((reply for reply in replies if reply.get("status")), {})
    status = answer.get("status") or _UNANSWERED.get(message.state)
    procedures, sections = answer.get("procedures") or [], answer.get("sections") or []
    trace: Trace = {"replies": [reply.get("text", "") for reply in replies]}
    if message.signal:
        trace["heard"] = f"/{message.signal}"
    return Turn(
        conversation=message.conversation,
        message=message.external_id,
        at=message.at,
        channel=message.channel,
        said=message.text,
        status=status,
        procedure=next(iter(procedures), None),
        section=next(iter(sections), None),
        ms=now_ms() - message.at if replies else None,
        handed_over=status == "handed_over",
        trace=trace,
    )


def opinion_of(conversation: str, message_id: str, opinion: Opinion) -> Turn:
    """What a citizen thought of a turn; one who found it helpful after all gives no reason."""
    reason = opinion.reason or ""
    return Turn(conversation, message_id, now_ms(), helpful=opinion.helpful, feedback_reason=reason)
