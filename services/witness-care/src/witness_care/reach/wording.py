"""How a victim may be reached, in an officer's words."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from contracts.notifications import ChannelKind, Language, Safety, Weekday
from contracts.words import word

from witness_care.reach.london import spoken_time
from witness_care.reach.reach import Reach, SafeHours

CHANNELS: Final[Mapping[ChannelKind, str]] = {kind: word(ChannelKind, kind) for kind in ChannelKind}
_LANGUAGES: Final[Mapping[Language, list[str]]] = {
    Language.ENGLISH: [],
    Language.WELSH: ["They chose Welsh: speak and write to them in Welsh."],
}
_CODE_WORD: Final = "A code word was agreed: look it up in their contact promise before you get in touch."


def warning(reach: Reach | None, *, at: datetime) -> str | None:
    """What an officer must not do now; read before the phone is picked up."""
    if reach is None:
        return "Nothing was agreed about contact. Do not phone, text or write until you know that it is safe."
    unsafe = [name for kind, name in CHANNELS.items() if reach.safety(kind) is Safety.NOT_SAFE]
    if reach.safety(ChannelKind.PHONE) is not Safety.SAFE:
        others = [name for name in unsafe if name != CHANNELS[ChannelKind.PHONE]]
        return "Do not phone." + (f" Do not use {_listed(others, 'or')}." if others else "")
    if not reach.safe_at(at):
        return "Do not phone now: this is outside the safe hours."
    return f"Do not use {_listed(unsafe, 'or')}." if unsafe else None


def reach_lines(reach: Reach | None) -> list[str]:
    """What was agreed, a sentence each."""
    if reach is None:
        return []
    safeties = ((Safety.SAFE, "Safe"), (Safety.NOT_SAFE, "Not safe"), (Safety.UNKNOWN, "Not known, so not safe"))
    lines = []
    for safety, label in safeties:
        names = [name for kind, name in CHANNELS.items() if reach.safety(kind) is safety]
        if names:
            lines.append(f"{label}: {_listed(names, 'and')}.")
    hours = hours_said(reach.hours)
    lines.append(f"Safe hours, UK time: {hours}." if hours else "No hours are agreed as safe.")
    return [*lines, *_LANGUAGES[reach.language], *([_CODE_WORD] if reach.has_code_word else [])]


def hours_said(hours: Sequence[SafeHours]) -> str:
    """Such as "Monday to Friday, 6pm to 9pm"; nothing where none are agreed."""
    return "; ".join(map(_hours, hours))


def _hours(hours: SafeHours) -> str:
    return f"{_days(hours.days)}, {spoken_time(hours.starts)} to {spoken_time(hours.ends)}"


def _days(days: Sequence[Weekday]) -> str:
    week = list(Weekday)
    places = sorted(week.index(day) for day in days)
    if len(places) > 2 and places == list(range(places[0], places[-1] + 1)):
        return f"{week[places[0]].capitalize()} to {week[places[-1]].capitalize()}"
    return _listed([week[place].capitalize() for place in places], "and")


def _listed(names: Sequence[str], word: str) -> str:
    return f" {word} ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
