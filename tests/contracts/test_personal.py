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

REASON = ("reason.text",)
PERSONAL = {
    "police.crime-reported.v1": ("offence", "officer.name"),
    "police.victim-identified.v1": ("name", "safe_contact_warning"),
    "police.no-further-action-decided.v1": ("reason",),
    "support.referral-made.v1": ("service",),
    "support.referral-accepted.v1": ("service",),
    "support.referral-declined.v1": ("reason", "service"),
    "cps.proceedings-stopped.v1": ("reason",),
    "court.hearing-changed.v1": REASON,
    "court.hearing-vacated.v1": REASON,
    "court.trial-date-changed.v1": REASON,
    "court.trial-date-vacated.v1": REASON,
    "court.sentence-passed.v1": ("sentence",),
    "intake.report-received.v1": ("name", "what_happened"),
    "intake.victim-linked.v1": ("why",),
    "intake.link-revoked.v1": ("why",),
    "intake.merge-undone.v1": ("why",),
    "intake.persons-joined.v1": ("why",),
    "intake.persons-parted.v1": ("why",),
    "intake.case-merged.v1": ("why",),
    "intake.offender-unlinked.v1": ("why",),
    "witness-care.contact-assigned.v1": ("officer_name",),
}


def _expected(name: str) -> tuple[str, ...]:
    publisher, fact, _ = name.split(".")
    if fact == "event-retracted":
        return ("reason",)
    if fact == "event-corrected":
        below = (path for other, paths in PERSONAL.items() if other.startswith(f"{publisher}.") for path in paths)
        return tuple(sorted({"reason", *(f"replacement.data.{path}" for path in below)}))
    return PERSONAL.get(name, ())


@pytest.mark.parametrize("name", sorted(EVENT_TYPES))
def test_the_personal_fields_of_each_type_are_as_written_here(name: str) -> None:
    found = personal_fields(EVENT_TYPES[name].model)
    assert found == _expected(name), (
        f"{name} has the personal fields {found}: if that is meant, say so in PERSONAL here"
    )


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
