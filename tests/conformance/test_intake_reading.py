"""The quick way to read an event and the contracts' own give the same event or the same refusal."""

import json
from typing import Any

from contracts.errors import ContractError
from contracts.events import parse_event
from hypothesis import given, settings
from hypothesis import strategies as st
from intake.application import incoming
from intake.application.incoming import read_event
from support.intake_door import crime_reported, victim_identified

_ODD: Any = st.sampled_from(
    [None, "", "x", 7, True, [], {}, "2026-11-20T10:00:00", "2026-11-20", "\x00", "a b", "é", "1.0", "urn:x", "f" * 300]
)
_ATTRIBUTES = st.sampled_from(
    [
        "id",
        "source",
        "type",
        "time",
        "specversion",
        "subject",
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


@given(st.binary(max_size=60))
def test_both_ways_refuse_what_is_no_event(raw: bytes) -> None:
    assert outcome(read_event, raw) == outcome(parse_event, raw)


def test_the_usual_event_takes_the_quick_way() -> None:
    raw = json.dumps(victim_identified()).encode()
    sent = incoming.read_quickly(raw)
    assert sent is not None
    assert sent == parse_event(raw)
