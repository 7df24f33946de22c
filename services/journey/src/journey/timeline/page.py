"""What the page shows: the timeline as lines of text, in the order in which they stand."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from chassis.working_days import london_day
from contracts.duties import DUTIES
from contracts.ids import NewsId

from journey.facts.fact import EventKey
from journey.timeline.entries import Entry
from journey.timeline.reading import OwedNow, SourceFreshness, Timeline
from journey.timeline.status import FINISHED, ContactPerson, Status, status_of
from journey.wording.content import Detail
from journey.wording.dates import spoken, spoken_day
from journey.wording.duties import AGENCIES, OWED, PUBLISHERS
from journey.wording.retracting import SOMETHING_ELSE, taken_back
from journey.wording.services import MANNERS

STAYS_OPEN = timedelta(minutes=10)
NEWER = "There is something newer in what you have not opened yet."
DATE_UNOPENED = "There is an update about a date that you have not opened yet."


@dataclass(frozen=True, slots=True)
class Item:
    """One entry. An unseen one shows only who it is from; `number` is its place on the page."""

    number: int
    unseen: bool
    open: bool
    news_id: str | None
    label: str
    title: str
    when: str
    learned_later: bool
    meaning: str
    action: str
    ahead: str
    details: Sequence[Detail]
    notes: Sequence[str]
    righted: str | None
    righted_by: int | None


@dataclass(frozen=True, slots=True)
class Page:
    """Everything on the page, in words. `over` when no date is to come any more."""

    stages: Sequence[str]
    next_date: str | None
    over: bool
    contact: ContactPerson | None
    unseen: int
    owed: Sequence[str]
    items: Sequence[Item]
    freshness: Sequence[str]
    read_at: str
    day: date
    """In London, by which all of it is worded; `read_on` as people say it."""
    read_on: str


def page_of(timeline: Timeline) -> Page:
    """The page of one timeline."""
    numbers = {entry.fact.key: number for number, entry in enumerate(timeline.entries, 1)}
    news = {entry.news_id: entry for entry in timeline.entries}
    stages, day = _stages(timeline), london_day(timeline.read_at)
    return Page(
        stages=stages,
        next_date=_next_date(timeline),
        over=bool(stages) and FINISHED.issuperset(stages),
        contact=timeline.status.contact,
        unseen=sum(entry.unseen for entry in timeline.entries),
        owed=[_owed(duty, news.get(NewsId(duty.news_id)), now=timeline.read_at) for duty in timeline.owed],
        items=[_item(entry, numbers, now=timeline.read_at) for entry in timeline.entries],
        freshness=_freshness(timeline),
        read_at=spoken(timeline.read_at),
        day=day,
        read_on=spoken_day(day),
    )


def _opened(timeline: Timeline) -> Status:
    """Where things are by what she has opened."""
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


def _item(entry: Entry, numbers: dict[EventKey, int], *, now: datetime) -> Item:
    publisher = PUBLISHERS.get(entry.fact.type.partition(".")[0], "an agency")
    return Item(
        number=numbers[entry.fact.key],
        unseen=entry.unseen,
        open=entry.whereabouts.opened_at is not None and now - entry.whereabouts.opened_at < STAYS_OPEN,
        news_id=entry.news_id,
        label=f"There is an update from {publisher}",
        title=entry.words.title,
        when=spoken(entry.fact.occurred_at),
        learned_later=entry.learned_later,
        meaning=entry.words.meaning,
        action=entry.words.action,
        ahead=entry.words.ahead,
        details=entry.words.details,
        notes=_notes(entry),
        righted=_righted(entry),
        righted_by=numbers.get(entry.righted_by) if entry.righted_by else None,
    )


def _righted(entry: Entry) -> str | None:
    if entry.lost:
        return SOMETHING_ELSE
    if entry.righted_by is None:
        return None
    return taken_back(entry.taken_back_as).beside if entry.retracted else "This was wrong and was put right."


def _notes(entry: Entry) -> list[str]:
    at, notes = entry.whereabouts, []
    if entry.learned_later:
        notes.append(f"We learned of this later, on {spoken(entry.fact.recorded_at)}.")
    if at.notified_at is not None:
        notes.append(f"We sent you a message on {spoken(at.notified_at)}. It did not say what it was about.")
    if at.contacted_at is not None:
        how = MANNERS.get(at.contacted_how or "", "")
        notes.append(f"You were told {how} on {spoken(at.contacted_at)}.".replace("  ", " "))
    elif (opened_at := at.opened_at or at.seen_at) is not None:
        notes.append(f"You opened this on {spoken(opened_at)}.")
    return notes


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
