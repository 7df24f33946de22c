"""The lines of a page: an entry each, or several charges that the court told of in one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from contracts.witness_care import ContactManner
from contracts.words import word

from journey.facts.fact import EventKey
from journey.timeline.entries import Entry
from journey.timeline.moment import THE_CHARGE
from journey.timeline.paging import address_of, page_with
from journey.wording.content import Detail
from journey.wording.dates import spoken
from journey.wording.duties import PUBLISHERS
from journey.wording.retracting import SOMETHING_ELSE, taken_back

STAYS_OPEN = timedelta(minutes=10)
SEVERAL = "How many charges"


@dataclass(frozen=True, slots=True)
class Item:
    """One line. An unseen one shows only who it is from; `number` is its place among all, on whatever page."""

    number: int
    unseen: bool
    open: bool
    news_ids: Sequence[str]
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
    righted_at: str | None
    """The address of what is right."""


def item_of(group: Sequence[Entry], numbers: Mapping[EventKey, int], *, now: datetime) -> Item:
    """The line of one entry, or of those that the page shows as one; `numbers` are the places of all entries."""
    entry = group[0]
    publisher = PUBLISHERS.get(entry.fact.type.partition(".")[0], "an agency")
    righted_by = numbers.get(entry.righted_by) if entry.righted_by else None
    return Item(
        number=numbers[entry.fact.key],
        unseen=entry.unseen,
        open=entry.whereabouts.opened_at is not None and now - entry.whereabouts.opened_at < STAYS_OPEN,
        news_ids=[one.news_id for one in group if one.news_id is not None],
        label=f"There is an update from {publisher}",
        title=entry.words.title,
        when=spoken(entry.fact.occurred_at),
        learned_later=entry.learned_later,
        meaning=entry.words.meaning,
        action=entry.words.action,
        ahead=entry.words.ahead,
        details=_details(group),
        notes=_notes(entry),
        righted=_righted(entry),
        righted_at=address_of(page_with(righted_by), righted_by) if righted_by else None,
    )


def _details(group: Sequence[Entry]) -> Sequence[Detail]:
    """Of several charges: how many, then what differs between them by charge, then what is said of all of them."""
    if len(group) == 1:
        return group[0].words.details
    common = [line for line in group[0].words.details if all(line in entry.words.details for entry in group)]
    own = [[line for line in entry.words.details if line not in common] for entry in group]
    if all(line.label == THE_CHARGE for lines in own for line in lines):
        names = "; ".join(line.text for lines in own for line in lines)
        own = [[Detail("The charges", names)]] if names else []
    return [Detail(SEVERAL, str(len(group))), *(line for lines in own for line in lines), *common]


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
        how = word(ContactManner, at.contacted_how)
        notes.append(f"You were told {how} on {spoken(at.contacted_at)}.".replace("  ", " "))
    elif (opened_at := at.opened_at or at.seen_at) is not None:
        notes.append(f"You opened this on {spoken(opened_at)}.")
    return notes
