"""What the officer's pages show of each victim, in words: how they may be reached, and what is due."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from contracts.journey import Reach
from contracts.witness_care import ContactManner, WishKind, WishOutcome
from contracts.words import word

from witness_care.due.due import Conversation, NewsToTell, Standing, VictimDue, conversations
from witness_care.due.ending import EndsBy
from witness_care.due.forms import Entered
from witness_care.reach.london import spoken
from witness_care.reach.wording import reach_lines, warning
from witness_care.telling.doubts import doubts_said
from witness_care.telling.reading import NOBODY_ASKED, Told
from witness_care.telling.timeline import Timeline, TimelineEntry
from witness_care.telling.words import to_tell
from witness_care.wishes.wish import Wish

MANNERS: Final[Mapping[ContactManner, str]] = {how: word(ContactManner, how).capitalize() for how in ContactManner}
OUTCOMES: Final[Mapping[WishKind, Mapping[WishOutcome, str]]] = {
    WishKind.SUPPORT: {
        WishOutcome.DONE: "A support service was asked to help them",
        WishOutcome.NOT_WANTED: "They do not want support now",
    },
    WishKind.POLICE: {
        WishOutcome.DONE: "The police have the report",
        WishOutcome.NOT_WANTED: "They do not want it passed on any more",
    },
}
_SINCE: Final[Mapping[Standing, str]] = {
    Standing.STANDS: "",
    Standing.CORRECTED: ". This was put right since: tell them only what is right",
    Standing.RETRACTED: ". This was taken back since: it did not happen",
    Standing.NOT_THEIRS: ". This is about somebody else: do not tell them",
}
_OVERTAKEN: Final = "Look before you tell it: something later took its place, or it is no longer about them"
_NOTHING: Final = Entered("", {})


def shown(
    victims: Sequence[VictimDue],
    *,
    new_id: Callable[[], str],
    entered: Entered | None = None,
    told: Told = NOBODY_ASKED,
) -> list[dict[str, object]]:
    """Each victim as the template takes it; `new_id` names the contact or taking over that may be recorded from it.

    `entered` is what an officer sent that was not complete; `told` are the words to use, as far as they are to be had.
    """
    return [
        {
            "victim_id": victim.victim_id,
            "name": victim.name,
            "known_by": victim.known_by,
            "number": number,
            "next_contact_id": new_id(),
            "next_takeover_id": new_id(),
            "warnings": victim.warnings,
            "warning": warning(victim.reach, at=victim.as_of),
            "reach": reach_lines(victim.reach),
            "tries": [f"Not reached: {word(ContactManner, tried.how)}, {spoken(tried.at)}" for tried in victim.tries],
            "contacts": [
                (made.contact_id, f"{MANNERS[made.how]}, {spoken(made.at)}", made.told) for made in victim.contacts
            ],
            "items": [
                _line(one, told.timelines.get(victim.victim_id), now=victim.as_of, new_id=new_id)
                for one in conversations(victim.items)
            ],
            "entered": entered if entered and entered.victim == victim.victim_id else _NOTHING,
        }
        for number, victim in enumerate(victims)
    ]


def mistakes_among(victims: Sequence[VictimDue], entered: Entered | None) -> dict[str, str]:
    """What is missing in `entered`, by the id of the field on the page."""
    return {
        f"{field}-{number}": message
        for number, victim in enumerate(victims)
        if entered and entered.victim == victim.victim_id
        for field, message in entered.mistakes.items()
    }


def _line(
    conversation: Conversation, timeline: Timeline | None, *, now: datetime, new_id: Callable[[], str]
) -> dict[str, object]:
    item, duties = conversation.item, conversation.duties
    when, overdue = spoken(conversation.due_at), conversation.due_at < now
    wrong = item.ends_by is EndsBy.PUT_RIGHT
    about = [] if wrong else [_about(news, now=now) for news in item.about]
    words = [to_tell(timeline, news.news_id) for news in item.about] if timeline and not wrong else []
    return {
        "what": about or [item.what],
        "say": [one for one in words if one is not None],
        "why": [
            *([_OVERTAKEN] if item.overtaken else []),
            *([item.what] if about else []),
            *([_told_wrongly(news) for news in item.about] if wrong else []),
            *_missing(conversation, timeline),
            *(duty.what for duty in duties),
        ],
        "token": f"{','.join(item.news_ids)}|{','.join(_duty_keys(conversation))}" if item.by_telling else None,
        "wrong": ",".join(item.news_ids) if wrong else None,
        "wish": item.wish and _wish(item.wish, new_id=new_id),
        "overdue": overdue,
        "due": f"Overdue since {when}" if overdue else f"Due by {when}",
    }


def _wish(wish: Wish, *, new_id: Callable[[], str]) -> dict[str, object]:
    return {
        "report_id": wish.report_id,
        "kind": wish.kind,
        "answer_id": new_id(),
        "asked": f"Asked on {spoken(wish.asked_at)} in the report {wish.reference}",
        "outcomes": OUTCOMES[wish.kind],
    }


def _about(news: NewsToTell, *, now: datetime) -> str:
    return f"{news.what}, {spoken(news.occurred_at)}{_day(news.about_at, now=now)}{_SINCE[news.standing]}"


def _day(about_at: datetime | None, *, now: datetime) -> str:
    if about_at is None:
        return ""
    return f". It is about {spoken(about_at)}" + (", which has come" if about_at <= now else ": tell it before")


def _missing(conversation: Conversation, timeline: Timeline | None) -> list[str]:
    """What an officer has to find out before any of it may be told, as far as the timeline says."""
    named = dict.fromkeys(news for item in (conversation.item, *conversation.duties) for news in item.news_ids)
    found = [timeline.by_news[news] for news in named if news in timeline.by_news] if timeline else []
    return list(dict.fromkeys(_why_it_waits(entry) for entry in found if entry.reach == Reach.OFFICER))


def _why_it_waits(entry: TimelineEntry) -> str:
    if entry.doubt:
        return (
            f"In doubt: {doubts_said(entry.doubt)}. If it is right, and about them, say so on their page. "
            "If this is not their case, take the link back there"
        )
    return "They are not linked to this accused. Link them on their page, if they are their victim"


def _told_wrongly(news: NewsToTell) -> str:
    """What they may have been told, and no word of what it is about: that is somebody else's."""
    return f"What they may know: {news.what[0].lower()}{news.what[1:]}"


def _duty_keys(conversation: Conversation) -> list[str]:
    keys = [key for item in (conversation.item, *conversation.duties) for key in item.duty_keys]
    return list(dict.fromkeys(keys))
