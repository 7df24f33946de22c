"""The next hearing that a result names: listed once, however many offences repeat it, and taken back with its result.

Where that hearing has sent messages of its own, they alone say what becomes of it.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from intake.courts.comparing.facts import CaseKey, Fact, Listed, News, Retraction
from intake.courts.comparing.listings import content_of, unnamed_hearing
from intake.courts.comparing.outcomes import ordered_here
from intake.courts.comparing.sentences import AMENDED, DELETED
from intake.courts.comparing.state import Comparison, Told, told_key
from intake.courts.reading.snapshot import NextListing, Result
from intake.recording.deriving import derived_id


class _Shown(NamedTuple):
    following: NextListing
    by: tuple[str, ...]
    accused: tuple[str, ...]


def following_news(comparison: Comparison, case: CaseKey, told: dict[str, Told]) -> Iterator[News]:
    """A date that the same results no longer give is taken back; one that they give for the first time is listed."""
    results = _ordered_here(comparison, case)
    shown = _shown(results)
    gone = [key for key in told if key.startswith(told_key("next", case, "")) and _is_gone(told[key], results, shown)]
    for key in gone:
        known = told.pop(key)
        if not _is_told_by_its_own(comparison, known):
            yield from _retractions(comparison, case, known, [result for _, result in results])
            continue
        for content, one in shown.items():
            if set(one.by) <= set(known.shown_by):
                told[told_key("next", case, content)] = msgspec.structs.replace(known, content=content, shown_by=one.by)
    again = (str(comparison.revision),) if gone else ()
    for content, one in shown.items():
        yield from _listed(comparison, case, told, (content, one, again))


def _ordered_here(comparison: Comparison, case: CaseKey) -> list[tuple[str, Result]]:
    if not comparison.resulted:
        return []
    return [
        (defendant.id, result)
        for found in comparison.snapshot.cases
        if found.id == case.id
        for defendant in found.defendants
        for offence in defendant.offences
        for result in offence.results
        if ordered_here(comparison.snapshot, result.hearing_id, day=result.day)
    ]


def _shown(results: Sequence[tuple[str, Result]]) -> dict[str, _Shown]:
    shown: dict[str, _Shown] = {}
    for defendant_id, result in results:
        if result.next_listing is not None and not result.deleted:
            content = content_of(result.next_listing.listing)
            _, by, accused = shown.get(content, (None, (), ()))
            accused = tuple(sorted({*accused, defendant_id}))
            shown[content] = _Shown(result.next_listing, (*by, result.id), accused)
    return shown


def _is_gone(known: Told, results: Sequence[tuple[str, Result]], shown: dict[str, _Shown]) -> bool:
    """Missing is not gone: each result that gave the date has to be here, deleted or giving another one."""
    here = {result.id for _, result in results}
    return bool(known.shown_by) and known.content not in shown and here >= set(known.shown_by)


def _is_told_by_its_own(comparison: Comparison, known: Told) -> bool:
    names = {one.event_id: one.hearing_id for one in comparison.known}
    return names.get(known.event_id) != known.hearing_id


def _retractions(comparison: Comparison, case: CaseKey, known: Told, results: Sequence[Result]) -> Iterator[Retraction]:
    """Of what was told of the first of the accused, and of those whose results gave the same date later."""
    reason = DELETED if any(result.deleted for result in results if result.id in known.shown_by) else AMENDED
    for told_id in (known.event_id, *known.earlier):
        event_id = derived_id("next-gone", told_id, str(comparison.revision))
        yield Retraction(event_id, told_id, told_id, case, comparison.received_at, reason)


def _listed(
    comparison: Comparison, case: CaseKey, told: dict[str, Told], said: tuple[str, _Shown, tuple[str, ...]]
) -> Iterator[Fact]:
    content, (following, by, accused), again = said
    hearing_id = following.hearing_id or unnamed_hearing(case, following.listing)
    key = told_key("next", case, content)
    known = told.get(key)
    listed = {*known.defendants} if known else set[str]()
    for one in comparison.known:
        if one.is_of(hearing_id, case_id=case.id, listing=following.listing):
            listed |= {*(one.defendants or accused)}
    new = tuple(defendant_id for defendant_id in accused if defendant_id not in listed)
    if not new:
        return
    event_id = derived_id("listed", hearing_id, case.id, *((str(comparison.revision),) if listed else again))
    # a hearing with an id of the court's has its own messages, which tell what becomes of it
    by = () if following.hearing_id else by
    first = Told(event_id, content, event_id, case.id, case.urn, hearing_id=hearing_id, shown_by=by, defendants=new)
    told[key] = first if known is None else _with_more(known, first)
    yield Fact(
        event_id, case, Listed(hearing_id, following.listing), comparison.received_at, comparison.old, defendants=new
    )


def _with_more(known: Told, more: Told) -> Told:
    """The same date, told of others of the accused by another event."""
    return msgspec.structs.replace(
        known,
        earlier=(*known.earlier, more.event_id),
        shown_by=more.shown_by,
        defendants=(*known.defendants, *more.defendants),
    )
