"""Events from outside are read strictly, and what is wrong is said without repeating it."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from contracts.envelope import Envelope
from contracts.errors import ContractError, InvalidEvent, UnknownEventType
from contracts.events import parse_event, parse_recorded, write_event
from contracts.golden import EXAMPLES
from contracts.personal import Sealed
from contracts.police import CrimeReported, VictimIdentified
from contracts.shape import Instant
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

SECRET = "Amira-Sabry-07700900123"
SEALED = {
    "sealed": "bm9uY2VjaXBoZXJ0ZXh0",
    "subject": "victim/01930b2c-4a10-7000-8000-0000000000a1",
    "type": "police.victim-identified.v1",
    "field": "name",
}


def _example(name: str) -> dict[str, Any]:
    return dict(json.loads((EXAMPLES / f"{name}.json").read_text()))


def _event(**data: Any) -> dict[str, Any]:
    example = _example("police.victim-identified.v1")
    return {**example, "data": {**example["data"], **data}}


def _faults(event: Any) -> dict[str, str]:
    raw = event if isinstance(event, bytes) else json.dumps(event).encode()
    with pytest.raises(InvalidEvent) as refused:
        parse_event(raw)
    assert SECRET not in str(refused.value)
    assert SECRET not in repr(refused.value.problems)
    return dict(refused.value.problems)


def test_bytes_and_parsed_json_read_alike() -> None:
    event = _event()
    assert parse_event(event) == parse_event(json.dumps(event).encode())


def test_reading_leaves_what_was_given_as_it_was() -> None:
    event = _event()
    parse_event(event)
    assert event == _event()


def test_times_are_kept_in_utc_and_written_with_z() -> None:
    event = parse_event(_event() | {"time": "2026-07-01T10:00:00.250+01:00"})
    assert json.loads(write_event(event.envelope, event.data))["time"] == "2026-07-01T09:00:00.250000Z"


def test_a_moment_in_code_is_a_datetime_or_the_same_text() -> None:
    moments = TypeAdapter(Instant)
    noon = datetime(2026, 7, 1, 12, tzinfo=UTC)
    later = noon.astimezone(timezone(timedelta(hours=1)))
    for given_as in (noon, later, "2026-07-01T12:00:00Z", "2026-07-01T13:00:00+01:00"):
        assert moments.validate_python(given_as).isoformat() == "2026-07-01T12:00:00+00:00"
    for refused in (noon.replace(tzinfo=None), 1782907200, "1782907200", "2026-07-01", date(2026, 7, 1)):
        with pytest.raises(ValidationError):
            moments.validate_python(refused)


def test_absent_attributes_are_left_out_of_what_is_written() -> None:
    event = parse_event(_event())
    assert not {"caseid", "victimid", "doubt", "subject"} & set(json.loads(write_event(event.envelope, event.data)))


@pytest.mark.parametrize("name", ["police.crime-reported.v2", "police.unheard-of.v1", SECRET, ""])
def test_an_unknown_type_or_version_is_refused_without_repeating_it(name: str) -> None:
    with pytest.raises(UnknownEventType) as refused:
        parse_event(_event() | {"type": name})
    assert SECRET not in str(refused.value)
    assert refused.value.name == name


BAD_ENVELOPES = {
    "no id": ("id", None),
    "an id of another kind": ("id", 7),
    "an id with a space": ("id", f"{SECRET} x"),
    "an id too long": ("id", SECRET * 20),
    "an empty source": ("source", ""),
    "another version of CloudEvents": ("specversion", "0.3"),
    "a time without zone": ("time", "2026-11-09T20:05:00"),
    "a time as a number": ("time", 1794254700),
    "a time as a number in text": ("time", "1794254700"),
    "a time that is no time": ("time", SECRET),
    "a time before all zones": ("time", "0001-01-01T00:00:00+14:00"),
    "a day that is not in the calendar": ("time", "2026-02-30T10:00:00Z"),
    "a mark as text": ("backfill", "true"),
    "another content type": ("datacontenttype", SECRET),
    "a broken trace": ("traceparent", SECRET),
    "a type of another kind": ("type", [SECRET]),
    "a subject of many lines": ("subject", f"{SECRET}\n"),
}


@pytest.mark.parametrize(("attribute", "value"), BAD_ENVELOPES.values(), ids=BAD_ENVELOPES)
def test_a_bad_attribute_is_named(attribute: str, value: Any) -> None:
    assert attribute in _faults(_event() | {attribute: value})


@pytest.mark.parametrize("attribute", ["id", "source", "type", "time", "specversion", "data"])
def test_a_missing_attribute_is_named(attribute: str) -> None:
    event = _event()
    del event[attribute]
    assert attribute in _faults(event)


@pytest.mark.parametrize("attribute", ["caseid", "victimid", "doubt", "crimeids"])
def test_what_intake_writes_no_publisher_may_set(attribute: str) -> None:
    assert _faults(_event() | {attribute: SECRET}) == {attribute: "Only intake writes this attribute: leave it out"}


BAD_DATA = {
    "a name of another kind": ({"name": 5}, "data.name"),
    "an empty name": ({"name": ""}, "data.name"),
    "a name with a null character": ({"name": f"{SECRET}\0"}, "data.name"),
    "a name too long": ({"name": SECRET * 400}, "data.name"),
    "a scheme that is none": (
        {"references": [{"scheme": SECRET, "issuer": "a", "value": "b"}]},
        "data.references.0.scheme",
    ),
    "no reference at all": ({"references": []}, "data.references"),
    "a reference that is text": ({"references": [SECRET]}, "data.references.0"),
    "too many references": (
        {"references": [{"scheme": "urn", "issuer": "cps", "value": str(n)} for n in range(21)]},
        "data.references",
    ),
    "a category that is none": ({"enhanced_categories": [SECRET]}, "data.enhanced_categories.0"),
    "a field of the sender's own": ({SECRET: 1}, "data"),
    "a field of the sender's own, deeper": ({"victim": {"issuer": "a", "number": "b", SECRET: 1}}, "data.victim"),
}


@pytest.mark.parametrize(("data", "path"), BAD_DATA.values(), ids=BAD_DATA)
def test_bad_data_is_named_by_its_path(data: dict[str, Any], path: str) -> None:
    assert next(iter(_faults(_event(**data)))) == path


def test_an_attribute_of_the_senders_own_is_not_kept() -> None:
    assert parse_event(_event() | {"ours": SECRET}) == parse_event(_event())


def test_what_cannot_be_an_attribute_is_refused_unnamed() -> None:
    place = f"attributes[{len(_event())}]"
    assert list(_faults(_event() | {"Not one: " + SECRET: 1})) == [place]


@pytest.mark.parametrize("data", [None, [], SECRET, 1])
def test_data_must_be_an_object(data: Any) -> None:
    assert "data" in _faults(_event() | {"data": data})


BAD_JSON = {
    "nothing": b"",
    "half an object": b'{"id": "' + SECRET.encode(),
    "not a number": b'{"id": NaN}',
    "nested for ever": b'{"a":' * 100_000,
    "a deep list": b"[" * 100_000 + b"]" * 100_000,
    "a list": b"[]",
    "a text": b'"x"',
}


@pytest.mark.parametrize("raw", BAD_JSON.values(), ids=BAD_JSON)
def test_what_is_not_a_json_object_is_refused(raw: bytes) -> None:
    assert list(_faults(raw)) == ["event"]


@pytest.mark.parametrize("raw", [b'{"id": "\xff"}', b'{"id": "\\ud800"}', b'{"id": "a", "id": "b"}'])
def test_what_no_reader_of_json_may_take_is_refused_by_its_place(raw: bytes) -> None:
    assert list(_faults(raw)) == ["id"]


def test_data_nested_deeply_is_refused() -> None:
    deep: Any = SECRET
    for _ in range(150):
        deep = {"a": deep}
    assert "data.name" in _faults(_event(name=deep))


def test_no_more_than_twenty_faults_are_listed() -> None:
    event = _example("cps.charge-authorised.v1")
    event["data"]["offences"] = [{"code": 1, "title": 2}] * 100
    assert len(_faults(event)) == 20


def test_an_unknown_choice_is_refused_without_repeating_it() -> None:
    event = _example("court.trial-date-changed.v1")
    event["data"]["reason"] = {"kind": SECRET}
    assert list(_faults(event)) == ["data.reason"]


def test_a_change_of_a_hearing_must_carry_its_reason() -> None:
    for name in ("hearing-changed", "hearing-vacated", "trial-date-changed", "trial-date-vacated"):
        event = _example(f"court.{name}.v1")
        del event["data"]["reason"]
        assert _faults(event) == {"data.reason": "Field required"}


def test_a_correction_must_hold_all_of_the_replacement() -> None:
    event = _example("police.event-corrected.v1")
    del event["data"]["replacement"]["data"]["references"]
    assert list(_faults(event)) == ["data.replacement.police.crime-reported.v1.data.references"]


def test_a_publisher_cannot_correct_into_the_type_of_another() -> None:
    event = _example("police.event-corrected.v1")
    event["data"]["replacement"]["type"] = "court.verdict-reached.v1"
    assert list(_faults(event)) == ["data.replacement"]


def test_nothing_from_outside_may_claim_to_be_sealed() -> None:
    assert list(_faults(_event(name=SEALED))) == ["data.name"]


def test_a_recorded_event_holds_sealed_fields_and_what_intake_wrote() -> None:
    recorded = _event(name=SEALED) | {"caseid": "01930b2c-4a10-7000-8000-0000000000c1", "doubt": "future-time"}
    event = parse_recorded(recorded)
    assert isinstance(event.data, VictimIdentified)
    assert event.data.name == Sealed(**SEALED)
    assert parse_recorded(write_event(event.envelope, event.data)) == event


@pytest.mark.parametrize("field", SEALED)
def test_a_sealed_field_without_what_it_is_bound_to_is_refused(field: str) -> None:
    broken = {name: value for name, value in SEALED.items() if name != field}
    with pytest.raises(InvalidEvent):
        parse_recorded(_event(name=broken))


def test_models_are_immutable_and_their_errors_hide_the_input() -> None:
    event = parse_event(_event())
    with pytest.raises(ValidationError):
        event.envelope.id = "other"  # type: ignore[misc]
    with pytest.raises(ValidationError) as refused:
        Envelope.model_validate_json(json.dumps({"id": [SECRET]}))
    assert SECRET not in str(refused.value)


def test_strict_models_refuse_lists_where_a_tuple_belongs() -> None:
    with pytest.raises(ValidationError):
        CrimeReported(references=[], offence="x", channel="phone")  # type: ignore[arg-type]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=10,
)


@given(path=st.sampled_from(["id", "time", "source", "data", "name", "references", "victim"]), value=JSON)
def test_any_json_anywhere_is_read_or_refused_and_never_fails_otherwise(path: str, value: Any) -> None:
    event = _event(**{path: value}) if path in ("name", "references", "victim") else _event() | {path: value}
    try:
        parsed = parse_event(event)
    except ContractError:
        return
    assert parse_recorded(write_event(parsed.envelope, parsed.data)) == parsed
