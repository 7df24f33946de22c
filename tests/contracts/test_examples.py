"""Every event type has all that belongs to it, and its golden example holds."""

import json
from functools import cache
from typing import Any

import jsonschema_rs
import pytest
from contracts.catalogue import EVENT_TYPES
from contracts.duties import DUTIES
from contracts.events import parse_event, parse_recorded, write_event
from contracts.generate import CONTRACTS
from contracts.golden import EXAMPLES
from contracts.publishers import AGENCIES, PUBLISHABLE
from contracts.topics import TOPICS

TYPES = sorted(EVENT_TYPES)

FOLDERS = {"schemas": CONTRACTS / "schemas", "examples": EXAMPLES}


@cache
def _read(folder: str, name: str) -> dict[str, Any]:
    return dict(json.loads((FOLDERS[folder] / f"{name}.json").read_text()))


@pytest.mark.parametrize("duty", DUTIES.values(), ids=DUTIES)
def test_a_duty_names_only_event_types_that_exist(duty: Any) -> None:
    assert duty.triggers
    assert {*duty.triggers, *duty.met_by, *duty.exempted_by} <= set(TYPES)


def test_every_type_has_one_publisher() -> None:
    published = [name for names in PUBLISHABLE.values() for name in names]
    assert sorted(published) == TYPES
    assert all(name.startswith(f"{publisher}.") for publisher, names in PUBLISHABLE.items() for name in names)


def test_every_publisher_can_put_right_what_it_said() -> None:
    for publisher, names in PUBLISHABLE.items():
        assert {f"{publisher}.event-corrected.v1", f"{publisher}.event-retracted.v1"} <= names


def test_every_topic_is_written_by_its_owner_alone() -> None:
    for kind in EVENT_TYPES.values():
        agency = kind.publisher in AGENCIES
        assert TOPICS[kind.topic].owner == ("intake" if agency else kind.publisher)


@pytest.mark.parametrize("name", TYPES)
def test_the_example_fits_its_schema(name: str) -> None:
    jsonschema_rs.validator_for(_read("schemas", name), validate_formats=True).validate(_read("examples", name))


@pytest.mark.parametrize("name", TYPES)
def test_the_example_survives_reading_and_writing(name: str) -> None:
    event = parse_recorded(_read("examples", name))
    written = write_event(event.envelope, event.data)
    assert isinstance(event.data, EVENT_TYPES[name].model)
    assert parse_recorded(written) == event
    jsonschema_rs.validator_for(_read("schemas", name), validate_formats=True).validate(json.loads(written))


@pytest.mark.parametrize("name", TYPES)
def test_writing_the_example_drops_nothing_that_was_in_it(name: str) -> None:
    example = _read("examples", name)
    event = parse_recorded(example)
    assert _without(json.loads(write_event(event.envelope, event.data)), example) == example


@pytest.mark.parametrize("name", [name for name in TYPES if EVENT_TYPES[name].publisher in AGENCIES])
def test_an_agency_may_send_its_example_as_it_stands(name: str) -> None:
    assert parse_event(json.dumps(_read("examples", name)).encode()).envelope.type == name


def test_examples_are_plainly_invented() -> None:
    text = "".join(path.read_text() for path in EXAMPLES.iterdir())
    addresses = [word for word in text.split('"') if "@" in word]
    assert all(address.endswith("example.org") for address in addresses)


def _without(written: Any, example: Any) -> Any:
    """What was written, less the defaults that the example leaves out."""
    if isinstance(example, dict):
        return {key: _without(written.get(key), value) for key, value in example.items()}
    if isinstance(example, list):
        return [_without(one, other) for one, other in zip(written, example, strict=True)]
    return written
