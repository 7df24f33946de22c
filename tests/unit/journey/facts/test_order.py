"""What stands of a thread goes by what its facts say of time, in whatever order they come."""

from collections.abc import Sequence
from datetime import timedelta

from contracts.ids import CaseId
from hypothesis import given
from hypothesis import strategies as st
from journey.facts.concern import Reach
from journey.facts.fact import EventKey, Fact
from journey.facts.news import news_of
from journey.facts.said import Said
from journey.facts.standing import places_of
from journey.timeline.entries import Entry, Kept, Shown, Whereabouts, entries_of
from journey.timeline.moment import as_read
from journey.timeline.status import status_of
from journey.wording.content import Audience, Content
from support.journey_facts import MONDAY, a_fact
from support.records import a_link, a_record

SET, CHANGED, VACATED = (f"court.trial-date-{what}.v1" for what in ("set", "changed", "vacated"))
CORRECTED, RETRACTED = "court.event-corrected.v1", "court.event-retracted.v1"
HOURS = st.lists(st.integers(0, 5), min_size=1, max_size=5)


def listing(position: int, *, hour: int, kind: str = SET) -> Fact:
    happened = MONDAY + timedelta(hours=hour)
    return a_fact(position, type=kind, thread="hearing/h-1", occurred_at=happened, case_id=CaseId("c"))


def amending(position: int, original: Fact, *, hour: int, kind: str = CORRECTED) -> Fact:
    thread = None if kind == RETRACTED else original.thread
    at = MONDAY + timedelta(hours=hour)
    said = Said(says=None if kind == RETRACTED else original.type)
    given = {"thread": thread, "original": original.key, "occurred_at": at, "said": said}
    return a_fact(position, type=kind, case_id=CaseId("c"), **given)


def standing_of(facts: Sequence[Fact]) -> list[EventKey]:
    news = news_of(a_record(*facts, links=[a_link(0, case=CaseId("c"))]).onlooker, facts).news
    return [one.fact.key for one in sorted(news, key=lambda one: one.fact.position) if one.standing]


@given(HOURS)
def test_the_latest_by_its_own_time_stands_and_of_one_time_the_last_to_come(hours: list[int]) -> None:
    facts = [listing(number, hour=hour) for number, hour in enumerate(hours, 1)]
    assert standing_of(facts) == [max(facts, key=lambda fact: (fact.occurred_at, fact.position)).key]


@given(HOURS, st.data())
def test_a_correction_stands_exactly_where_its_original_did(hours: list[int], data: st.DataObject) -> None:
    facts = [listing(number, hour=hour) for number, hour in enumerate(hours, 1)]
    original = data.draw(st.sampled_from(facts))
    right = amending(9, original, hour=9)
    [stood], [stands] = standing_of(facts), standing_of([*facts, right])
    assert stands == (right.key if stood == original.key else stood)


def test_what_was_taken_back_overtakes_nothing_not_even_by_its_correction() -> None:
    first, wrong = listing(1, hour=1), listing(2, hour=5)
    right, gone = amending(3, wrong, hour=6), amending(4, wrong, hour=7, kind=RETRACTED)
    between = listing(5, hour=3)
    assert standing_of([first, wrong, right, gone]) == [first.key, gone.key]
    assert standing_of([first, wrong, right, gone, between]) == [gone.key, between.key]


def test_amendments_that_name_each_other_have_a_place_and_end() -> None:
    one, other = (a_fact(number, original=EventKey("urn:test", str(3 - number))) for number in (1, 2))
    assert places_of([one, other])[other.key].original == one.position


def read(*said: tuple[Fact, str | None]) -> list[Entry]:
    """The entries of listings on these days, newest first, as they read on the first day."""
    places = places_of(fact for fact, _ in said)
    content = {fact.key: Content(_said(fact, day)) for fact, day in said}
    kept = [Kept(fact, "c", news_id=None, whereabouts=Whereabouts()) for fact, _ in said]
    shown = [Shown(item, Reach.VICTIM, places[item.fact.key]) for item in kept]
    newest = sorted(shown, key=lambda item: (item.kept.fact.occurred_at, item.kept.fact.position), reverse=True)
    return as_read(entries_of(newest, content, reader=Audience.VICTIM), today=MONDAY.date())


def _said(fact: Fact, day: str | None) -> dict[str, object]:
    days = [{"starts_at": f"2027-02-{day}T10:00:00Z"}]
    listed: dict[str, object] = {"listing": {"precision": "fixed", "days": days}} if day else {}
    return {"replacement": {"type": SET, "data": listed}} if fact.original else listed


def test_an_old_listing_that_is_corrected_after_the_trial_moved_does_not_come_back() -> None:
    first, moved = listing(1, hour=1), listing(2, hour=2, kind=CHANGED)
    entries = read((first, "01"), (moved, "20"), (amending(3, first, hour=3), "02"))
    status = status_of(entries, now=MONDAY)
    assert status.next_date is not None
    assert f"{status.next_date.on:%d}" == "20"
    assert status.stages == ["The case is in court. There is a new date for the trial."]
    ahead = {entry.fact.key.id: entry.words.ahead for entry in entries}
    assert ahead == {"1": "", "2": "Dates can change. We will tell you if this one does.", "3": ""}


def test_an_older_listing_that_comes_late_does_not_undo_that_the_trial_was_called_off() -> None:
    gone, late = listing(1, hour=5, kind=VACATED), listing(2, hour=1)
    status = status_of(read((gone, None), (late, "01")), now=MONDAY)
    assert status.next_date is None
    assert status.stages == ["The case is in court. There is no new date for the trial yet."]


def test_a_matter_is_named_by_the_day_of_the_crime_not_of_its_correction() -> None:
    crime = a_fact(1, type="police.crime-reported.v1")
    right = a_fact(2, type="police.event-corrected.v1", original=crime.key, occurred_at=MONDAY + timedelta(days=9))
    charged = a_fact(3, type="police.suspect-charged.v1", occurred_at=MONDAY + timedelta(days=1))
    places = places_of([crime, right, charged])
    content = {fact.key: Content({}) for fact in (crime, right, charged)}
    content[right.key] = Content({"replacement": {"type": crime.type, "data": {"offence": "Burglary"}}})
    kept = [Kept(fact, "c", news_id=None, whereabouts=Whereabouts()) for fact in (right, charged, crime)]
    shown = [Shown(item, Reach.VICTIM, places[item.fact.key]) for item in kept]
    status = status_of(entries_of(shown, content, reader=Audience.VICTIM), now=MONDAY, held_back=frozenset({"d"}))
    assert "The crime recorded on 23 November 2026: a person was charged. The court comes next." in status.stages
