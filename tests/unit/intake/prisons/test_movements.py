"""HMPPS domain events: only the delayed lane tells, and a release only when every sign of it agrees."""

import json
from typing import Any

import pytest
from intake.errors import MovementUnreadable
from intake.prisons.movements import Meaning, Movement, movement_event_id, read_movement
from support.cases import case_file
from support.movement_messages import KEPT_NUMBER, NUMBER, booking_moved, merged, movement

RELEASED, RECEIVED = "prison-offender-events.prisoner.released", "prison-offender-events.prisoner.received"


def read(raw: bytes) -> Movement:
    return read_movement(raw, fingerprint=lambda content: content.hex())


@pytest.mark.parametrize(
    ("reason", "meaning"),
    [
        ("RELEASED", Meaning.RELEASED),
        ("TEMPORARY_ABSENCE_RELEASE", Meaning.TEMPORARY_ABSENCE),
        ("RELEASED_TO_HOSPITAL", Meaning.TO_HOSPITAL),
        ("SENT_TO_COURT", Meaning.NOTHING),
        ("TRANSFERRED", Meaning.NOTHING),
        ("UNKNOWN", Meaning.ASK_OFFICER),
        ("BEAMED_UP", Meaning.UNKNOWN),
    ],
)
def test_the_reason_of_a_release_says_what_it_means(reason: str, meaning: Meaning) -> None:
    assert read(movement(reason=reason)).meaning == meaning


@pytest.mark.parametrize(
    "place",
    [
        {"currentLocation": "IN_PRISON"},
        {"currentLocation": "BEING_TRANSFERRED"},
        {"currentPrisonStatus": "UNDER_PRISON_CARE"},
        {"currentLocation": None},
    ],
)
def test_a_release_whose_signs_disagree_is_an_officers_question(place: dict[str, Any]) -> None:
    assert read(movement(**place)).meaning == Meaning.ASK_OFFICER


@pytest.mark.parametrize(("raw", "meaning"), [(merged(), Meaning.MERGED), (booking_moved(), Meaning.BOOKING_MOVED)])
def test_what_goes_over_to_another_number_is_read_by_its_fields_and_not_by_its_words(
    raw: bytes, meaning: Meaning
) -> None:
    found = read(raw)
    assert (found.meaning, found.prison_number, found.continued_as) == (meaning, NUMBER, KEPT_NUMBER)


@pytest.mark.parametrize(
    "raw",
    [merged(gone=""), merged(kept=" "), merged(gone=NUMBER, kept=NUMBER.lower()), booking_moved(since="")],
)
def test_a_merge_that_does_not_name_two_numbers_is_an_officers_question(raw: bytes) -> None:
    assert read(raw).meaning == Meaning.RENUMBERING_UNCLEAR


def test_the_immediate_lane_tells_nothing() -> None:
    for name in ("released", "received"):
        raw = movement(event_type=f"prisoner-offender-search.prisoner.{name}")
        assert read(raw).meaning == Meaning.NOTHING


@pytest.mark.parametrize(
    ("reason", "meaning"),
    [
        ("ADMISSION", Meaning.RECEIVED),
        ("RETURN_FROM_COURT", Meaning.NOTHING),
        ("TEMPORARY_ABSENCE_RETURN", Meaning.NOTHING),
        ("SOMETHING_ELSE", Meaning.UNKNOWN),
    ],
)
def test_the_reason_of_a_reception_says_what_it_means(reason: str, meaning: Meaning) -> None:
    assert read(movement(event_type=RECEIVED, reason=reason)).meaning == meaning


def test_an_event_type_that_nobody_has_decided_about_is_unknown_and_known_thin_ones_are_kept() -> None:
    assert read(movement(event_type="prisoner.teleported")).meaning == Meaning.UNKNOWN
    assert read(movement(event_type="person.court-appearance.scheduled")).meaning == Meaning.NOTHING
    assert (
        read(movement(event_type="prison-offender-events.prisoner.sentence-dates-changed")).meaning == Meaning.NOTHING
    )


def test_two_numbers_that_disagree_are_an_officers_question() -> None:
    assert read(movement(person="A9999AA")).meaning == Meaning.ASK_OFFICER


def test_the_same_event_has_the_same_identity_whenever_it_was_published() -> None:
    first, again = read(movement(published="2026-12-01T10:46:00Z")), read(movement(published="2026-12-01T11:00:00Z"))
    assert first.identity == again.identity
    assert read(movement(reason="TRANSFERRED")).identity != first.identity
    ids = {movement_event_id(first, confirmation_id=one) for one in ("c1", "c2", "c1")}
    assert len(ids) == 2


def other(event_type: str, **parts: Any) -> bytes:
    """An event whose parts are whatever its type has."""
    return json.dumps({"eventType": event_type, "occurredAt": "2026-12-01T10:00:00Z", **parts}).encode()


@pytest.mark.parametrize("event_type", ["person.temporary-absence.scheduled", "prisoner.teleported"])
@pytest.mark.parametrize(
    ("one", "another"),
    [
        ({"additionalInformation": {"id": "1"}}, {"additionalInformation": {"id": "2"}}),
        ({"personReference": {"identifiers": [{"type": "CRN", "value": "X000001"}]}}, {}),
        ({"detailUrl": "https://example.org/1"}, {"detailUrl": "https://example.org/2"}),
        ({"additionalInformation": "text"}, {"additionalInformation": {"reason": {"code": 1}}}),
    ],
)
def test_events_that_differ_in_anything_are_kept_apart_and_read_whatever_their_shape(
    event_type: str, one: dict[str, Any], another: dict[str, Any]
) -> None:
    identities = [read(other(event_type, **parts)).identity for parts in (one, another, one)]
    assert identities[0] == identities[2] != identities[1]


def test_movements_of_two_people_in_one_second_are_two() -> None:
    first, second = ({"identifiers": [{"type": "NOMS", "value": number}]} for number in ("A1234AA", "A1234AB"))
    movements = [read(other(RELEASED, personReference=person)) for person in (first, second)]
    assert movements[0].identity != movements[1].identity
    assert {one.meaning for one in movements} == {Meaning.ASK_OFFICER}


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b'{"eventType":"x"}',
        b'{"eventType":"\xff","occurredAt":"2026-12-01T10:00:00Z"}',
        b'{"eventType":"x","occurredAt":"A8513EA"}',
        b'{"eventType":"x","occurredAt":"0001-01-01T00:00:00+10:00"}',
        other(RELEASED, additionalInformation={"nomsNumber": ["A8513EA"]}),
        other(RELEASED, personReference="A8513EA"),
    ],
)
def test_what_cannot_be_read_names_the_place_only(raw: bytes) -> None:
    with pytest.raises(MovementUnreadable) as refused:
        read(raw)
    assert "A8513EA" not in str(refused.value)


def test_the_published_samples_are_a_release_and_a_reception() -> None:
    released = read(case_file("hmpps/prisoner-released.json").read_bytes())
    received = read(case_file("hmpps/prisoner-received.json").read_bytes())
    assert (released.meaning, released.prison) == (Meaning.RELEASED, "SWI")
    assert received.meaning == Meaning.RECEIVED
    assert released.occurred_at.isoformat() == "2024-10-14T14:09:54+00:00"
    assert json.dumps(released.prison_number) == '"A8513EA"'
