"""Listed, moved, vacated: what a snapshot says about when and where, case by case."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import msgspec

from intake.courts.comparing.facts import CaseKey, Fact, Listed, Moved, News
from intake.courts.comparing.state import Comparison, KnownListing, Told, told_key
from intake.courts.comparing.vacations import Places, together, told_as, vacation, when
from intake.courts.reading.court_names import named, named_among
from intake.courts.reading.snapshot import Case, Listing, Reason, Snapshot
from intake.recording.deriving import derived_id


def listing_news(comparison: Comparison, found: Case, told: dict[str, Told]) -> Iterator[News]:
    """First listing, change of days, courts or type, vacation and its undoing; a new room or sequence is no news.

    Each is said of the accused whom the message names: of who is not in it nothing is said, and who is new is listed.
    """
    case = CaseKey(found.id, found.urn)
    accused: tuple[str, ...] = tuple(defendant.id for defendant in found.defendants)
    whole = told_key("listing", case)
    if accused and whole in told:
        told |= {told_key("listing", case, one): told[whole] for one in accused}
        del told[whole]
    if not accused and any(key.startswith(f"{whole}/") for key in told):
        return
    places = Places(case, {told_key("listing", case, *_part(one)): one for one in accused or ("",)})
    _remember(comparison, places, told)
    new = [key for key in places.keys if key not in told]
    if not comparison.snapshot.vacated:
        yield from _moves(comparison, places, told)
    if new and not comparison.snapshot.cancelled:
        yield _listed(comparison, places, told, new)
    yield from vacation(comparison, places, told)


def claimed(comparison: Comparison, told: dict[str, Told]) -> Iterator[KnownListing]:
    """Listings that were told before this hearing had an id, and that its own messages speak for from now on."""
    own = {
        (event_id, one.hearing_id)
        for key, one in told.items()
        if key.startswith("listing/")
        for event_id in (one.event_id, *one.earlier)
    }
    for known in comparison.known:
        if known.hearing_id is not None and (known.event_id, known.hearing_id) in own:
            yield replace(known, hearing_id=comparison.snapshot.hearing_id)


def content_of(listing: Listing) -> str:
    """What makes two listings the same to a victim: kind, days, times and each day's court."""
    days = ",".join(sorted(f"{sitting.starts.isoformat()}@{sitting.place}" for sitting in listing.sittings))
    week = listing.week_commencing.isoformat() if listing.week_commencing else ""
    return f"{listing.type_name}|{days}|{week}"


def with_known_courts(snapshot: Snapshot, before: Listing | None) -> Snapshot:
    """A day whose court the message does not name is held where it was said last: missing is not cleared.

    Neither is what that court is called.
    """
    known = {(sitting.starts, sitting.court): sitting.own_court for sitting in before.sittings} if before else {}
    sittings = tuple(
        msgspec.structs.replace(sitting, own_court=known.get((sitting.starts, sitting.court)))
        if sitting.own_court is None
        else sitting
        for sitting in snapshot.listing.sittings
    )
    names = named_among(before.sittings) if before else {}
    listing = msgspec.structs.replace(snapshot.listing, sittings=sittings)
    return named(msgspec.structs.replace(snapshot, listing=listing), names)


def unnamed_hearing(case: CaseKey, listing: Listing) -> str:
    """The id under which a result's next hearing is told that has none of the court's yet."""
    return derived_id("hearing", case.id, content_of(listing))


def _part(defendant_id: str) -> tuple[str, ...]:
    return (defendant_id,) if defendant_id else ()


def _remember(comparison: Comparison, places: Places, told: dict[str, Told]) -> None:
    """A listing that another hearing's result told already."""
    snapshot, case = comparison.snapshot, places.case
    for key, defendant_id in places.keys.items():
        seen = next(
            (
                known
                for known in comparison.known
                if known.is_of(snapshot.hearing_id, case_id=case.id, listing=snapshot.listing)
                and (not known.defendants or not defendant_id or defendant_id in known.defendants)
            ),
            None,
        )
        if seen is None or key in told:
            continue
        unnamed = seen.hearing_id if seen.hearing_id == unnamed_hearing(case, seen.listing) else None
        first = Told(seen.event_id, content_of(seen.listing), seen.event_id, case.id, case.urn, by_day=True)
        told[key] = msgspec.structs.replace(first, hearing_id=unnamed, listing=seen.listing)


def _listed(comparison: Comparison, places: Places, told: dict[str, Told], new: Sequence[str]) -> Fact:
    snapshot, case = comparison.snapshot, places.case
    again = (str(comparison.revision),) if comparison.state.revision else ()
    event_id = derived_id("listed", snapshot.hearing_id, case.id, *again)
    listed = Told(event_id, content_of(snapshot.listing), event_id, case.id, case.urn, by_day=True)
    told |= dict.fromkeys(new, msgspec.structs.replace(listed, listing=snapshot.listing))
    details = Listed(snapshot.hearing_id, snapshot.listing)
    return Fact(event_id, case, details, when(comparison), comparison.old, defendants=places.accused(new))


def _moves(comparison: Comparison, places: Places, told: dict[str, Told]) -> Iterator[Fact]:
    """One change for all whose listing was told together."""
    listing = comparison.snapshot.listing
    moved = {key: told[key] for key in places.keys if key in told and _moved(told[key], listing)}
    for key in [key for key in places.keys if key in told and key not in moved and not told[key].by_day]:
        told[key] = msgspec.structs.replace(told[key], content=content_of(listing), by_day=True)
    groups = together(moved)
    for event_id, keys in groups.items():
        yield _move(comparison, places, told, keys, apart=(event_id,) if len(groups) > 1 else ())


def _moved(told: Told, listing: Listing) -> bool:
    """What was told before the days' own courts were looked at is compared without them, once."""
    return told.content != content_of(listing if told.by_day else _at_one_court(listing))


def _at_one_court(listing: Listing) -> Listing:
    sittings = tuple(msgspec.structs.replace(sitting, own_court=None) for sitting in listing.sittings)
    return msgspec.structs.replace(listing, sittings=sittings)


def _move(
    comparison: Comparison, places: Places, told: dict[str, Told], keys: Sequence[str], *, apart: tuple[str, ...]
) -> Fact:
    snapshot, case, before = comparison.snapshot, places.case, told[keys[0]]
    event_id = derived_id("moved", snapshot.hearing_id, case.id, str(comparison.revision), *apart)
    now = msgspec.structs.replace(
        before,
        event_id=event_id,
        content=content_of(snapshot.listing),
        state_id=event_id,
        urn=case.urn,
        earlier=(*before.earlier, before.event_id),
        by_day=True,
        listing=snapshot.listing,
    )
    told |= dict.fromkeys(keys, now)
    previous = before.listing or comparison.state.listing or snapshot.listing
    details = Moved(told_as(snapshot, now), previous, snapshot.listing, _reason(comparison))
    return Fact(event_id, case, details, when(comparison), comparison.old, defendants=places.accused(keys))


def _reason(comparison: Comparison) -> Reason | None:
    """The hearing's own reason, else what an adjournment in its results says."""
    snapshot = comparison.snapshot
    if snapshot.reason is not None:
        return snapshot.reason
    texts = (
        result.adjournment_reason
        for case in snapshot.cases
        for defendant in case.defendants
        for offence in defendant.offences
        for result in offence.results
        if result.adjournment_reason
    )
    text = next(texts, None)
    return Reason(None, "adjournment", text) if text else None
