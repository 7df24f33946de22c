"""The quick way to read an event and the contracts' own give the same event or the same refusal."""

import json
from typing import Any

import pytest
from contracts.envelope import WRITTEN_BY_INTAKE, Envelope
from contracts.errors import ContractError
from contracts.events import parse_event
from hypothesis import given, settings
from hypothesis import strategies as st
from intake.application import incoming
from intake.application.incoming import read_event
from support.intake_door import crime_reported, victim_identified

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


def outcome(read: Any, raw: bytes) -> object:
    try:
        return read(raw)
    except ContractError as error:
        return type(error), str(error)


@settings(max_examples=300, deadline=None)
@given(event=_SENT, changes=st.dictionaries(_ATTRIBUTES, _ODD, max_size=2), in_data=st.booleans())
def test_both_ways_agree(event: dict[str, Any], changes: dict[str, Any], *, in_data: bool) -> None:
    changed = {**event, "data": {**event["data"], **changes}} if in_data else {**event, **changes}
    raw = json.dumps(changed).encode()
    assert outcome(read_event, raw) == outcome(parse_event, raw)


@pytest.mark.parametrize("name", ["time", "id", "source", "subject", "traceparent"])
@pytest.mark.parametrize("value", [*_TIMES, "x\n", "\u0661", "f" * 200, "f" * 201, f"{_TRACE}\n"])
def test_both_ways_agree_about_each_attribute(name: str, value: str) -> None:
    changed: dict[str, Any] = {name: value}
    raw = json.dumps(crime_reported(**changed)).encode()
    assert outcome(read_event, raw) == outcome(parse_event, raw)


@given(st.binary(max_size=60))
def test_both_ways_refuse_what_is_no_event(raw: bytes) -> None:
    assert outcome(read_event, raw) == outcome(parse_event, raw)


def test_an_event_with_all_that_a_publisher_may_set_takes_the_quick_way() -> None:
    ids: dict[str, Any] = dict.fromkeys(["subject", "dataschema", "correlationid", "causationid"], "urn:x:1")
    event = victim_identified(**ids, traceparent=_TRACE, datacontenttype="application/json", backfill=True)
    assert set(event) == {*Envelope.model_fields, "data"} - set(WRITTEN_BY_INTAKE)
    raw = json.dumps(event).encode()
    sent = incoming.read_quickly(raw)
    assert sent is not None
    assert sent == parse_event(raw)
