"""Tells citizens by itself what they asked to be told about their dossiers, where and when their channel allows it."""

import logging
import time
from collections.abc import Callable, Mapping
from datetime import datetime

from gateway.inbox import NOTICE, Heard, Inbox
from gateway.outbox import Reply
from motcua.dossiers.registry import DONE, Dossier, DossierRegistry, RegistryUnavailable
from motcua.dossiers.subscriptions import Subscription, Subscriptions
from motcua.dossiers.telling import Stages
from motcua.dossiers.working_days import VIETNAM
from motcua.procedures.answers import Answers

logger = logging.getLogger(__name__)

ROUND_SECONDS = 5.0
LOOK_SECONDS = 15 * 60.0  # a dossier moves a few times in days, not in minutes
BACK_SECONDS = 15.0  # somebody waits for the registry to answer again
WINDOW_SECONDS = 60.0  # a citizen who writes opens the window: the news follows within a minute
AWAKE = range(7, 21)  # hours at which news may ring a phone


class Follower:
    """Looks at dossiers that are followed and puts the news into the conversations."""

    def __init__(
        self,
        subscriptions: Subscriptions,
        registry: DossierRegistry,
        inbox: Inbox,
        *,
        answers: Answers,
        stages: Stages,
        windows: Mapping[str, float | None],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._subscriptions, self._registry, self._inbox = subscriptions, registry, inbox
        self._answers, self._stages, self._windows = answers, stages, windows
        self._clock = clock

    def round(self) -> None:
        """Looks at what is due. A registry that is down is left alone until the next time."""
        for subscription in self._subscriptions.take_due():
            self._look(subscription)

    def _look(self, subscription: Subscription) -> None:
        heard = self._inbox.last_heard(subscription.conversation)
        if heard is None:  # erased
            self._subscriptions.end(subscription)
            return
        try:
            dossier = self._registry.find(subscription.code)
        except RegistryUnavailable:
            self._subscriptions.look_again(subscription, BACK_SECONDS if subscription.wish == "answer" else LOOK_SECONDS)
            return
        is_news = subscription.wish == "answer" or (dossier is not None and dossier.stage != subscription.last_stage)
        if not is_news:
            self._subscriptions.look_again(subscription, LOOK_SECONDS)
        elif self._may_tell(subscription, heard):
            self._tell(subscription, heard, dossier)
        else:
            self._subscriptions.look_again(subscription, WINDOW_SECONDS)

    def _may_tell(self, subscription: Subscription, heard: Heard) -> bool:
        if heard.address is None:  # nothing rings: it is read when the page is looked at
            return True
        window = self._windows.get(heard.channel)
        if window is not None and self._clock() - heard.at > window:
            return False
        return subscription.wish == "answer" or datetime.fromtimestamp(self._clock(), VIETNAM).hour in AWAKE

    def _tell(self, subscription: Subscription, heard: Heard, dossier: Dossier | None) -> None:
        self._inbox.accept(
            subscription.conversation,
            heard.channel,
            # the same until it is noted as told, so that a process that dies in between tells nothing twice
            f"notice-{subscription.code}-{subscription.consented_at:.0f}-{subscription.told}",
            "",
            NOTICE,
            address=heard.address,
            replies=[self._notice(subscription, dossier)],
        )
        if subscription.wish == "answer" or dossier is None or dossier.stage in DONE:
            self._subscriptions.end(subscription)
        else:
            self._subscriptions.note_told(subscription, dossier.stage, LOOK_SECONDS)

    def _notice(self, subscription: Subscription, dossier: Dossier | None) -> Reply:
        facts = {
            "code": dossier.code if dossier else subscription.code,
            "stage": self._stages[dossier.stage] if dossier else None,
            "is_answer": subscription.wish == "answer",
            "is_last": dossier is not None and dossier.stage in DONE,
        }
        told: Reply = {"text": self._answers.tell("dossiers/notice", **facts), "status": "answered_dossier"}
        return {**told, "expects": "last_digits"} if dossier else told
