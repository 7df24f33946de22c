"""What the officer's page shows, in words: each victim, how they may be reached, and what is due."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time
from typing import Final

from contracts.notifications import ChannelKind, Language, Safety, Weekday
from contracts.witness_care import ContactManner

from witness_care.contacts.contact import ContactPerson
from witness_care.due.due import Colleague, Conversation, NewsToTell, Standing, VictimDue, conversations
from witness_care.handover.forms import Entered
from witness_care.reach.reach import LONDON, Reach, SafeHours

MANNERS: Final[Mapping[ContactManner, str]] = {
    ContactManner.PHONE: "By phone",
    ContactManner.IN_PERSON: "In person",
    ContactManner.VIDEO: "By video",
    ContactManner.LETTER: "By letter",
}
_CHANNELS: Final[Mapping[ChannelKind, str]] = {
    ChannelKind.PHONE: "phone",
    ChannelKind.SMS: "text message",
    ChannelKind.EMAIL: "email",
    ChannelKind.LETTER: "letter",
}
_LANGUAGES: Final[Mapping[Language, list[str]]] = {
    Language.ENGLISH: [],
    Language.WELSH: ["They chose Welsh: speak and write to them in Welsh."],
}
_SINCE: Final[Mapping[Standing, str]] = {
    Standing.STANDS: "",
    Standing.CORRECTED: ". This was put right since: tell them only what is right",
    Standing.RETRACTED: ". This was taken back since: it did not happen",
    Standing.NOT_THEIRS: ". This is about somebody else: do not tell them",
}
_CODE_WORD: Final = "A code word was agreed: look it up in their contact promise before you get in touch."
_OVERTAKEN: Final = "Look before you tell it: something later took its place, or it is no longer about them"
_NO_NAME: Final = "an officer whose name is not known"
_NOTHING: Final = Entered("", {})
_MIDDAY: Final = time(12)


def shown(
    victims: Sequence[VictimDue], *, new_id: Callable[[], str], entered: Entered | None = None
) -> list[dict[str, object]]:
    """Each victim as the template takes it; `new_id` names the contact that may be recorded from this page.

    `entered` is what an officer sent that was not complete.
    """
    return [
        {
            "victim_id": victim.victim_id,
            "name": victim.name,
            "known_by": victim.known_by,
            "number": number,
            "next_contact_id": new_id(),
            "warning": _warning(victim.reach, at=victim.as_of),
            "reach": _reach(victim.reach),
            "items": [_line(one, now=victim.as_of) for one in conversations(victim.items)],
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


def choices(colleagues: Sequence[Colleague]) -> dict[str, str]:
    """By sign-in subject each colleague from whom an officer may take over, in words."""
    return {one.officer: f"{_capital(described(one.person))}: {_counted(one.victims)}" for one in colleagues}


def described(person: ContactPerson | None) -> str:
    """Who answers to a victim, such as "Robin Example, witness care officer"."""
    return f"{person.name}, {person.role.replace('-', ' ')}" if person else _NO_NAME


def named(person: ContactPerson | None) -> str:
    """Their name alone."""
    return person.name if person else _NO_NAME


def spoken(instant: datetime) -> str:
    """`instant` in London's time, such as "4 June 2026 at 9:32am"; midnight is a day whose time nobody gave."""
    local = instant.astimezone(LONDON)
    day = f"{local.day} {local:%B} {local.year}"
    return f"{day} at {_clock(local.time())}" if local.time() != time() else day


def _warning(reach: Reach | None, *, at: datetime) -> str | None:
    """What an officer must not do now; read before the phone is picked up."""
    if reach is None:
        return "Nothing was agreed about contact. Do not phone, text or write until you know that it is safe."
    unsafe = [name for kind, name in _CHANNELS.items() if reach.safety(kind) is Safety.NOT_SAFE]
    if reach.safety(ChannelKind.PHONE) is not Safety.SAFE:
        others = [name for name in unsafe if name != _CHANNELS[ChannelKind.PHONE]]
        return "Do not phone." + (f" Do not use {_listed(others, 'or')}." if others else "")
    if not reach.safe_at(at):
        return "Do not phone now: this is outside the safe hours."
    return f"Do not use {_listed(unsafe, 'or')}." if unsafe else None


def _reach(reach: Reach | None) -> list[str]:
    if reach is None:
        return []
    safeties = ((Safety.SAFE, "Safe"), (Safety.NOT_SAFE, "Not safe"), (Safety.UNKNOWN, "Not known, so not safe"))
    lines = []
    for safety, label in safeties:
        names = [name for kind, name in _CHANNELS.items() if reach.safety(kind) is safety]
        if names:
            lines.append(f"{label}: {_listed(names, 'and')}.")
    hours = "; ".join(map(_hours, reach.hours))
    lines.append(f"Safe hours, UK time: {hours}." if hours else "No hours are agreed as safe.")
    return [*lines, *_LANGUAGES[reach.language], *([_CODE_WORD] if reach.has_code_word else [])]


def _hours(hours: SafeHours) -> str:
    return f"{_days(hours.days)}, {_clock(hours.starts)} to {_clock(hours.ends)}"


def _days(days: Sequence[Weekday]) -> str:
    week = list(Weekday)
    places = sorted(week.index(day) for day in days)
    if len(places) > 2 and places == list(range(places[0], places[-1] + 1)):
        return f"{week[places[0]].capitalize()} to {week[places[-1]].capitalize()}"
    return _listed([week[place].capitalize() for place in places], "and")


def _listed(names: Sequence[str], word: str) -> str:
    return f" {word} ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _line(conversation: Conversation, *, now: datetime) -> dict[str, object]:
    item, duties = conversation.item, conversation.duties
    when, overdue = spoken(conversation.due_at), conversation.due_at < now
    about = [_about(news) for news in item.about]
    return {
        "what": about or [item.what],
        "why": [
            *([_OVERTAKEN] if item.overtaken else []),
            *([item.what] if about else []),
            *(duty.what for duty in duties),
        ],
        "token": f"{','.join(item.news_ids)}|{','.join(_duty_keys(conversation))}" if item.by_telling else None,
        "overdue": overdue,
        "due": f"Overdue since {when}" if overdue else f"Due by {when}",
    }


def _about(news: NewsToTell) -> str:
    return f"{news.what}, {spoken(news.occurred_at)}{_SINCE[news.standing]}"


def _duty_keys(conversation: Conversation) -> list[str]:
    keys = [key for item in (conversation.item, *conversation.duties) for key in item.duty_keys]
    return list(dict.fromkeys(keys))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _counted(victims: int) -> str:
    return f"{victims} victim{'' if victims == 1 else 's'}"


def _clock(local: time) -> str:
    if (local.hour, local.minute) == (_MIDDAY.hour, 0):
        return "midday"
    minutes = f":{local.minute:02d}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local < _MIDDAY else 'pm'}"
