"""What stands on a timeline: the last of several corrections, and a date until it is over."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from contracts.ids import CaseId, NewsId, VictimId
from journey.facts.concern import Accused, Reach
from journey.facts.fact import EventKey, Fact, Origin
from journey.facts.standing import places_of
from journey.timeline.entries import Entry, Kept, Shown, Whereabouts, entries_of
from journey.timeline.status import NextDate, status_of
from journey.wording.content import Audience, Content

VICTIM, CASE = VictimId("v-1"), CaseId("c-1")
START = datetime(2027, 2, 1, 10, tzinfo=UTC)
FIXED = {"precision": "fixed", "days": [{"starts_at": f"2027-02-0{day}T10:00:00Z"} for day in (1, 2, 3)]}
WEEK = {"precision": "week-commencing", "week_commencing": "2027-02-01"}


def fact(kind: str, position: int, *, original: str | None = None) -> Fact:
    return Fact(
        origin=Origin.INTAKE,
        position=position,
        key=EventKey("s", f"e-{position}"),
        type=f"{kind}.v1",
        case_id=CASE,
        victim_id=None,
        accused=Accused(),
        thread=None if original else f"thread/{position}",
        original=EventKey("s", original) if original else None,
        occurred_at=START + timedelta(hours=position),
        recorded_at=START + timedelta(hours=position),
        backfill=False,
        doubt=None,
        body=b"",
    )


def entries(*said: tuple[Fact, Mapping[str, Any]]) -> list[Entry]:
    places = places_of(one for one, _ in said)
    shown = [Shown(Kept(one, "root", NewsId("n-1"), Whereabouts()), Reach.VICTIM, places[one.key]) for one, _ in said]
    content = {one.key: Content(json.loads(json.dumps(data))) for one, data in said}
    newest_first = sorted(shown, key=lambda item: item.kept.fact.position, reverse=True)
    return entries_of(newest_first, content, reader=Audience.VICTIM)


def a_sentence(words: str) -> dict[str, Any]:
    return {"sentence": words}


def right(words: str) -> dict[str, Any]:
    return {
        "reason": "Keyed in wrongly.",
        "replacement": {"type": "court.sentence-passed.v1", "data": a_sentence(words)},
    }


def test_of_several_corrections_only_the_last_stands() -> None:
    found = entries(
        (fact("court.sentence-passed", 1), a_sentence("two years")),
        (fact("court.event-corrected", 2, original="e-1"), right("three years")),
        (fact("court.event-corrected", 3, original="e-1"), right("two months")),
    )
    assert [(entry.fact.key.id, entry.righted_by and entry.righted_by.id) for entry in found] == [
        ("e-3", None),
        ("e-2", "e-3"),
        ("e-1", "e-3"),
    ]


def test_what_was_taken_back_after_a_correction_did_not_happen_and_neither_did_the_correction() -> None:
    found = entries(
        (fact("court.sentence-passed", 1), a_sentence("two years")),
        (fact("court.event-corrected", 2, original="e-1"), right("three years")),
        (fact("court.event-retracted", 3, original="e-1"), {"reason": "Another case."}),
    )
    assert [(entry.fact.key.id, entry.retracted) for entry in found] == [("e-3", False), ("e-2", True), ("e-1", True)]


@pytest.mark.parametrize(
    ("kind", "data", "last"),
    [
        ("court.trial-date-set", {"listing": FIXED}, datetime(2027, 2, 3, 16, tzinfo=UTC)),
        ("court.trial-date-set", {"listing": WEEK}, datetime(2027, 2, 7, 20, tzinfo=UTC)),
        ("prison.release-planned", {"planned": {"month": "2027-02"}}, datetime(2027, 2, 28, 20, tzinfo=UTC)),
        ("prison.release-planned", {"planned": {"day": "2027-02-01"}}, datetime(2027, 2, 1, 20, tzinfo=UTC)),
    ],
)
def test_a_date_is_the_next_one_until_it_is_over(kind: str, data: dict[str, Any], last: datetime) -> None:
    found = entries((fact(kind, 1), data))
    next_date = status_of(found, now=last).next_date
    assert isinstance(next_date, NextDate)
    assert f"{next_date.on:%Y-%m-%d}" == "2027-02-01"
    assert status_of(found, now=last + timedelta(days=1)).next_date is None
