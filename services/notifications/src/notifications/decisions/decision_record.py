"""The record of one decision: what was decided about one news item for one victim, and what came of it."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Self, assert_never

from contracts.ids import MessageId, NewsId
from contracts.notifications import ContactReason

from notifications.decisions.news import News
from notifications.decisions.verdicts import (
    Decision,
    GiveToOfficer,
    HoldUntil,
    NotOwed,
    TellNow,
    Verdict,
    WhyNot,
    Withdrawn,
)


class Fate(StrEnum):
    """What a correction has to know about its original."""

    REACHED = "reached"
    UNSENT = "unsent"
    NOT_OWED = "not-owed"


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """One row per (news, victim). `revision` counts its changes from 1; times are business time.

    `until` holds the earliest moment of the next decision while pending. `message_id` names the message that covers it,
    `notified_at` is when one left last, `given_at` when an officer was first to tell it (one who is to look at a doubt
    tells nobody), `told_at` when the victim opened the item signed in or an officer recorded the contact.
    """

    news: News
    verdict: Verdict
    why: str | None
    until: datetime | None
    decided_at: datetime
    revision: int = 1
    message_id: MessageId | None = None
    notified_at: datetime | None = None
    told_at: datetime | None = None
    given_at: datetime | None = None

    @classmethod
    def first(cls, news: News, decision: Decision, *, at: datetime) -> Self:
        """The first decision about `news`."""
        verdict, why, until = _columns(decision, at)
        return cls(news, verdict, why, until, at, given_at=at if _is_to_be_told(decision) else None)

    @property
    def pending(self) -> bool:
        """True while a message is owed and none has been claimed."""
        return self.verdict in (Verdict.TELL_NOW, Verdict.HOLD_UNTIL) and self.message_id is None

    @property
    def covered(self) -> bool:
        """True while it is owed and a message that names it is on its way or has left."""
        return self.owed and self.verdict is not Verdict.GIVE_TO_OFFICER and self.message_id is not None

    @property
    def waits_for_a_channel(self) -> bool:
        """True while an officer is to tell it only because no message could, or none before the day it is about."""
        return self.owed and self.why in _NO_MESSAGE

    @property
    def waits_for_a_look(self) -> bool:
        """True while an officer is to find out whether it is right and hers, and nobody is to tell it."""
        return self.owed and self.why == ContactReason.DOUBT.value

    @property
    def gone(self) -> bool:
        """True once it is another's, or another fact has taken its place."""
        return self.told_at is None and self.why in _GONE

    @property
    def fails_by_message(self) -> bool:
        """True while an officer is to tell it because the message that covers it failed, or may have."""
        return self.owed and self.why in _FAILED

    @property
    def left(self) -> bool:
        """True once a message may have left, or an officer may have told it before recording so."""
        return bool(self.told_at or self.notified_at or self.message_id or self.given_at)

    @property
    def owed(self) -> bool:
        """True until the victim was told, unless nothing is owed."""
        return self.told_at is None and self.verdict not in (Verdict.NOT_OWED, Verdict.WITHDRAWN)

    @property
    def fate(self) -> Fate:
        """Not owed where history alone made it so. What gave way to another fact, or tells nobody, is unsent."""
        if self.left:
            return Fate.REACHED
        return Fate.NOT_OWED if self.why in _HISTORY else Fate.UNSENT

    def decided(self, decision: Decision, *, at: datetime) -> Self:
        """Decided anew; returns the same record when nothing changed."""
        verdict, why, until = _columns(decision, at)
        # "Tell now" means the same at any moment: saying it again is no change.
        if verdict is self.verdict and why == self.why and (until == self.until or verdict is Verdict.TELL_NOW):
            return self
        given = self.given_at or (at if _is_to_be_told(decision) else None)
        anew = replace(self, verdict=verdict, why=why, until=until, decided_at=at, given_at=given)
        return replace(anew, revision=self.revision + 1)

    def given(self, at: datetime) -> Self:
        """An officer was asked to tell it, whatever was decided about messages."""
        return self if self.given_at else replace(self, given_at=at, revision=self.revision + 1)

    def claimed(self, message_id: MessageId) -> Self:
        """A message that covers this news is about to be handed over."""
        return replace(self, message_id=message_id, revision=self.revision + 1)

    def released(self, *, at: datetime) -> Self:
        """No message covers it any more: the one that did was not sent, or what it told is to be told anew."""
        return replace(self, message_id=None, until=at, revision=self.revision + 1)

    def notified(self, at: datetime) -> Self:
        """The message left."""
        return replace(self, notified_at=at, revision=self.revision + 1)

    def told(self, *, at: datetime, why: WhyNot) -> Self:
        """The victim knows. News that was still waiting to be sent is not owed any more."""
        if self.told_at == at:
            return self
        told = replace(self, told_at=at, revision=self.revision + 1)
        return replace(told, verdict=Verdict.NOT_OWED, why=why.value, until=None) if self.pending else told

    def untold(self) -> Self:
        """What told it was taken back."""
        return self if self.told_at is None else replace(self, told_at=None, revision=self.revision + 1)


_GONE = frozenset({WhyNot.CORRECTED.value, WhyNot.SUPERSEDED.value, WhyNot.NOT_THEIRS.value, WhyNot.ANOTHER_ID.value})
_NO_MESSAGE = frozenset({ContactReason.NO_SAFE_CHANNEL.value, ContactReason.BEFORE_THE_DAY.value})
_FAILED = frozenset({ContactReason.SEND_FAILED.value, ContactReason.UNKNOWN_OUTCOME.value})
_HISTORY = frozenset({WhyNot.BACKFILL.value, WhyNot.ORIGINAL_NOT_OWED.value})


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """News that arrived, decisions made about it, and the news (at most a few named) that has none."""

    arrived: int
    decided: int
    missing: tuple[NewsId, ...]


def _is_to_be_told(decision: Decision) -> bool:
    return isinstance(decision, GiveToOfficer) and decision.reason is not ContactReason.DOUBT


def _columns(decision: Decision, at: datetime) -> tuple[Verdict, str | None, datetime | None]:
    match decision:
        case TellNow():
            return Verdict.TELL_NOW, None, at
        case HoldUntil(until):
            return Verdict.HOLD_UNTIL, None, until
        case GiveToOfficer(reason):
            return Verdict.GIVE_TO_OFFICER, reason.value, None
        case NotOwed(why):
            return Verdict.NOT_OWED, why.value, None
        case Withdrawn(why):
            return Verdict.WITHDRAWN, why.value, None
        case _:
            assert_never(decision)
