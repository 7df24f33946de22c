"""A victim's timeline as journey answers an officer with it, as far as the desk reads it."""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property

from witness_care.elsewhere.answered import Answered


class EventName(Answered):
    """Who said it, and its id there."""

    source: str
    id: str

    @property
    def key(self) -> tuple[str, str]:
        """To look an entry up by."""
        return self.source, self.id


class Line(Answered):
    """One labelled line."""

    label: str
    text: str


class TimelineEntry(Answered):
    """One entry in plain words. `corrected_by` is what holds instead, unless it was taken back."""

    event: EventName
    type: str
    what: str
    meaning: str
    action: str
    ahead: str
    details: tuple[Line, ...]
    for_officers: tuple[Line, ...]
    when: str
    occurred_at: datetime
    doubt: str | None
    reach: str
    corrected_by: EventName | None
    retracted: bool
    case_id: str | None
    defendants: tuple[str, ...] = ()
    news_id: str | None
    told_at: datetime | None


class Timeline(Answered):
    """Newest first."""

    entries: tuple[TimelineEntry, ...]

    @cached_property
    def by_news(self) -> Mapping[str, TimelineEntry]:
        """Each entry that is news, by the id of the news."""
        return {entry.news_id: entry for entry in self.entries if entry.news_id is not None}

    @cached_property
    def _by_event(self) -> Mapping[tuple[str, str], TimelineEntry]:
        return {entry.event.key: entry for entry in self.entries}

    def standing(self, entry: TimelineEntry) -> TimelineEntry | None:
        """What holds now where this entry holds no more; None where it does, or where nothing holds instead."""
        found, seen = entry, {entry.event.key}
        while (later := self._by_event.get(found.corrected_by.key) if found.corrected_by else None) is not None:
            if later.event.key in seen:
                break
            found = later
            seen.add(later.event.key)
        return None if found is entry or found.type.endswith(".event-retracted.v1") else found
