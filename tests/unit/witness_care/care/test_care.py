"""What the officer's desk decides about one victim's care."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from contracts.witness_care import ContactRole
from witness_care.care.care import VictimCare
from witness_care.care.person import ContactPerson
from witness_care.errors import (
    AccessAlreadyGranted,
    AlreadyTheContact,
    AnotherTookOver,
    ContactInTheFuture,
    NoSuchAccess,
    NoSuchContact,
)

NOW = datetime(2026, 12, 1, 10, tzinfo=UTC)


def officer(name: str) -> ContactPerson:
    return ContactPerson(officer=name, role=ContactRole.WITNESS_CARE_OFFICER, name="Robin Example")


def test_the_giver_stays_until_somebody_takes_over() -> None:
    care = VictimCare.opened("v-1", now=NOW)
    care.take_over(officer("officer-1"), taking_id="t-1", now=NOW)
    assert care.contact_officer == "officer-1"
    care.take_over(officer("officer-2"), taking_id="t-2", now=NOW)
    assert care.contact_officer == "officer-2"
    assert care.collect_events()[-1].taken_over_from == "officer-1"  # type: ignore[attr-defined]


def test_who_is_the_contact_already_has_nothing_to_take_over() -> None:
    care = VictimCare.opened("v-1", now=NOW)
    care.take_over(officer("officer-1"), taking_id="t-3", now=NOW)
    with pytest.raises(AlreadyTheContact):
        care.take_over(officer("officer-1"), taking_id="t-4", now=NOW)


@pytest.mark.parametrize("seen", [None, "officer-3"])
def test_nobody_takes_over_from_another_than_they_saw(seen: str | None) -> None:
    care = VictimCare.opened("v-1", now=NOW)
    care.take_over_from(None, officer("officer-1"), taking_id="t-5", now=NOW)
    with pytest.raises(AnotherTookOver):
        care.take_over_from(seen, officer("officer-2"), taking_id="t-6", now=NOW)
    care.take_over_from("officer-1", officer("officer-2"), taking_id="t-7", now=NOW)
    assert care.contact_officer == "officer-2"


def test_who_takes_over_twice_hears_that_they_are_the_contact_already() -> None:
    care = VictimCare.opened("v-1", now=NOW)
    care.take_over_from(None, officer("officer-1"), taking_id="t-8", now=NOW)
    with pytest.raises(AlreadyTheContact):
        care.take_over_from(None, officer("officer-1"), taking_id="t-9", now=NOW)


def test_the_same_taking_over_sent_twice_is_one_whoever_took_over_since() -> None:
    """Guards a form sent twice."""
    care = VictimCare.opened("v-1", now=NOW)
    assert care.take_over_from(None, officer("officer-1"), taking_id="mine", now=NOW)
    assert not care.take_over_from(None, officer("officer-1"), taking_id="mine", now=NOW)
    care.take_over_from("officer-1", officer("officer-2"), taking_id="theirs", now=NOW)
    assert not care.take_over_from(None, officer("officer-1"), taking_id="mine", now=NOW)
    assert care.contact_officer == "officer-2"


def test_a_contact_sent_twice_is_recorded_once() -> None:
    care = VictimCare.opened("v-1", now=NOW)
    assert care.record_contact("c-1", made_at=NOW, now=NOW)
    assert not care.record_contact("c-1", made_at=NOW, now=NOW)
    assert len(care.collect_events()) == 2


def test_a_contact_that_has_not_happened_yet_tells_nobody() -> None:
    care = VictimCare.opened("v-1", now=NOW)
    with pytest.raises(ContactInTheFuture):
        care.record_contact("c-1", made_at=NOW + timedelta(minutes=1), now=NOW)


def test_access_is_granted_and_taken_back_once() -> None:
    care = VictimCare.opened("v-1", now=NOW)
    care.grant_access("subject-1", now=NOW)
    with pytest.raises(AccessAlreadyGranted):
        care.grant_access("subject-1", now=NOW)
    care.revoke_access("subject-1", now=NOW)
    with pytest.raises(NoSuchAccess):
        care.revoke_access("subject-1", now=NOW)


def test_what_is_decided_has_the_time_of_the_decision() -> None:
    """Guards business time: the library would take its own clock."""
    care = VictimCare.opened("v-1", now=NOW)
    decisions: list[Callable[[datetime], object]] = [
        lambda at: care.take_over(officer("officer-1"), taking_id="t-1", now=at),
        lambda at: care.take_over_from("officer-1", officer("officer-2"), taking_id="t-2", now=at),
        lambda at: care.record_contact("c-1", made_at=NOW, now=at),
        lambda at: care.try_contact("c-2", tried_at=NOW, now=at),
        lambda at: care.answer_wish("a-1", now=at),
        lambda at: care.grant_access("subject-1", now=at),
        lambda at: care.revoke_access("subject-1", now=at),
    ]
    moments = [NOW + timedelta(days=day) for day in range(len(decisions) + 1)]
    for decide, at in zip(decisions, moments[1:], strict=True):
        decide(at)
    assert [event.timestamp for event in care.collect_events()] == moments
    assert (care.created_on, care.modified_on) == (moments[0], moments[-1])


def test_a_contact_is_taken_back_once_and_only_where_it_was_made() -> None:
    care = VictimCare.opened("v-1", now=NOW)
    with pytest.raises(NoSuchContact):
        care.take_contact_back("c-1", now=NOW)
    assert care.record_contact("c-1", made_at=NOW, now=NOW)
    assert [care.take_contact_back("c-1", now=NOW) for _ in range(2)] == [True, False]
    assert not care.record_contact("c-1", made_at=NOW, now=NOW), "it stays on record"
