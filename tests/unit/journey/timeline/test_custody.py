"""Where an accused is: what a page said of it is over once something took its place, on the page or off it."""

from datetime import timedelta

import pytest
from journey.facts.concern import Reach
from journey.facts.standing import places_of
from journey.timeline.entries import Entry, Kept, Shown, Whereabouts, entries_of
from journey.timeline.moment import as_read
from journey.timeline.status import Status, status_of
from journey.wording.content import Audience, Content
from support.journey_facts import MONDAY, a_fact

SENTENCED, PLANNED = "court.sentence-passed.v1", "prison.release-planned.v1"
RELEASED, AWAY = "prison.offender-released.v1", "prison.temporary-absence-started.v1"
HOSPITAL, RECALLED = "prison.offender-moved-to-hospital.v1", "probation.offender-recalled.v1"
SAID = Content({"planned": {"precision": "day", "day": "2099-02-02"}})


def read(*kinds: str, stands: bool) -> list[Entry]:
    """The entries, newest first; `stands` says whether the newest does, and those before it do."""
    facts = [
        a_fact(n, type=kind, thread="custody/d-1", occurred_at=MONDAY + timedelta(days=n))
        for n, kind in enumerate(kinds, 1)
    ]
    places = places_of(facts)
    shown = [
        Shown(
            Kept(fact, "c", news_id=None, whereabouts=Whereabouts()),
            Reach.VICTIM,
            places[fact.key],
            stands=stands or fact is not facts[-1],
        )
        for fact in reversed(facts)
    ]
    said = {fact.key: SAID for fact in facts}
    return as_read(entries_of(shown, said, reader=Audience.VICTIM), today=MONDAY.date())


def status(*kinds: str, stands: bool) -> Status:
    return status_of(read(*kinds, stands=stands), now=MONDAY)


def test_a_release_that_was_followed_by_a_reception_is_not_where_things_are() -> None:
    assert status(SENTENCED, RELEASED, stands=True).stages == ["The person has been released from prison."]
    assert status(SENTENCED, RELEASED, stands=False).stages == ["The court has decided on the sentence."]


def test_a_planned_release_whose_place_was_taken_is_no_date_that_is_next() -> None:
    assert status(SENTENCED, PLANNED, stands=True).next_date is not None
    assert status(SENTENCED, PLANNED, stands=False).next_date is None


@pytest.mark.parametrize("kind", [PLANNED, RELEASED, AWAY, HOSPITAL, RECALLED])
def test_what_is_said_of_where_somebody_is_is_said_of_then_once_its_place_was_taken(kind: str) -> None:
    now, then = (read(kind, stands=stands)[0].words for stands in (True, False))
    assert (now.meaning, now.ahead) != (then.meaning, then.ahead)
    assert not then.ahead
    assert not any(phrase in then.meaning for phrase in (" is ", " has to ", "no longer"))


def test_a_listing_whose_place_was_taken_by_what_she_does_not_see_still_says_where_things_are() -> None:
    assert status("court.trial-date-set.v1", stands=False).stages == [
        "The case is in court. There is a date for the trial."
    ]
