"""The schema of what a publisher may send says what the reader takes."""

from typing import Any

import jsonschema_rs
import pytest
from contracts.envelope import WRITTEN_BY_INTAKE
from contracts.errors import ContractError
from contracts.events import parse_event
from contracts.golden import example_of
from contracts.sent_schemas import SENDABLE, sent_schema

CRIME = "police.crime-reported.v1"


@pytest.mark.parametrize("name", SENDABLE)
def test_the_example_may_be_sent(name: str) -> None:
    jsonschema_rs.validator_for(sent_schema(name), validate_formats=True).validate(example_of(name))


@pytest.mark.parametrize(
    "change",
    [
        {"tracestate": "a=1", "sequence": 4, "sampled": True},
        {"datacontenttype": None, "backfill": None, "subject": None, "caseid": None, "other": None},
        {"datacontenttype": "application/json; charset=utf-8"},
        {"time": "2026-11-09T19:40:00.5+01:00"},
        {"time": "1899-12-31T00:00:00Z"},
        {"time": "2026-11-09T19:40:00"},
        {"datacontenttype": "text/plain"},
        {"Bad_Name": "x"},
        {"fraction": 0.5},
        {"doubt": "future-time"},
        {
            "data": {
                **example_of(CRIME)["data"],
                "offence": {"sealed": "AA==", "subject": "s", "type": "t", "field": "f"},
            }
        },
        *({name: "x"} for name in WRITTEN_BY_INTAKE),
    ],
)
def test_schema_and_reader_say_the_same(change: dict[str, Any]) -> None:
    event = example_of(CRIME) | change
    fits = jsonschema_rs.validator_for(sent_schema(CRIME), validate_formats=True).is_valid(event)
    assert fits == _is_read(event)


def _is_read(event: dict[str, Any]) -> bool:
    try:
        parse_event(event)
    except ContractError:
        return False
    return True
