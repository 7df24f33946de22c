"""Notified is not told: what became of a piece of news on its way to the victim."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from contracts.ids import ContactId, DutyKey, NewsId, VictimId


class Step(StrEnum):
    """One step of news towards the victim. Only `SEEN` means that she was told; a contact is kept for itself."""

    NOTIFIED = "notified"
    DELIVERED = "delivered"
    FAILED = "failed"
    OPENED = "opened"
    SEEN = "seen"


@dataclass(frozen=True, slots=True)
class Told:
    """A step taken for one piece of news at `at`."""

    news_id: NewsId
    victim_id: VictimId
    step: Step
    at: datetime


@dataclass(frozen=True, slots=True)
class Message:
    """A neutral message handed to a provider, and the news it stood for."""

    message_id: str
    victim_id: VictimId
    news_ids: tuple[NewsId, ...]
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class Contact:
    """An officer spoke with the victim: it tells the news and meets the duties that it names, and no others."""

    contact_id: ContactId
    victim_id: VictimId
    made_at: datetime
    how: str
    news_ids: tuple[NewsId, ...] = ()
    duty_keys: tuple[DutyKey, ...] = ()


@dataclass(frozen=True, slots=True)
class ContactTakenBack:
    """That contact was recorded in error."""

    contact_id: ContactId
    victim_id: VictimId


@dataclass(frozen=True)
class Tellings:
    """How one victim came to know: what she opened signed in, and the contacts that stand."""

    seen: dict[NewsId, datetime]
    contacts: Sequence[Contact] = ()

    def told_by(self, news_id: NewsId, *, occurred_at: datetime) -> Contact | None:
        """The first contact that told this news. One that was made before it happened did not."""
        told = [one for one in self._by_news.get(news_id, ()) if one.made_at >= occurred_at]
        return min(told, key=lambda contact: contact.made_at, default=None)

    @cached_property
    def _by_news(self) -> Mapping[NewsId, Sequence[Contact]]:
        found: defaultdict[NewsId, list[Contact]] = defaultdict(list)
        for contact in self.contacts:
            for news_id in contact.news_ids:
                found[news_id].append(contact)
        return found

    def told_at(self, news_id: NewsId, *, occurred_at: datetime) -> datetime | None:
        """When she was first told this news, by whatever way."""
        told = [self.seen[news_id]] if news_id in self.seen else []
        if (contact := self.told_by(news_id, occurred_at=occurred_at)) is not None:
            told.append(contact.made_at)
        return min(told, default=None)
