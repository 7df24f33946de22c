"""Reads events from outside by their contracts, without making models: see `contracts.plain`.

What this way does not accept is read again by the contracts' reader, whose findings are the answer; a test holds the
two to the same results.
"""

from collections.abc import Callable, Sequence
from datetime import UTC
from typing import Final, TypeAlias, TypeVar

import msgspec
from chassis.vault.attributes import Said, said
from contracts.catalogue import EVENT_TYPES
from contracts.errors import ContractError
from contracts.events import parse_event
from contracts.plain import Members, Plain, PlainReader

MOST_IN_A_BATCH: Final = 1000


class Incoming(msgspec.Struct, frozen=True, gc=False):
    """An event that fits its contract."""

    said: Said
    data: Plain


Reading: TypeAlias = Callable[[], Sequence[Incoming | ContractError]]
"""Reads the events of a request, each or why it is none. To read again, which is rare, costs less than to keep them."""

_Read = TypeVar("_Read")
_plain: Final = PlainReader(most=MOST_IN_A_BATCH)


def read_batch(body: bytes) -> list[Incoming] | None:
    """All events of a JSON array, or None where not all of them can be read this way."""
    read = _accepted(_plain.batch, body)
    return None if read is None else list(map(_incoming, read))


def read_event(raw: bytes) -> Incoming | ContractError:
    """One event as sent, or why it is none, which does not repeat the input."""
    return read_quickly(raw) or _read_by_models(raw)


def read_quickly(raw: bytes) -> Incoming | None:
    """The event, or None where the contracts' reader has to say what is wrong with it."""
    read = _accepted(_plain.one, raw)
    return None if read is None else _incoming(read)


def _accepted(read: Callable[[bytes], _Read], raw: bytes) -> _Read | None:
    try:
        return read(raw)
    except (ValueError, RecursionError):
        return None


def _read_by_models(raw: bytes) -> Incoming | ContractError:
    try:
        envelope, data = parse_event(raw)
    except ContractError as error:
        return error
    return _incoming({**envelope.model_dump(exclude_none=True), "data": Plain.of(data).members})


def _incoming(attributes: Members) -> Incoming:
    data = Plain(EVENT_TYPES[attributes["type"]].model, attributes.pop("data"))
    trace = attributes.pop("traceparent", None)
    # In UTC by its contract, but by a zone of pydantic's own, with which each calculation takes three times as long.
    attributes["time"] = attributes["time"].replace(tzinfo=UTC)
    return Incoming(said(attributes, traceparent=trace), data)
