"""What the officer's desk decides about one victim's care."""

from datetime import UTC, datetime, timedelta

import pytest
from contracts.ids import ContactId
from contracts.witness_care import ContactManner, ContactRole
from witness_care.care.care import VictimCare
from witness_care.contacts.contact import Contact, ContactPerson
from witness_care.due.due import DueItem, DueKind, VictimDue, soonest_first
from witness_care.errors import (
    AccessAlreadyGranted,
    AlreadyTheContact,
    AnotherTookOver,
    ContactInTheFuture,
    NoSuchAccess,
)

NOW = datetime(2026, 12, 1, 10, tzinfo=UTC)


def officer(name: str) -> ContactPerson:
    return ContactPerson(officer=name, role=ContactRole.WITNESS_CARE_OFFICER, name="Robin Example")


def contact(contact_id: str, *, made_at: datetime = NOW) -> Contact:
    return Contact(
        contact_id=ContactId(contact_id),
        made_at=made_at,
        how=ContactManner.PHONE,
        made_by="officer-1",
        news_ids=(),
        duty_keys=(),
    )


def test_the_giver_stays_until_somebody_takes_over() -> None:
    care = VictimCare(victim_id="v-1")
    care.take_over(officer("officer-1"))
    assert care.contact_officer == "officer-1"
    care.take_over(officer("officer-2"))
    assert care.contact_officer == "officer-2"
    assert care.collect_events()[-1].taken_over_from == "officer-1"  # type: ignore[attr-defined]


def test_who_is_the_contact_already_has_nothing_to_take_over() -> None:
    care = VictimCare(victim_id="v-1")
    care.take_over(officer("officer-1"))
    with pytest.raises(AlreadyTheContact):
        care.take_over(officer("officer-1"))


@pytest.mark.parametrize("seen", [None, "officer-3"])
def test_nobody_takes_over_from_another_than_they_saw(seen: str | None) -> None:
    care = VictimCare(victim_id="v-1")
    care.take_over_from(None, officer("officer-1"))
    with pytest.raises(AnotherTookOver):
        care.take_over_from(seen, officer("officer-2"))
    care.take_over_from("officer-1", officer("officer-2"))
    assert care.contact_officer == "officer-2"


def test_who_takes_over_twice_hears_that_they_are_the_contact_already() -> None:
    care = VictimCare(victim_id="v-1")
    care.take_over_from(None, officer("officer-1"))
    with pytest.raises(AlreadyTheContact):
        care.take_over_from(None, officer("officer-1"))


def test_a_contact_sent_twice_is_recorded_once() -> None:
    care = VictimCare(victim_id="v-1")
    assert care.record_contact(contact("c-1"), now=NOW)
    assert not care.record_contact(contact("c-1"), now=NOW)
    assert len(care.collect_events()) == 2


def test_a_contact_that_has_not_happened_yet_tells_nobody() -> None:
    care = VictimCare(victim_id="v-1")
    with pytest.raises(ContactInTheFuture):
        care.record_contact(contact("c-1", made_at=NOW + timedelta(minutes=1)), now=NOW)


def test_access_is_granted_and_taken_back_once() -> None:
    care = VictimCare(victim_id="v-1")
    care.grant_access("subject-1")
    with pytest.raises(AccessAlreadyGranted):
        care.grant_access("subject-1")
    care.revoke_access("subject-1")
    with pytest.raises(NoSuchAccess):
        care.revoke_access("subject-1")


def test_the_caseload_shows_what_is_due_soonest_first_and_the_quiet_ones_last() -> None:
    victims = [waiting("quiet"), waiting("later", NOW + timedelta(days=2)), waiting("overdue", NOW - timedelta(days=1))]
    assert [victim.victim_id for victim in soonest_first(victims)] == ["overdue", "later", "quiet"]


def waiting(victim_id: str, *due: datetime) -> VictimDue:
    items = tuple(
        DueItem(victim_id=victim_id, kind=DueKind.DUTY, key="k", what="tell them", news_ids=(), duty_keys=(), due_at=at)
        for at in due
    )
    return VictimDue(victim_id=victim_id, name="Jo Example", contact_officer="officer-1", items=items, as_of=NOW)
