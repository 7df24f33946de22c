"""The quick way to read an event and the contracts' own give the same event, written alike, or the same refusal."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from chassis.vault.attributes import said_of
from chassis.vault.lifting import lift
from contracts.catalogue import EVENT_TYPES
from contracts.envelope import WRITTEN_BY_INTAKE, Envelope
from contracts.errors import ContractError, InvalidEvent
from contracts.events import Event, parse_event
from contracts.golden import EXAMPLES
from contracts.plain import plain_schema
from contracts.publishers import AGENCIES, PUBLISHABLE
from contracts.unreadable import Unreadable
from hypothesis import given, settings
from hypothesis import strategies as st
from intake.publishing import incoming
from intake.publishing.cloudevents import BATCH, read_events
from intake.publishing.incoming import Incoming, read_batch, read_event
from support.intake_door import crime_reported, victim_identified

CASE = "01930000-0000-7000-8000-00000000000c"
_SENDABLE = sorted(name for publisher in AGENCIES for name in PUBLISHABLE[publisher])
_TRACE = "00-" + "a" * 32 + "-" + "b" * 16 + "-01"
_TIMES = [
    "2026-11-20T10:00:00",
    "2026-11-20",
    "2026-11-20T10:00:00Z\n",
    "2026-11-20 10:00:00Z",
    "2026-11-20t10:00:00z",
    "2026-11-20T10:00:00.5Z",
    "2026-11-20T10:00:00.123456789Z",
    "2026-11-20T10:00:00+01:00",
    "2026-02-30T10:00:00Z",
    "2026-11-20T23:59:60Z",
    "1899-12-31T23:59:59Z",
    "1900-01-01T00:00:00Z",
    "2199-12-31T23:59:59.999999Z",
    "2200-01-01T00:00:00Z",
]
_ODD: Any = st.sampled_from(
    [None, "", "x", 7, True, [], {}, "\x00", "a b", "x\n", "é", "\ud800", "1.0", "urn:x", "f" * 200, "f" * 201, *_TIMES]
)
_ATTRIBUTES = st.sampled_from(
    [
        "id",
        "source",
        "type",
        "time",
        "specversion",
        "subject",
        "datacontenttype",
        "dataschema",
        "correlationid",
        "causationid",
        "backfill",
        "caseid",
        "doubt",
        "extra",
        "data",
        "traceparent",
    ]
)
_SENT = st.sampled_from([crime_reported(), victim_identified(), crime_reported(backfill=True, subject="s")])


def outcome(read: Callable[[bytes], object], raw: bytes) -> object:
    try:
        return read(raw)
    except ContractError as error:
        return type(error), str(error)


def quickly(raw: bytes) -> object:
    """The event with what of it is digested and recorded."""
    event = read_event(raw)
    if not isinstance(event, Incoming):
        raise event
    return Event(event.said.envelope(), event.data.whole()), event.said, lift(event.data)


def by_models(raw: bytes) -> object:
    event = parse_event(raw)
    return event, said_of(event.envelope), lift(event.data)


def shown(read: object) -> object:
    return str(read) if isinstance(read, ContractError) else read


def assert_alike(raw: bytes) -> None:
    assert outcome(quickly, raw) == outcome(by_models, raw)


@settings(max_examples=300, deadline=None)
@given(event=_SENT, changes=st.dictionaries(_ATTRIBUTES, _ODD, max_size=2), in_data=st.booleans())
def test_both_ways_agree(event: dict[str, Any], changes: dict[str, Any], *, in_data: bool) -> None:
    changed = {**event, "data": {**event["data"], **changes}} if in_data else {**event, **changes}
    raw = json.dumps(changed).encode()
    assert_alike(raw)


@pytest.mark.parametrize("name", ["time", "id", "source", "subject", "traceparent"])
@pytest.mark.parametrize("value", [*_TIMES, "x\n", "\u0661", "f" * 200, "f" * 201, f"{_TRACE}\n"])
def test_both_ways_agree_about_each_attribute(name: str, value: str) -> None:
    changed: dict[str, Any] = {name: value}
    raw = json.dumps(crime_reported(**changed)).encode()
    assert_alike(raw)


@given(st.binary(max_size=60))
def test_both_ways_refuse_what_is_no_event(raw: bytes) -> None:
    assert_alike(raw)


def test_an_event_with_all_that_a_publisher_may_set_takes_the_quick_way() -> None:
    ids: dict[str, Any] = dict.fromkeys(["subject", "dataschema", "correlationid", "causationid"], "urn:x:1")
    event = victim_identified(**ids, traceparent=_TRACE, datacontenttype="application/json", backfill=True)
    assert set(event) == {*Envelope.model_fields, "data"} - set(WRITTEN_BY_INTAKE)
    raw = json.dumps(event).encode()
    assert incoming.read_quickly(raw) is not None
    assert_alike(raw)


@pytest.mark.parametrize("name", _SENDABLE)
def test_an_agency_s_example_takes_the_quick_way_and_is_written_alike(name: str) -> None:
    raw = (EXAMPLES / f"{name}.json").read_bytes()
    plain_schema(EVENT_TYPES[name].model)  # or this says what of the type has no plain form
    assert incoming.read_quickly(raw) is not None
    assert_alike(raw)


@given(texts=st.lists(st.text(max_size=12), min_size=4, max_size=4))
def test_both_ways_write_any_text_alike(texts: list[str]) -> None:
    name, issuer, number, warning = texts
    said = {"name": name, "safe_contact_warning": warning, "victim": {"issuer": issuer, "number": number}}
    assert_alike(json.dumps(victim_identified(more=said)).encode())


def test_what_is_null_is_read_by_the_models_and_left_out() -> None:
    raw = json.dumps(victim_identified(more={"report_reference": None})).encode()
    assert incoming.read_quickly(raw) is None
    assert_alike(raw)
    assert read_event(raw) == read_event(json.dumps(victim_identified()).encode())


def test_what_is_sealed_already_is_refused_both_ways() -> None:
    sealed = {"sealed": "AAAA", "subject": f"case/{CASE}", "type": "police.crime-reported.v1", "field": "offence"}
    raw = json.dumps(crime_reported(more={"offence": sealed})).encode()
    assert incoming.read_quickly(raw) is None
    assert isinstance(read_event(raw), InvalidEvent)


@pytest.mark.parametrize("raw", ["{%(other)s, %(sent)s}", "{%(sent)s, %(other)s}"])
def test_a_type_that_is_named_twice_is_refused_both_ways(raw: str) -> None:
    sent = json.dumps(victim_identified()).removeprefix("{").removesuffix("}")
    doubled = (raw % {"sent": sent, "other": '"type": "police.crime-reported.v1"'}).encode()
    assert_alike(doubled)
    assert isinstance(read_event(doubled), Unreadable)


@given(st.lists(_SENT, min_size=1, max_size=4))
def test_a_batch_is_read_as_each_of_its_events(events: list[dict[str, Any]]) -> None:
    raws = [json.dumps(event).encode() for event in events]
    assert read_batch(b"[" + b",".join(raws) + b"]") == [read_event(raw) for raw in raws]


def test_a_batch_of_too_many_events_is_for_the_caller_to_refuse() -> None:
    assert read_batch(json.dumps([crime_reported()] * 1001).encode()) is None


@given(event=_SENT, changes=st.dictionaries(_ATTRIBUTES, _ODD, min_size=1, max_size=2))
def test_an_event_of_a_batch_is_read_and_refused_as_it_is_alone(event: dict[str, Any], changes: dict[str, Any]) -> None:
    changed = json.dumps({**event, **changes}).encode()
    batch = b"[%b, %b]" % (json.dumps(event).encode(), changed)
    read = read_events({"content-type": BATCH}, batch)
    assert list(map(shown, read)) == [shown(read_event(json.dumps(event).encode())), shown(read_event(changed))]
