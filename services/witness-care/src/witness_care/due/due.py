"""What an officer still has to do for a victim, and the order in which to do it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from contracts.witness_care import ContactManner

from witness_care.due.ending import EndsBy
from witness_care.reach.reach import Reach
from witness_care.wishes.wish import Wish


class DueKind(StrEnum):
    """Why something is on the list."""

    DUTY = "duty"
    CONTACT = "contact"
    WISH = "wish"


class Standing(StrEnum):
    """Whether a piece of news still holds."""

    STANDS = "stands"
    CORRECTED = "corrected"
    RETRACTED = "retracted"
    NOT_THEIRS = "not-theirs"


@dataclass(frozen=True, slots=True)
class NewsToTell:
    """What there is to tell, when it happened, when what it is about begins, and whether it still holds."""

    news_id: str
    what: str
    occurred_at: datetime
    standing: Standing = Standing.STANDS
    about_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DueItem:
    """One line of the due list: tell this victim this, by then.

    `wish` is what they asked for, where that is what is due: what became of it ends it. `waits`: an officer has to find
    out first whether it may be told.

    `overtaken`: something later took its place, or the victim is linked to it no longer.
    """

    victim_id: str
    kind: DueKind
    key: str
    what: str
    news_ids: tuple[str, ...]
    duty_keys: tuple[str, ...]
    due_at: datetime
    about: tuple[NewsToTell, ...] = ()
    ends_by: EndsBy = EndsBy.TOLD
    waits: bool = False
    overtaken: bool = False
    wish: Wish | None = None

    @property
    def by_telling(self) -> bool:
        """Does a conversation end it?"""
        return self.ends_by in {EndsBy.TOLD, EndsBy.IN_TOUCH}


@dataclass(frozen=True, slots=True)
class Tried:
    """An officer tried to reach the victim and did not."""

    how: ContactManner
    at: datetime


@dataclass(frozen=True, slots=True)
class Made:
    """A contact that an officer made and nobody took back; `told` is what they were told by it, in words."""

    contact_id: str
    how: ContactManner
    at: datetime
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VictimDue:
    """One victim of an officer's caseload with what is due, soonest first; `reach` is None while nothing was agreed.

    `warnings` say what makes contact unsafe, and are read first.
    `known_by` is the agencies' numbers for them, which tell two of one name apart; `tries` are those since they were
    last reached, newest first, and `contacts` those that were made, read where one victim is looked at.
    """

    victim_id: str
    name: str
    known_by: str = ""
    contact_officer: str | None
    items: tuple[DueItem, ...]
    as_of: datetime
    reach: Reach | None = None
    warnings: tuple[str, ...] = ()
    tries: tuple[Tried, ...] = ()
    contacts: tuple[Made, ...] = ()

    @property
    def has_news(self) -> bool:
        """Is there anything to tell?"""
        return any(item.news_ids for item in self.items)

    @property
    def soonest(self) -> datetime | None:
        """When the first thing is due; None when the victim waits for nothing."""
        return self.items[0].due_at if self.items else None


def soonest_first(victims: list[VictimDue]) -> list[VictimDue]:
    """Overdue first, then by what is due next; victims who wait for nothing come last."""
    waiting = sorted((v for v in victims if v.soonest is not None), key=lambda v: (v.soonest, v.victim_id))
    return [*waiting, *sorted((v for v in victims if v.soonest is None), key=lambda v: v.victim_id)]


@dataclass(frozen=True, slots=True)
class Conversation:
    """One thing to do, and the duties that the same telling meets; due when the first of them is."""

    item: DueItem
    duties: tuple[DueItem, ...]

    @property
    def due_at(self) -> datetime:
        """When the first of it is due."""
        return min(item.due_at for item in (self.item, *self.duties))


def conversations(items: Sequence[DueItem]) -> list[Conversation]:
    """The items with each duty beside the contact about the same news, soonest first: one telling ends both."""
    asked = [item for item in items if item.kind is DueKind.CONTACT]
    duties = [item for item in items if item.kind is DueKind.DUTY]
    beside = {duty.key: contact for contact in asked for duty in duties if _same_news(duty, contact)}
    found = [
        Conversation(contact, tuple(duty for duty in duties if beside.get(duty.key) is contact)) for contact in asked
    ]
    found += [Conversation(duty, ()) for duty in duties if duty.key not in beside]
    found += [Conversation(item, ()) for item in items if item.kind is DueKind.WISH]
    return sorted(found, key=lambda conversation: conversation.due_at)


def _same_news(duty: DueItem, contact: DueItem) -> bool:
    return duty.by_telling and bool(duty.news_ids) and set(duty.news_ids) <= set(contact.news_ids)
