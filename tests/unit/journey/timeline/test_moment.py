"""Whole journeys read on every day: nothing is said to be ahead that is past, and each entry says what it is about."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from contracts.ids import CaseId
from hypothesis import given
from hypothesis import strategies as st
from journey.facts.concern import Accused, Reach
from journey.facts.fact import EventKey
from journey.facts.standing import places_of
from journey.timeline.entries import Entry, Kept, Shown, Whereabouts, entries_of
from journey.timeline.moment import as_read
from journey.wording.content import Audience, Content
from support.journey_facts import a_fact

START = datetime(2026, 11, 2, 10, tzinfo=UTC)
OFFENCE = {"offence_id": "o-1", "code": "TH68001", "title": "Burglary"}
HELD_ON = date(2026, 12, 1)
LISTING = {"precision": "fixed", "days": [{"starts_at": "2026-12-01T10:00:00Z"}]}
STORY: Mapping[str, Mapping[str, Any]] = {
    "intake.report-received.v1": {"share_with_police": True},
    "police.crime-reported.v1": {"offence": "Burglary of a flat"},
    "police.suspect-charged.v1": {"offences": [OFFENCE], "first_hearing_on": "2026-11-20"},
    "court.plea-entered.v1": {"plea": "NOT_GUILTY"},
    "court.trial-date-set.v1": {"listing": LISTING},
    "court.hearing-listed.v1": {"listing": LISTING},
    "court.verdict-reached.v1": {"verdict": "guilty"},
    "court.sentence-passed.v1": {},
    "prison.release-planned.v1": {"planned": {"day": "2027-03-01"}},
    "prison.offender-released.v1": {},
}
PROMISES: Mapping[str, Callable[[Sequence[str], date], bool]] = {
    "will probably be a trial": lambda types, _: "court.verdict-reached.v1" in types,
    "will decide on the sentence": lambda types, _: "court.sentence-passed.v1" in types,
    "will look at the case on that day": lambda _, today: today > HELD_ON,
    "planned for 20 November": lambda types, today: today > date(2026, 11, 20) or "court.plea-entered.v1" in types,
    "will have to go to court": lambda types, _: "court.verdict-reached.v1" in types,
    "If the police record a crime": lambda types, _: "police.crime-reported.v1" in types,
    "we will tell you about release": lambda types, _: "prison.offender-released.v1" in types,
    "has worked out when": lambda types, today: today > date(2027, 3, 1) and "prison.offender-released.v1" not in types,
}
"""What is promised, and by what it is broken, said here without the wording's own tables."""


def entry(position: int, kind: str, **changes: Any) -> Shown:
    fact = a_fact(position, type=kind, occurred_at=START + timedelta(days=position), **changes)
    kept = Kept(fact, fact.case_id, news_id=None, whereabouts=Whereabouts())
    return Shown(kept, Reach.VICTIM, places_of([fact])[fact.key])


Told = tuple[Shown, Mapping[str, Any]]


def told(position: int, kind: str, said: Mapping[str, Any], **changes: Any) -> Told:
    return entry(position, kind, **changes), said


def read(said: Sequence[tuple[Shown, Mapping[str, Any]]], *, today: date) -> list[Entry]:
    content = {shown.kept.fact.key: Content(data) for shown, data in said}
    entries = entries_of([shown for shown, _ in said], content, reader=Audience.VICTIM)
    return as_read(entries, today=today)


def text_of(entries: Sequence[Entry]) -> str:
    return " ".join(f"{entry.words.meaning} {entry.words.action} {entry.words.ahead}" for entry in entries)


@given(
    kinds=st.permutations(sorted(STORY)).flatmap(lambda kinds: st.integers(0, len(kinds)).map(lambda n: kinds[:n])),
    today=st.dates(date(2026, 11, 1), date(2027, 4, 1)),
)
def test_a_journey_promises_nothing_that_is_past_in_whatever_order_it_was_learnt(kinds: list[str], today: date) -> None:
    story = [told(number, kind, STORY[kind]) for number, kind in enumerate(kinds, 1)]
    text = text_of(read(story, today=today))
    for promise, broken in PROMISES.items():
        assert not (promise in text and broken(kinds, today)), promise


@pytest.mark.parametrize("promise", PROMISES)
def test_each_promise_is_made_at_some_moment(promise: str) -> None:
    """Or the test above would find nothing."""
    alone = [text_of(read([told(1, kind, said)], today=date(2026, 11, 3))) for kind, said in STORY.items()]
    assert any(promise in text for text in alone)


def test_another_accused_s_sentence_and_one_in_another_case_end_nothing() -> None:
    hers, other = Accused(frozenset({"d-1"})), Accused(frozenset({"d-2"}))
    verdict = entry(1, "court.verdict-reached.v1", accused=hers)
    for sentence in (
        entry(2, "court.sentence-passed.v1", accused=other),
        entry(2, "court.sentence-passed.v1", accused=hers, case_id=CaseId("another")),
    ):
        text = text_of(read([(verdict, {"verdict": "guilty"}), (sentence, {})], today=HELD_ON))
        assert "will decide on the sentence" in text


def test_a_verdict_says_of_which_charge_it_is() -> None:
    accused = Accused(frozenset({"d-1"}), frozenset({"o-1"}))
    charged = told(1, "police.suspect-charged.v1", {"offences": [OFFENCE]})
    verdict = told(2, "court.verdict-reached.v1", {"verdict": "guilty"}, accused=accused)
    [_, found] = read([charged, verdict], today=HELD_ON)
    assert ("The charge", "Burglary") in [(line.label, line.text) for line in found.words.details]


def test_with_two_crimes_each_entry_says_which_it_is_about() -> None:
    first = told(1, "police.crime-reported.v1", {})
    second = told(2, "police.crime-reported.v1", {}, case_id=CaseId("another"))
    verdict = told(3, "court.verdict-reached.v1", {"verdict": "guilty"}, case_id=CaseId("another"))
    [*_, found] = read([first, second, verdict], today=HELD_ON)
    assert ("It is about", "the crime recorded on 4 November 2026") in [(d.label, d.text) for d in found.words.details]
    [_, alone] = read([second, verdict], today=HELD_ON)
    assert "It is about" not in {line.label for line in alone.words.details}


@pytest.mark.parametrize("answer", ["accepted", "declined"])
@pytest.mark.parametrize(
    ("issuer", "answered", "waits"), [("one", "r-1", False), ("one", "r-2", True), ("another", "r-1", True)]
)
def test_a_service_s_answer_ends_only_what_is_said_of_its_own_referral(
    answer: str, issuer: str, answered: str, *, waits: bool
) -> None:
    made = told(1, "support.referral-made.v1", {"victim": {"issuer": "one"}, "referral_id": "r-1"})
    said = {"victim": {"issuer": issuer}, "referral_id": answered}
    answers = told(2, f"support.referral-{answer}.v1", said)
    text = text_of(read([made, answers], today=HELD_ON))
    assert ("will say whether it can help" in text) == waits


def test_what_was_taken_back_ends_nothing() -> None:
    verdict = told(1, "court.verdict-reached.v1", {"verdict": "guilty"})
    sentence = told(2, "court.sentence-passed.v1", {})
    back = told(3, "court.event-retracted.v1", {}, original=EventKey("urn:test", "2"))
    text = text_of(read([verdict, sentence, back], today=HELD_ON))
    assert "will decide on the sentence" in text


@pytest.mark.parametrize(
    ("scope", "stopped", "listed", "goes_on"),
    [
        ("all", [], [], False),
        ("some", [], [], True),
        ("some", ["o-1"], [], True),
        ("some", ["o-1"], ["o-1", "o-2"], True),
        ("some", ["o-1"], ["o-1"], False),
        ("some", ["o-1"], ["o-2"], True),
    ],
)
def test_a_stop_of_some_charges_ends_only_what_is_about_those(
    scope: str, stopped: list[str], listed: list[str], *, goes_on: bool
) -> None:
    hearing = told(
        1, "court.hearing-listed.v1", {"listing": LISTING}, accused=Accused(frozenset({"d-1"}), frozenset(listed))
    )
    stop = told(
        2, "cps.proceedings-stopped.v1", {"scope": scope}, accused=Accused(frozenset({"d-1"}), frozenset(stopped))
    )
    assert ("will look at the case" in text_of(read([hearing, stop], today=date(2026, 11, 10)))) == goes_on
