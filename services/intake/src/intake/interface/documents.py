"""The documents, as bytes to be served; each is made when it is first asked for."""

from functools import cache
from typing import Final

from contracts.asyncapi import asyncapi_document
from contracts.catalogue import EVENT_TYPES

from contracts.schemas import as_text, schema_of

_SUFFIX: Final = ".json"


@cache
def asyncapi() -> bytes:
    """Which topics there are, and what is said on each."""
    return as_text(asyncapi_document()).encode()


def schema(name: str) -> bytes | None:
    """The JSON Schema of an event type; `asyncapi` names them as files, so the suffix may be there."""
    kind = name.removesuffix(_SUFFIX)
    return _written(kind) if kind in EVENT_TYPES else None


@cache
def _written(kind: str) -> bytes:
    return as_text(schema_of(EVENT_TYPES[kind])).encode()
