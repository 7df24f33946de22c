"""The words in which one piece of news is told, true as they are read."""

from dataclasses import dataclass
from typing import Final

from witness_care.telling.timeline import Timeline, TimelineEntry

_NOTHING: Final = frozenset({"", "You do not need to do anything."})
"""What a page says so that nobody wonders, and a person need not."""


@dataclass(frozen=True, slots=True)
class Words:
    """What to say of one entry: a sentence each, then labelled lines, then what only officers read."""

    what: str
    when: str
    sentences: tuple[str, ...]
    details: tuple[tuple[str, str], ...]
    for_officers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ToTell:
    """One piece of news. `right` is what stands now, where that is not the news itself."""

    said: Words
    right: Words | None
    taken_back: bool


def to_tell(timeline: Timeline, news_id: str) -> ToTell | None:
    """None where the timeline has no such news: it was withdrawn, or has not come yet."""
    entry = timeline.by_news.get(news_id)
    if entry is None:
        return None
    right = timeline.standing(entry)
    return ToTell(words_of(entry), words_of(right) if right else None, entry.retracted)


def words_of(entry: TimelineEntry) -> Words:
    """The entry as an officer says it."""
    return Words(
        what=entry.what,
        when=entry.when,
        sentences=tuple(one for one in (entry.meaning, entry.action, entry.ahead) if one not in _NOTHING),
        details=tuple((line.label, line.text) for line in entry.details),
        for_officers=tuple((line.label, line.text) for line in entry.for_officers),
    )
