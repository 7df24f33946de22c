"""A change of a schema is additive when every event that was valid stays valid."""

import json
from pathlib import Path
from typing import Any

import pytest
from contracts.compatibility import breaks, breaks_between, main

SEALED = {"type": "object", "properties": {"sealed": {"type": "string"}}, "required": ["sealed"]}
OLD: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["id"],
    "$defs": {"Colour": {"enum": ["red", "green"], "type": "string"}, "Sealed": SEALED},
    "properties": {
        "id": {"type": "string", "minLength": 1, "maxLength": 20, "pattern": "^[a-z]+$"},
        "colour": {"$ref": "#/$defs/Colour"},
        "name": {"anyOf": [{"type": "string", "maxLength": 9}, {"$ref": "#/$defs/Sealed"}], "x-personal": True},
        "many": {"type": "array", "maxItems": 5, "items": {"type": "integer", "minimum": 0}},
        "at": {"type": "string", "format": "date-time"},
        "kind": {"const": "one"},
    },
}


def _changed(*path: str | int, to: Any) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(json.dumps(OLD))
    at: Any = schema
    for part in path[:-1]:
        at = at[part]
    at[path[-1]] = to
    return schema


def _without(*path: str | int) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(json.dumps(OLD))
    at: Any = schema
    for part in path[:-1]:
        at = at[part]
    del at[path[-1]]
    return schema


PROPERTIES = "properties"

ADDITIONS = {
    "nothing changed": OLD,
    "an optional field": _changed(PROPERTIES, "more", to={"type": "string"}),
    "another enumeration value": _changed("$defs", "Colour", "enum", to=["red", "green", "blue"]),
    "a longer text": _changed(PROPERTIES, "id", "maxLength", to=30),
    "no pattern any more": _without(PROPERTIES, "id", "pattern"),
    "a wider number": _changed(PROPERTIES, "many", "items", "type", to="number"),
    "another choice": _changed(PROPERTIES, "name", "anyOf", to=[*OLD[PROPERTIES]["name"]["anyOf"], {"type": "null"}]),
    "a choice where there was one shape": _changed(
        PROPERTIES, "at", to={"anyOf": [{"type": "string", "format": "date-time"}, {"type": "null"}]}
    ),
    "a field no longer required": _changed("required", to=[]),
    "other fields allowed": _without("additionalProperties"),
    "a longer list": _changed(PROPERTIES, "many", "maxItems", to=50),
}

BREAKS = {
    "a field removed": (_without(PROPERTIES, "colour"), "removed"),
    "a field made required": (_changed("required", to=["id", "colour"]), "made required"),
    "an enumeration value removed": (_changed("$defs", "Colour", "enum", to=["red"]), "value was removed"),
    "an enumeration where any text was": (_changed(PROPERTIES, "id", "enum", to=["a"]), "value was removed"),
    "another constant": (_changed(PROPERTIES, "kind", "const", to="two"), "value was removed"),
    "a shorter text": (_changed(PROPERTIES, "id", "maxLength", to=10), "maxLength was lowered"),
    "a minimum length": (_changed(PROPERTIES, "at", "minLength", to=1), "minLength was raised"),
    "a higher minimum": (_changed(PROPERTIES, "many", "items", "minimum", to=1), "minimum was raised"),
    "a shorter list": (_changed(PROPERTIES, "many", "maxItems", to=4), "maxItems was lowered"),
    "another pattern": (_changed(PROPERTIES, "id", "pattern", to="^[a]+$"), "pattern changed"),
    "another type": (_changed(PROPERTIES, "id", "type", to="integer"), "type changed"),
    "another format": (_changed(PROPERTIES, "at", "format", to="date"), "format changed"),
    "a choice removed": (_changed(PROPERTIES, "name", "anyOf", to=[{"type": "string"}]), "choice 2 of 2"),
    "a choice narrowed": (_changed(PROPERTIES, "name", "anyOf", 0, "maxLength", to=8), "choice 1 of 2"),
    "a choice narrowed behind a reference": (
        _changed("$defs", "Sealed", "required", to=["sealed", "key"]),
        "choice 2 of 2",
    ),
    "the personal mark dropped": (_without(PROPERTIES, "name", "x-personal"), "personal mark"),
    "the personal mark added": (_changed(PROPERTIES, "id", "x-personal", to=True), "personal mark"),
}


@pytest.mark.parametrize("new", ADDITIONS.values(), ids=ADDITIONS)
def test_an_addition_is_no_break(new: dict[str, Any]) -> None:
    assert breaks(OLD, new) == ()


@pytest.mark.parametrize(("new", "what"), BREAKS.values(), ids=BREAKS)
def test_taking_away_is_a_break(new: dict[str, Any], what: str) -> None:
    assert any(what in found.what for found in breaks(OLD, new))


def test_closing_an_open_object_is_a_break() -> None:
    assert breaks(_without("additionalProperties"), OLD)


def test_a_schema_that_refers_to_itself_is_compared_once() -> None:
    tree = {"$ref": "#/$defs/T", "$defs": {"T": {"type": "object", "properties": {"next": {"$ref": "#/$defs/T"}}}}}
    assert breaks(tree, tree) == ()


def test_a_new_type_is_an_addition_and_a_removed_one_a_break() -> None:
    assert breaks_between({}, {"a": OLD}) == ()
    assert [found.path for found in breaks_between({"a": OLD}, {})] == ["a"]


def test_two_directories_are_compared_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for folder, schema in (("old", OLD), ("new", _without("properties", "colour"))):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.json").write_text(json.dumps(schema))
    assert main([str(tmp_path / "old"), str(tmp_path / "old")]) == 0
    assert main([str(tmp_path / "old"), str(tmp_path / "new")]) == 1
    assert capsys.readouterr().out == "a.json $.colour: the field was removed\n"
    assert main([]) == 2
