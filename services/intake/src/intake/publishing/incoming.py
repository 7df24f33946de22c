"""Reads events from outside by their contracts, without making models: see `contracts.plain`.

What this way does not accept is read again by the contracts' reader, whose findings are the answer; a test holds the
two to the same results.
"""

from collections.abc import Callable, Sequence
from datetime import UTC
from typing import Final, TypeAlias

import msgspec
from chassis.vault.attributes import Said, said
from contracts.catalogue import EVENT_TYPES
from contracts.errors import EVENT, ContractError
from contracts.events import parse_event
from contracts.plain import Members, Plain, PlainReader
from contracts.sent import contract_form
from contracts.unreadable import parse_strictly, strictly
from pydantic_core import to_json

MOST_IN_A_BATCH: Final = 1000


class Incoming(msgspec.Struct, frozen=True, gc=False):
    """An event that fits its contract."""

    said: Said
    data: Plain


Reading: TypeAlias = Callable[[], Sequence[Incoming | ContractError]]
"""Reads the events of a request, each or why it is none. To read again, which is rare, costs less than to keep them."""

_plain: Final = PlainReader(most=MOST_IN_A_BATCH)


def read_batch(body: bytes) -> list[Incoming | ContractError] | None:
    """The events of a JSON array, each or why it is none; None where it has to be taken apart first, or is no array."""
    try:
        sent, read = strictly(body), _plain.batch(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(sent, list):
        return None
    return [_by_models(event) if quick is None else _incoming(quick) for event, quick in zip(sent, read, strict=True)]


def read_event(raw: bytes) -> Incoming | ContractError:
    """One event as sent, or why it is none, which does not repeat the input."""
    try:
        sent = parse_strictly(raw, below=EVENT)
    except ContractError as error:
        return error
    return read_quickly(raw) or _by_models(sent)


def read_quickly(raw: bytes) -> Incoming | None:
    """The event, or None where the contracts' reader has to say what it is, or what is wrong with it."""
    try:
        return _incoming(_plain.one(raw))
    except (ValueError, RecursionError):
        return None


def _by_models(sent: object) -> Incoming | ContractError:
    """Read again in the form of its contract: most of what comes here is right, and only written otherwise."""
    try:
        attributes = contract_form(sent)
        if quick := read_quickly(to_json(attributes)):
            return quick
        envelope, data = parse_event(attributes)
    except ContractError as error:
        return error
    return _incoming({**envelope.model_dump(exclude_none=True), "data": Plain.of(data).members})


def _incoming(attributes: Members) -> Incoming:
    data = Plain(EVENT_TYPES[attributes["type"]].model, attributes.pop("data"))
    trace = attributes.pop("traceparent", None)
    # In UTC by its contract, but by a zone of pydantic's own, with which each calculation takes three times as long.
    attributes["time"] = attributes["time"].replace(tzinfo=UTC)
    return Incoming(said(attributes, traceparent=trace), data)
