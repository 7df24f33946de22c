"""What an event says, opened for reading, and the words it is put into."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from journey.wording.dates import spoken, spoken_day

NOTHING_TO_DO = "You do not need to do anything."
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


@dataclass(frozen=True, slots=True)
class Words:
    """One entry in plain words. The title names no address, offence or person: details are one step away."""

    title: str
    meaning: str
    ahead: str
    action: str = NOTHING_TO_DO
    details: tuple[Detail, ...] = ()
    audience: Audience = Audience.VICTIM


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
