"""Contracts without models: what has a plain form, and what must not be taken for it."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any

import pytest
from contracts.plain import NotPlain, Plain, PlainReader, plain_schema
from contracts.references import Scheme, VictimNumber
from contracts.shape import Instant, Shape
from pydantic import AfterValidator, Field, PlainSerializer, computed_field, create_model, model_validator
from pydantic_core import SchemaValidator


class Inner(Shape):
    at: Instant
    scheme: Scheme | None = None


class Outer(Shape):
    number: VictimNumber
    inner: tuple[Inner, ...] = ()
    often: bool = False


class Computed(Shape):
    text: str

    @computed_field  # type: ignore[prop-decorator]
    @property
    def length(self) -> int:
        return len(self.text)


class Checked(Shape):
    text: str

    @model_validator(mode="after")
    def _is_odd(self) -> "Checked":
        return self


def test_what_is_nested_is_plain_as_well_and_what_is_absent_is_left_out() -> None:
    read = SchemaValidator(plain_schema(Outer)).validate_json
    found = read('{"inner": [{"at": "2026-11-20T11:00:00+01:00"}], "number": {"issuer": "f", "number": "1"}}')
    moment = datetime(2026, 11, 20, 10, tzinfo=UTC)
    assert found == {"number": {"issuer": "f", "number": "1"}, "inner": ({"at": moment},), "often": False}
    assert list(found) == ["number", "inner", "often"]
    assert Plain(Outer, found).whole() == Outer(
        number=VictimNumber(issuer="f", number="1"), inner=(Inner(at=moment),), often=False
    )


def test_a_model_has_the_plain_form_that_is_read() -> None:
    read = SchemaValidator(plain_schema(Outer)).validate_json
    raw = '{"number": {"issuer": "f", "number": "1"}, "inner": [{"at": "2026-11-20T10:00:00Z", "scheme": "urn"}]}'
    assert Plain.of(Outer.model_validate_json(raw)) == (Outer, read(raw))


@pytest.mark.parametrize("sent", ['{"number": null}', '{"number": {"issuer": "f", "number": "1"}, "more": 1}', "[]"])
def test_what_a_contract_refuses_is_refused(sent: str) -> None:
    with pytest.raises(ValueError):
        SchemaValidator(plain_schema(Outer)).validate_json(sent)


@pytest.mark.parametrize(
    "kind",
    [
        float,
        Decimal,
        int | str,
        dict[str, str],
        Computed,
        Checked,
        Annotated[str, AfterValidator(str.strip)],
        Annotated[str, PlainSerializer(str.upper)],
        Annotated[str, Field(alias="other")],
        Annotated[list[str], Field(default_factory=list)],
    ],
)
def test_what_nobody_has_thought_about_has_no_plain_form(kind: Any) -> None:
    """A value might be written otherwise than its model writes it, or pass a check that needs the model."""
    with pytest.raises(NotPlain):
        plain_schema(create_model("Odd", __base__=Shape, member=(kind, ...)))


@pytest.mark.parametrize("name", ["intake.crime-published.v1", "police.nothing-happened.v1"])
def test_a_type_without_a_plain_form_is_not_read(name: str) -> None:
    with pytest.raises(ValueError, match="union_tag_invalid"):
        PlainReader(most=1).one(json.dumps({"specversion": "1.0", "type": name}).encode())
