"""Personal fields are known by path, so that whoever records an event can seal each of them."""

import json
from typing import Any

import pytest
from contracts.catalogue import EVENT_TYPES
from contracts.envelope import Envelope
from contracts.events import parse_recorded
from contracts.generate import CONTRACTS
from contracts.golden import EXAMPLES
from contracts.personal import PersonalText, personal_fields
from contracts.shape import Shape
from contracts.texts import AMENDED, TEXTS


@pytest.mark.parametrize("name", [name for name in sorted(EVENT_TYPES) if ".event-" in name])
def test_of_an_amendment_the_reason_is_personal_and_what_is_so_in_what_it_puts_right(name: str) -> None:
    publisher, fact, _ = name.split(".")
    amended = [fields for other, fields in TEXTS.items() if other.startswith(f"{publisher}.")]
    below = {f"{AMENDED}{field}" for fields in amended for field in fields} if fact == "event-corrected" else set()
    assert set(personal_fields(EVENT_TYPES[name].model)) == {"reason", *below}


def test_the_envelope_travels_in_the_clear_and_has_none() -> None:
    assert personal_fields(Envelope) == ()


@pytest.mark.parametrize("name", sorted(EVENT_TYPES))
def test_every_personal_field_can_be_sealed_where_it_stands(name: str) -> None:
    event = json.loads((EXAMPLES / f"{name}.json").read_text())
    for path in personal_fields(EVENT_TYPES[name].model):
        _seal(event["data"], path, name)
    parse_recorded(event)


def test_the_schema_marks_as_many_fields_as_the_models() -> None:
    schema = json.loads((CONTRACTS / "schemas" / "police.victim-identified.v1.json").read_text())
    fields = schema["$defs"]["VictimIdentified"]["properties"]
    assert fields["name"]["x-personal"] is True
    assert fields["safe_contact_warning"]["anyOf"][0]["x-personal"] is True
    assert json.dumps(schema).count('"x-personal"') == 2


def test_a_personal_field_inside_a_tuple_is_refused() -> None:
    class Person(Shape):
        name: PersonalText

    class Crowd(Shape):
        people: tuple[Person, ...]

    with pytest.raises(TypeError, match="tuple"):
        personal_fields(Crowd)


def _seal(data: dict[str, Any], path: str, name: str) -> None:
    *parents, last = path.split(".")
    at: Any = data
    for part in parents:
        at = at.get(part) if isinstance(at, dict) else None
    if isinstance(at, dict) and isinstance(at.get(last), str):
        subject = "case/01930b2c-4a10-7000-8000-0000000000c1"
        at[last] = {"sealed": "bm9uY2U", "subject": subject, "type": name, "field": path}
