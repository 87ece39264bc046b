"""What is said about a dossier, and what the conversation remembers of it: its code, its stage, and what was asked last.

Rasa keeps whatever an action says. So details go into the vault, and what is said is the note that takes their place when they
have expired; the gateway puts them back on the way to the citizen.
"""

from typing import Literal

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.services import Services
from actions.turn import Events, Turn
from motcua.dossiers.enquiries import Answer, DetailsShown, NotShown, StageShown
from motcua.dossiers.registry import DONE, Dossier, Stage
from motcua.dossiers.second_factor import NUMBERS
from motcua.dossiers.telling import details
from motcua.dossiers.working_days import today_in_vietnam
from motcua.places.resolver import Resolved
from motcua.procedures.guide import UNCONFIRMED
from motcua.vault import Kept

# What the next message may answer: the last digits of a number, whether to follow, whether to answer once the registry is
# back, or the code of the dossier to follow.
Asked = Literal["last_digits", "follow", "answer", "code_to_follow"]
_NOT_SHOWN = {
    "unknown": ("utter_dossier_unknown", "answered_dossier"),
    "not_verified": ("utter_dossier_not_verified", "asked_for_detail"),
    "paused": ("utter_dossier_paused", "declined_too_many"),
    "registry_down": ("utter_registry_unavailable", "failed_registry"),
}


def answer_about(dispatcher: CollectingDispatcher, turn: Turn, ours: Services, code: str) -> Events:
    """The dossier of that code: whole where a number of its owner's was told within the last half hour, else its stage."""
    desk, person = ours.dossiers, turn.conversation
    typed = [kept.value for kept in desk.vault.of(person, *NUMBERS)]
    if not typed and names_a_number(turn):
        dispatcher.utter_message(response="utter_number_expired", status="asked_for_detail", expects="last_digits")
        return remember(code, asked="last_digits")
    if not typed:
        return tell(dispatcher, turn, ours, code, desk.enquiries.stage(person, code))
    answer: Answer = desk.enquiries.details(person, code, typed)
    if answer == NotShown("not_verified"):
        desk.vault.drop(person, *NUMBERS)  # the next try is another number
        if not names_a_number(turn):  # it was told for something else
            answer = desk.enquiries.stage(person, code)
    return tell(dispatcher, turn, ours, code, answer)


def names_a_number(turn: Turn) -> bool:
    """Whether the message held a number that may open a dossier."""
    return any(kind in turn.entities for kind in NUMBERS)


def tell(dispatcher: CollectingDispatcher, turn: Turn, ours: Services, code: str, answer: Answer) -> Events:
    """Says what was found out."""
    if isinstance(answer, StageShown):
        stage = ours.dossiers.stages[answer.stage]
        facts = {"code": answer.code, "stage": stage, "may_follow": answer.stage not in DONE}
        text = ours.answers.tell("dossiers/stage", **facts)
        dispatcher.utter_message(text=text, status="answered_dossier", expects="last_digits")
        return remember(answer.code, stage=answer.stage, asked="last_digits")
    if isinstance(answer, DetailsShown):
        (reference,) = ours.dossiers.vault.put(turn.conversation, [Kept("reply", details_text(answer.dossier, ours))])
        dispatcher.utter_message(response="utter_details_expired", status="answered_dossier", private=reference)
        return remember(answer.dossier.code, stage=answer.dossier.stage)
    response, status = _NOT_SHOWN[answer.why]
    expects = "last_digits" if answer.why == "not_verified" else None
    dispatcher.utter_message(response=response, status=status, code=code, expects=expects)
    asked: dict[str, Asked] = {"not_verified": "last_digits", "registry_down": "answer"}
    return remember(code, asked=asked.get(answer.why))


def details_text(dossier: Dossier, ours: Services) -> str:
    """The whole of a dossier in plain words."""
    is_known = dossier.procedure in ours.procedures
    facts = details(dossier, ours.dossiers.stages, ours.dossiers.working_days, today=today_in_vietnam())
    return ours.answers.tell(
        "dossiers/details",
        **facts,
        procedure_name=ours.procedures[dossier.procedure].name if is_known else f"thủ tục {dossier.procedure}",
        procedure_code=dossier.procedure if is_known else None,
        phone=_phone(dossier, ours),
    )


def _phone(dossier: Dossier, ours: Services) -> str:
    """The telephone of the office that has the dossier, where it is known."""
    place = ours.resolver.resolve(dossier.office)
    centre = ours.offices.centre(place.unit.code) if isinstance(place, Resolved) else None
    return centre.phone if centre else UNCONFIRMED


def remember(code: str | None, *, stage: Stage | None = None, asked: Asked | None = None) -> Events:
    """The dossier in hand, and what was asked about it."""
    return [SlotSet("dossier", {"code": code, "stage": stage, "asked": asked})]
