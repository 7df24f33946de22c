"""Every event type there is."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, TypeVar

from pydantic import ValidationError
from pydantic_core import from_json, to_json

from contracts import (
    court,
    cps,
    intake,
    journey,
    notifications,
    police,
    prison,
    probation,
    support,
    witness_care,
)
from contracts.corrections import correctable
from contracts.errors import EVENT, InvalidEvent, Problem, UnknownEventType, invalid_event
from contracts.event_type import EventType
from contracts.shape import Shape
from contracts.upcasting import UPCASTERS, Step, upcast

Model = TypeVar("Model", bound=Shape)

_PUBLISHED: Final = (
    police.TYPES,
    support.TYPES,
    cps.TYPES,
    court.TYPES,
    prison.TYPES,
    probation.TYPES,
    intake.TYPES,
    journey.TYPES,
    notifications.TYPES,
    witness_care.TYPES,
)

EVENT_TYPES: Final[Mapping[str, EventType]] = MappingProxyType(
    {kind.name: kind for types in _PUBLISHED for kind in correctable(types)}
)


def event_type(name: str) -> EventType:
    """The type of this name. Raises UnknownEventType."""
    kind = EVENT_TYPES.get(name)
    if kind is None:
        raise UnknownEventType(name)
    return kind


def types_on(*topics: str) -> frozenset[str]:
    """The names of all types that come on the topics of these names."""
    return frozenset(name for name, kind in EVENT_TYPES.items() if kind.topic in topics)


def parse_data(name: str, data: bytes | Mapping[str, object], *, upcasters: Mapping[str, Step] = UPCASTERS) -> Shape:
    """Recorded data of any version, in the newest shape; personal fields may be sealed.

    Raises UnknownEventType and InvalidEvent.
    """
    if name in upcasters:
        recorded = parse_object(data, below="data") if isinstance(data, bytes) else data
        name, data = upcast(name, recorded, upcasters=upcasters)
    return validated(event_type(name).model, data)


def validated(model: type[Model], data: object, *, context: str | None = None, below: str = "data") -> Model:
    """`data` (JSON bytes, or parsed JSON) as `model`. Raises InvalidEvent with paths under `below`."""
    raw = data if isinstance(data, bytes) else to_json(data)
    try:
        return model.model_validate_json(raw, context=context)
    except ValidationError as error:
        raise invalid_event(error, below=below) from None


def parse_object(raw: bytes, *, below: str = EVENT) -> dict[str, Any]:
    """A JSON object, unread as yet. Raises InvalidEvent."""
    try:
        parsed = from_json(raw, allow_inf_nan=False)
    except ValueError:
        raise InvalidEvent([Problem(below, "Not JSON, or nested too deeply")]) from None
    if not isinstance(parsed, dict):
        raise InvalidEvent([Problem(below, "Input should be an object")])
    return parsed
