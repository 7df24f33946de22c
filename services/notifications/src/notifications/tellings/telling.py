"""What the victim came to know, when and how; and which of it tells an item of news. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from contracts.ids import ContactId, DutyKey, NewsId

from notifications.decisions.news import News


class How(StrEnum):
    """She opened it signed in, an officer told her, or an officer told her that it was about somebody else.

    Or she came to know it under another id of hers: journey says so, and nothing of it is remembered here.
    """

    SEEN = "seen"
    TOLD = "told-by-officer"
    PUT_RIGHT = "put-right"
    ANOTHER_ID = "under-another-id"


@dataclass(frozen=True, slots=True)
class Telling:
    """When and how the victim came to know; `contact` is the officer's, where it was one."""

    at: datetime
    how: How
    contact: ContactId | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """An officer was in touch: what they told, which duties they met by it, what they said was not about her."""

    contact: ContactId
    made_at: datetime
    news: Sequence[NewsId] = ()
    duties: Sequence[DutyKey] = ()
    put_right: Sequence[NewsId] = ()


def telling_of(news: News, tellings: Sequence[Telling]) -> Telling | None:
    """The first by which she knows this item; None where none does.

    A contact tells only what had happened by then. What was put right, and is hers again since, is to be told anew.
    """
    tellings = with_elsewhere(news, tellings)
    righted = put_right_at([telling for telling in tellings if telling.at <= news.known_at])
    counts = [
        telling
        for telling in tellings
        if telling.how in (How.SEEN, How.ANOTHER_ID) or (telling.how is How.TOLD and telling.at >= news.occurred_at)
        if righted is None or telling.at > righted
    ]
    return min(counts, key=lambda telling: telling.at, default=None)


def with_elsewhere(news: News, tellings: Sequence[Telling]) -> Sequence[Telling]:
    """Those, and that she was told it under another id of hers."""
    return tellings if news.told_at is None else [*tellings, Telling(news.told_at, How.ANOTHER_ID)]


def put_right_at(tellings: Sequence[Telling]) -> datetime | None:
    """When an officer said last that it was about somebody else."""
    return max((telling.at for telling in tellings if telling.how is How.PUT_RIGHT), default=None)


def to_be_put_right(tellings: Sequence[Telling], *, given_at: datetime | None) -> bool:
    """Whether she was told what is not hers, or may have been by who was to tell it, and has not heard so since."""
    righted = put_right_at(tellings)
    may_know = [telling.at for telling in tellings if telling.how is not How.PUT_RIGHT]
    may_know += [given_at] if given_at is not None else []
    return any(righted is None or at > righted for at in may_know)
