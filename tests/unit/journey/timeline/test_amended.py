"""What was put right, taken back or lost is said in the words of its kind, and first news is never "put right"."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from contracts.ids import CaseId, NewsId, VictimId
from journey.facts.concern import Accused, Reach
from journey.facts.fact import EventKey, Fact
from journey.timeline.belonging import belonging
from journey.timeline.entries import Entry, Kept, Whereabouts, entries_of
from journey.timeline.hers import Hers, hers_of
from journey.timeline.items import Item
from journey.timeline.page import page_of
from journey.timeline.reading import Timeline
from journey.timeline.status import status_of
from journey.wording.content import Audience, Content
from support.journey_facts import AMIRA, BORIS, MONDAY, a_fact
from support.records import a_link, a_record

VERDICT, CORRECTED, RETRACTED = "court.verdict-reached.v1", "court.event-corrected.v1", "court.event-retracted.v1"
HERS, ANOTHERS = Accused(frozenset({"d-1"})), Accused(frozenset({"d-2"}))
FIRST = EventKey("urn:test", "1")
GUILTY = {"verdict": "guilty"}
RIGHT = {"reason": "keyed in wrongly", "replacement": {"type": VERDICT, "data": GUILTY}}
SOMETHING_ELSE = "What we told you was about something else."
NOT_OPENED, OPENED = Whereabouts(), Whereabouts(opened_at=MONDAY, seen_at=MONDAY)


def read(
    *said: tuple[Fact, Mapping[str, Any]],
    at: Whereabouts = NOT_OPENED,
    reader: Audience = Audience.VICTIM,
    hers: Mapping[EventKey, Hers] | None = None,
) -> list[Entry]:
    kept = [Kept(fact, "c", NewsId(f"n-{fact.position}"), at) for fact, _ in said]
    links = [
        a_link(0, VictimId(AMIRA), case=CaseId("c"), accused=HERS),
        a_link(0, VictimId(BORIS), case=CaseId("c"), accused=ANOTHERS),
    ]
    known = hers or hers_of([item.fact for item in kept], a_record(victim=VictimId(AMIRA), links=links))
    content = {fact.key: Content(data) for fact, data in said}
    return entries_of(belonging(kept, hers=known, reader=reader), content, reader=reader)


def items_of(entries: Sequence[Entry]) -> Sequence[Item]:
    return page_of(Timeline(VictimId(AMIRA), entries, status_of(entries, now=MONDAY), (), (), MONDAY)).items


def verdict(accused: Accused = HERS) -> tuple[Fact, Mapping[str, Any]]:
    return a_fact(1, type=VERDICT, accused=accused), GUILTY


def correction(position: int, accused: Accused) -> tuple[Fact, Mapping[str, Any]]:
    return a_fact(position, type=CORRECTED, accused=accused, original=FIRST), RIGHT


def retraction(**said: str) -> tuple[Fact, Mapping[str, Any]]:
    return a_fact(2, type=RETRACTED, accused=HERS, original=FIRST), {"reason": "Clara's number", **said}


def test_a_correction_of_what_was_never_hers_is_first_news() -> None:
    [entry] = read(verdict(ANOTHERS), correction(2, HERS))
    assert entry.words.title == "The court found the person guilty"
    assert "wrong" not in f"{entry.words.meaning} {entry.words.details}"


def test_a_second_correction_puts_right_what_the_first_one_told_her() -> None:
    second, first = read(verdict(ANOTHERS), correction(2, HERS), correction(3, HERS))
    assert first.words.title == "The court found the person guilty"
    assert second.words.title == "Put right: the court found the person guilty"


def test_a_correction_of_what_she_has_puts_it_right() -> None:
    entry, _ = read(verdict(), correction(2, HERS))
    assert entry.words.title == "Put right: the court found the person guilty"


def test_of_what_she_knew_and_is_somebody_elses_the_title_is_left_and_that_it_was_something_else() -> None:
    [entry] = read(verdict(), correction(2, ANOTHERS), at=OPENED)
    [item] = items_of([entry])
    assert (item.title, item.righted) == ("The court found the person guilty", SOMETHING_ELSE)
    assert item.meaning == "It was not about you. We are sorry."
    assert not (item.details or item.righted_at or item.ahead or item.action)
    assert not status_of([entry], now=MONDAY).stages, "what is not hers says nothing of where things are"


def test_of_what_she_never_knew_and_is_somebody_elses_nothing_is_left() -> None:
    assert read(verdict(), correction(2, ANOTHERS)) == []


def test_officers_read_what_was_lost_as_it_was() -> None:
    [entry] = read(verdict(), correction(2, ANOTHERS), reader=Audience.OFFICER)
    assert entry.lost
    assert "The court decided that the person committed the offence." in entry.words.meaning


@pytest.mark.parametrize(
    ("kind", "title", "beside"),
    [
        ({}, "This was wrong", "This was wrong: it did not happen."),
        ({"kind": "did-not-happen"}, "This was wrong", "This was wrong: it did not happen."),
        ({"kind": "recorded-elsewhere"}, "This is recorded elsewhere", "This was recorded in the wrong place."),
        ({"kind": "doubled"}, "This was here twice", "This was told to us twice."),
        ({"kind": "about-somebody-else"}, "This was about something else", SOMETHING_ELSE),
    ],
    ids=["unsaid", "did not happen", "recorded elsewhere", "doubled", "about somebody else"],
)
def test_a_retraction_says_what_kind_it_is(kind: dict[str, str], title: str, beside: str) -> None:
    back, was = items_of(read(verdict(), retraction(**kind), at=OPENED))
    assert back.title == f"{title}: the court found the person guilty"
    assert was.righted == beside
    happened_not = kind.get("kind", "did-not-happen") == "did-not-happen"
    assert ("did not happen" in f"{back.meaning} {was.righted}") is happened_not


def test_why_something_was_about_somebody_else_is_for_officers() -> None:
    said = verdict(), retraction(kind="about-somebody-else")
    back, _ = read(*said, reader=Audience.OFFICER)
    assert "Clara's number" in repr(back.words.for_officers)
    assert "Clara" not in repr([entry.words for entry in read(*said, at=OPENED)])


def test_that_something_was_taken_back_is_not_said_where_it_never_was() -> None:
    hers = {FIRST: Hers(None), EventKey("urn:test", "2"): Hers(Reach.VICTIM)}
    assert read(verdict(ANOTHERS), retraction(), hers=hers) == []
