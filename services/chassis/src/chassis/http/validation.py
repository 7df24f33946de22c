"""Validation errors without the input: where it is wrong and what is expected, never what was found there.

pydantic's own error list echoes input in four ways: `input`, `ctx`, the text of a custom validator, and, for an
unknown key, the place itself.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import JsonValue, ValidationError

from chassis.http.problems import InvalidContent

_MOST_ERRORS = 20
_FIELD_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_OWN_WORDS = frozenset({"value_error", "assertion_error"})
_PLAIN_WORDS = {"extra_forbidden": "There is a field here that the schema does not know; take it out"}


def invalid_content(error: ValidationError) -> InvalidContent:
    """The problem for a pydantic error raised outside FastAPI's own parsing."""
    return invalid_fields(error.errors(include_url=False, include_context=False, include_input=False))


def invalid_fields(errors: Iterable[Mapping[str, Any]]) -> InvalidContent:
    """The problem for a list of pydantic error details (`loc`, `type`, `msg`)."""
    listed: list[JsonValue] = [_line(error) for error in errors][:_MOST_ERRORS]
    return InvalidContent("Correct each place named in errors and send it again.", errors=listed)


def _line(error: Mapping[str, Any]) -> JsonValue:
    kind = str(error["type"])
    place = tuple(error["loc"])[:-1] if kind == "extra_forbidden" else tuple(error["loc"])
    return {"at": ".".join(_safe(part) for part in place), "kind": kind, "expected": _expected(kind, error)}


def _expected(kind: str, error: Mapping[str, Any]) -> str:
    if kind in _OWN_WORDS:
        return "The value breaks a rule of the schema"
    return _PLAIN_WORDS.get(kind, str(error["msg"]))


def _safe(part: object) -> str:
    """An index or one of our field names; a key that came with the request is withheld."""
    if isinstance(part, int):
        return str(part)
    return part if isinstance(part, str) and _FIELD_NAME.fullmatch(part) else "?"
