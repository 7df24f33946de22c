"""Every event type there is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, Literal, TypeVar

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
    topics,
    witness_care,
)
from contracts.corrections import correctable
from contracts.errors import EVENT, InvalidEvent, Problem, UnknownEventType, invalid_event
from contracts.facts import VictimFact
from contracts.shape import Shape
from contracts.topics import Topic
from contracts.upcasting import UPCASTERS, Step, upcast

Model = TypeVar("Model", bound=Shape)


@dataclass(frozen=True, slots=True)
class EventType:
    """One public event type.

    `about` says whom a fact is about: the whole case, or only the victim in the envelope's `victimid`. Some facts of a
    case may be about one victim alone; those have a `victimid` where they are.
    It is not the Kafka key, which is the topic's.
    """

    name: str
    publisher: str
    model: type[Shape]
    topic: str
    about: Literal["case", "victim"]


_BY_PUBLISHER: Final[Mapping[str, tuple[Topic, Mapping[str, type[Shape]]]]] = {
    "police": (topics.INTAKE, police.TYPES),
    "support": (topics.INTAKE, support.TYPES),
    "cps": (topics.INTAKE, cps.TYPES),
    "court": (topics.INTAKE, court.TYPES),
    "prison": (topics.INTAKE, prison.TYPES),
    "probation": (topics.INTAKE, probation.TYPES),
    "intake": (topics.INTAKE, intake.TYPES),
    "journey": (topics.JOURNEY, journey.TYPES),
    "notifications": (topics.NOTIFICATIONS, notifications.TYPES),
    "witness-care": (topics.WITNESS_CARE, witness_care.TYPES),
}

_INTAKE_ABOUT_A_VICTIM: Final = (
    intake.ReportReceived,
    intake.VictimLinked,
    intake.LinkRevoked,
    intake.PersonsJoined,
)


def _all_types() -> Iterator[EventType]:
    for publisher, (topic, types) in _BY_PUBLISHER.items():
        for name, model in correctable(publisher, types).items():
            yield EventType(name, publisher, model, topic.name, _about(topic, model))


def _about(topic: Topic, model: type[Shape]) -> Literal["case", "victim"]:
    if topic.key == "victim_id" or issubclass(model, (VictimFact, *_INTAKE_ABOUT_A_VICTIM)):
        return "victim"
    return "case"


EVENT_TYPES: Final[Mapping[str, EventType]] = MappingProxyType({kind.name: kind for kind in _all_types()})


def event_type(name: str) -> EventType:
    """The type of this name. Raises UnknownEventType."""
    kind = EVENT_TYPES.get(name)
    if kind is None:
        raise UnknownEventType(name)
    return kind


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
