"""Listed, moved, vacated: what a snapshot says about when and where, case by case."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import msgspec

from intake.courts.comparing.facts import CaseKey, Fact, Listed, Moved, News, Retraction, Vacated
from intake.courts.comparing.state import Comparison, KnownListing, Told, told_key
from intake.courts.reading.court_names import named, named_among
from intake.courts.reading.snapshot import Listing, Reason, Snapshot
from intake.recording.deriving import derived_id


def listing_news(comparison: Comparison, case: CaseKey, told: dict[str, Told]) -> Iterator[News]:
    """First listing, change of days, courts or type, vacation and its undoing; a new room or sequence is no news."""
    key = told_key("listing", case)
    if key not in told:
        yield from _listed(comparison, case, told)
    elif not comparison.snapshot.vacated:
        yield from _compared(comparison, case, told)
    yield from _vacation(comparison, case, told)


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


def _listed(comparison: Comparison, case: CaseKey, told: dict[str, Told]) -> Iterator[Fact]:
    snapshot = comparison.snapshot
    key = told_key("listing", case)
    seen = next(
        (k for k in comparison.known if k.is_of(snapshot.hearing_id, case_id=case.id, listing=snapshot.listing)), None
    )
    if seen is not None:
        content = content_of(seen.listing)
        unnamed = seen.hearing_id if seen.hearing_id == unnamed_hearing(case, seen.listing) else None
        told[key] = Told(seen.event_id, content, seen.event_id, case.id, case.urn, hearing_id=unnamed, by_day=True)
        if _moved(told[key], snapshot.listing) and not snapshot.vacated:
            yield _move(comparison, case, told, before=seen.listing)
        return
    if snapshot.cancelled:
        return
    again = (str(comparison.revision),) if comparison.state.revision else ()
    event_id = derived_id("listed", snapshot.hearing_id, case.id, *again)
    told[key] = Told(event_id, content_of(snapshot.listing), event_id, case.id, case.urn, by_day=True)
    yield Fact(event_id, case, Listed(snapshot.hearing_id, snapshot.listing), _when(comparison), comparison.old)


def _compared(comparison: Comparison, case: CaseKey, told: dict[str, Told]) -> Iterator[Fact]:
    key, listing = told_key("listing", case), comparison.snapshot.listing
    if _moved(told[key], listing):
        yield _move(comparison, case, told)
    elif not told[key].by_day:
        told[key] = msgspec.structs.replace(told[key], content=content_of(listing), by_day=True)


def _moved(told: Told, listing: Listing) -> bool:
    """What was told before the days' own courts were looked at is compared without them, once."""
    return told.content != content_of(listing if told.by_day else _at_one_court(listing))


def _at_one_court(listing: Listing) -> Listing:
    sittings = tuple(msgspec.structs.replace(sitting, own_court=None) for sitting in listing.sittings)
    return msgspec.structs.replace(listing, sittings=sittings)


def _move(comparison: Comparison, case: CaseKey, told: dict[str, Told], *, before: Listing | None = None) -> Fact:
    snapshot = comparison.snapshot
    key = told_key("listing", case)
    event_id = derived_id("moved", snapshot.hearing_id, case.id, str(comparison.revision))
    earlier = (*told[key].earlier, told[key].event_id)
    listed = Told(event_id, content_of(snapshot.listing), event_id, case.id, case.urn, earlier=earlier, by_day=True)
    told[key] = msgspec.structs.replace(listed, hearing_id=told[key].hearing_id)
    previous = before or comparison.state.listing or snapshot.listing
    details = Moved(_told_as(snapshot, told.get(key)), previous, snapshot.listing, _reason(comparison))
    return Fact(event_id, case, details, _when(comparison), comparison.old)


def _vacation(comparison: Comparison, case: CaseKey, told: dict[str, Told]) -> Iterator[News]:
    snapshot = comparison.snapshot
    key = told_key("vacated", case)
    known = told.get(key)
    event_id = derived_id("vacation", snapshot.hearing_id, case.id, str(comparison.revision))
    if snapshot.vacated and known is None:
        told[key] = Told(event_id, "", event_id, case.id, case.urn)
        listing = comparison.state.listing or snapshot.listing
        details = Vacated(_told_as(snapshot, told.get(told_key("listing", case))), listing, snapshot.reason)
        yield Fact(event_id, case, details, _when(comparison), comparison.old)
    elif known is not None and not snapshot.vacated:
        del told[key]
        reason = "The court no longer shows this hearing as vacated."
        yield Retraction(event_id, known.event_id, known.state_id, case, comparison.received_at, reason)


def _told_as(snapshot: Snapshot, listed: Told | None) -> str:
    """The hearing id that its listing was told under: what follows has to replace that, or the first date stands."""
    return (listed.hearing_id if listed else None) or snapshot.hearing_id


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


def _when(comparison: Comparison) -> datetime:
    """A listing happened when the court told it; the first sight of an old hearing is dated by its first day."""
    sittings = comparison.snapshot.listing.sittings
    return sittings[0].starts if comparison.old and sittings else comparison.received_at
