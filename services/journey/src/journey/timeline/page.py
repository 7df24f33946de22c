"""What the page shows: the timeline as lines of text, in the order in which they stand."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from chassis.working_days import london_day
from contracts.duties import DUTIES
from contracts.ids import NewsId

from journey.timeline.entries import Entry
from journey.timeline.grouping import in_groups
from journey.timeline.items import Item, item_of
from journey.timeline.paging import address_of, page_with, part_of
from journey.timeline.reading import OwedNow, SourceFreshness, Timeline
from journey.timeline.status import FINISHED, ContactPerson, Status, status_of
from journey.wording.dates import spoken, spoken_day
from journey.wording.duties import AGENCIES, OWED

NEWER = "There is something newer in what you have not opened yet."
DATE_UNOPENED = "There is an update about a date that you have not opened yet."


@dataclass(frozen=True, slots=True)
class Page:
    """Everything on the page, in words. `over` when no date is to come any more."""

    stages: Sequence[str]
    next_date: str | None
    over: bool
    contact: ContactPerson | None
    unseen: int
    unseen_at: str | None
    """The address of the newest of them, where it is on another page than this."""
    owed: Sequence[str]
    items: Sequence[Item]
    number: int
    newer: str | None
    earlier: str | None
    """Addresses of the pages before and after this one."""
    freshness: Sequence[str]
    read_at: str
    day: date
    """In London, by which all of it is worded; `read_on` as people say it."""
    read_on: str


def page_of(timeline: Timeline, *, number: int = 1) -> Page:
    """A page of one timeline; what it says of now is by all of the timeline, and the same on each page."""
    groups = in_groups(timeline.entries, timeline.groups)
    numbers = {entry.fact.key: place for place, group in enumerate(groups, 1) for entry in group}
    news = {entry.news_id: entry for entry in timeline.entries}
    owed = (_owed(duty, news.get(NewsId(duty.news_id)), now=timeline.read_at) for duty in timeline.owed)
    stages, day, part = _stages(timeline), london_day(timeline.read_at), part_of(groups, number)
    return Page(
        stages=stages,
        next_date=_next_date(timeline),
        over=bool(stages) and FINISHED.issuperset(stages),
        contact=timeline.status.contact,
        unseen=sum(group[0].unseen for group in groups),
        unseen_at=_unseen_at(groups, part.number),
        owed=list(dict.fromkeys(owed)),
        items=[item_of(group, numbers, now=timeline.read_at) for group in part.items],
        number=part.number,
        newer=address_of(part.number - 1) if part.number > 1 else None,
        earlier=address_of(part.number + 1) if part.number < part.last else None,
        freshness=_freshness(timeline),
        read_at=spoken(timeline.read_at),
        day=day,
        read_on=spoken_day(day),
    )


def _unseen_at(groups: Sequence[Sequence[Entry]], page: int) -> str | None:
    place = next((place for place, group in enumerate(groups, 1) if group[0].unseen), None)
    return address_of(page_with(place), place) if place is not None and page_with(place) != page else None


def _opened(timeline: Timeline) -> Status:
    """Where things are by what she has opened."""
    if not any(entry.unseen for entry in timeline.entries):
        return timeline.status
    opened = [entry for entry in timeline.entries if not entry.unseen]
    return status_of(opened, now=timeline.read_at, held_back=timeline.held_back)


def _stages(timeline: Timeline) -> list[str]:
    """Where things are by what she has opened: hard news waits until she chooses to read it."""
    stages = list(_opened(timeline).stages)
    return [*stages, NEWER] if any(entry.unseen for entry in timeline.entries) else stages


def _next_date(timeline: Timeline) -> str | None:
    """The next date; where an update she has not opened sets, moves or calls it off, only that there is one."""
    now, known = timeline.status.next_date, _opened(timeline).next_date
    if now != known:
        return DATE_UNOPENED
    return f"{now.when[0].upper()}{now.when[1:]}: {now.what}" if now else None


def _owed(duty: OwedNow, about: Entry | None, *, now: datetime) -> str:
    """What should happen; of news she has not opened, or that is not on her page yet, only that she is told."""
    if DUTIES[duty.duty_id].met_by or (about is not None and not about.unseen):
        what = OWED[duty.duty_id]
    elif about is None:
        what = "somebody gets in touch with you"
    else:
        what = "somebody gets in touch with you about an update that you have not opened, unless you open it first"
    late = " This is late, and you can ask why." if duty.due_at < now else ""
    return f"By {spoken_day(london_day(duty.due_at))}: {what}.{late}"


def _freshness(timeline: Timeline) -> list[str]:
    """By agency: where several sources of it write to her, the one that has been silent for longest."""
    hers = {entry.fact.key.source for entry in timeline.entries}
    all_of: defaultdict[str, list[SourceFreshness]] = defaultdict(list)
    for line in timeline.freshness:
        if line.publisher in AGENCIES:
            all_of[line.publisher].append(line)
    lines = []
    for publisher, sources in all_of.items():
        own = [line.last_recorded_at for line in sources if line.source in hers]
        at = min(own) if own else max(line.last_recorded_at for line in sources)
        lines.append(f"{AGENCIES[publisher].capitalize()}: {spoken(at)}.")
    return lines
