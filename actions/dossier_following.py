"""Following a dossier: asked for, consented to, and ended by a word."""

from rasa_sdk.executor import CollectingDispatcher

from actions.dossier_answers import remember, tell
from actions.services import Services
from actions.turn import Events, Turn
from motcua.dossiers.enquiries import NotShown
from motcua.dossiers.registry import DONE
from motcua.dossiers.subscriptions import Wish
from motcua.vietnamese.terms import terms

MAX_WORDS = 6  # a longer message says more than yes or no
_AGREES = frozenset(terms("đồng ý có vâng dạ ừ ok được muốn"))
_BESIDE = frozenset(terms("rồi ạ nhé cứ báo đi em tôi cháu bác cho"))  # what may stand around a yes
_NO = ("khong", "ko", "k", "thoi", "khoi", "dung")  # how a no begins


def ask_to_follow(dispatcher: CollectingDispatcher, turn: Turn, ours: Services, code: str) -> Events:
    """Asks whether to write down what telling news takes; a dossier that is done, or is none, has no news to come."""
    answer = ours.dossiers.enquiries.stage(turn.conversation, code)
    if isinstance(answer, NotShown) or answer.stage in DONE:
        return tell(dispatcher, turn, ours, code, answer)
    dispatcher.utter_message(response="utter_ask_follow", status="asked_for_detail", code=answer.code)
    return remember(answer.code, stage=answer.stage, asked="follow")


def settle_dossier(dispatcher: CollectingDispatcher, turn: Turn, ours: Services) -> Events | None:
    """What a yes or a no means, where it was asked whether to tell news of a dossier."""
    dossier = turn.dossier or {}
    wishes: dict[str, Wish] = {"follow": "changes", "answer": "answer"}
    wish = wishes.get(dossier.get("asked") or "")
    if wish is None or turn.first("dossier_code"):
        return None
    code, desk = str(dossier["code"]), ours.dossiers
    if _is_no(turn):
        dispatcher.utter_message(response="utter_not_following", status="answered_dossier")
        return remember(code)
    if not _is_yes(turn):
        return None
    desk.subscriptions.add(turn.conversation, code, wish, last_stage=dossier.get("stage"))
    desk.audit.note(turn.conversation, code, "subscribed")
    response = "utter_following" if wish == "changes" else "utter_answer_will_come"
    dispatcher.utter_message(response=response, status="answered_dossier", code=code, follows=True)
    return remember(code, stage=dossier.get("stage"))


def stop_following(dispatcher: CollectingDispatcher, turn: Turn, ours: Services) -> Events:
    """Ends all that was asked for in this conversation."""
    codes = ours.dossiers.subscriptions.cancel(turn.conversation)
    for code in codes:
        ours.dossiers.audit.note(turn.conversation, code, "cancelled")
    response = "utter_stopped_following" if codes else "utter_nothing_followed"
    dispatcher.utter_message(response=response, status="answered_dossier")
    return []


def _is_no(turn: Turn) -> bool:
    said = terms(turn.text)
    return len(said) <= MAX_WORDS and (turn.intent in ("deny", "unfollow_dossier") or (said[:1] and said[0] in _NO))


def _is_yes(turn: Turn) -> bool:
    said = terms(turn.text)
    if len(said) > MAX_WORDS:
        return turn.intent == "follow_dossier"
    is_a_yes = bool(_AGREES & set(said)) and set(said) <= _AGREES | _BESIDE
    return turn.intent in ("affirm", "follow_dossier") or is_a_yes
