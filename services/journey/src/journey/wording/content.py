"""What an event says, opened for reading, and the words it is put into."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from journey.wording.dates import spoken, spoken_day

NOTHING_TO_DO = "You do not need to do anything."
WORRIED = "If this worries you, ask your contact person what can be done to keep you safe."
REMOVED = "[removed]"
DATE_LENGTH = len("2026-06-04")


class Audience(StrEnum):
    """Who reads an entry: the victim (and officers), or officers alone."""

    VICTIM = "victim"
    OFFICER = "officer"


@dataclass(frozen=True, slots=True)
class Detail:
    """One labelled line under an entry."""

    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What words become once what they say ahead is over, since time would make them untrue.

    It is over `after` a day, or once the same matter holds a fact of a type in `by` about the same accused: a later
    one, or any one where agencies tell such things `in_any_order`. `in_thread`: only one about the same hearing,
    release or referral. `replaced`: also once another fact
    has taken its place, be it one that she does not get to see. What is None stays as it was.
    """

    by: frozenset[str] = frozenset()
    after: date | None = None
    in_any_order: bool = False
    in_thread: bool = False
    replaced: bool = False
    meaning: str | None = None
    action: str | None = None
    ahead: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """One entry in plain words. The title names no address, offence or person: details are one step away.

    The first of `turns` that has come about changes them. `ahead` is empty where nothing more is to be said.
    `for_officers` are codes and names of the agencies' own: no victim ever gets them.
    """

    title: str
    meaning: str
    ahead: str
    action: str = NOTHING_TO_DO
    details: tuple[Detail, ...] = ()
    for_officers: tuple[Detail, ...] = ()
    audience: Audience = Audience.VICTIM
    turns: tuple[Turn, ...] = ()

    def after(self, turn: Turn) -> "Words":
        """As they read once the turn has come about."""
        meaning = self.meaning if turn.meaning is None else turn.meaning
        action = self.action if turn.action is None else turn.action
        return replace(self, meaning=meaning, action=action, ahead=turn.ahead)


@dataclass(frozen=True, slots=True)
class Content:
    """The data of one event, personal fields opened or "[removed]"."""

    data: Mapping[str, object]

    def text(self, name: str) -> str | None:
        """The field as text; None when it is absent or blank."""
        value = self.data.get(name)
        if value is None or value == "":
            return None
        return str(value)

    def when(self, name: str) -> str | None:
        """The field, a date or an instant, as people say it; None when it is absent."""
        value = self.text(name)
        if value is None or value == REMOVED:
            return value
        if len(value) == DATE_LENGTH:
            return spoken_day(date.fromisoformat(value))
        return spoken(datetime.fromisoformat(value))

    def day(self, name: str) -> date | None:
        """The field, a date, as one; None when it is absent or removed."""
        value = self.text(name)
        return date.fromisoformat(value) if value is not None and len(value) == DATE_LENGTH else None

    def part(self, name: str) -> "Content":
        """A nested object of the data; empty when it is absent."""
        value = self.data.get(name)
        return Content(value if isinstance(value, Mapping) else {})

    def parts(self, name: str) -> tuple["Content", ...]:
        """A list of nested objects of the data; empty when it is absent."""
        value = self.data.get(name)
        items = value if isinstance(value, list | tuple) else ()
        return tuple(Content(item) for item in items if isinstance(item, Mapping))


def details(*pairs: tuple[str, str | None]) -> tuple[Detail, ...]:
    """Labelled lines for those fields that are there."""
    return tuple(Detail(label, text) for label, text in pairs if text)
