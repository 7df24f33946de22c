"""Every event type there is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

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
from contracts.errors import InvalidEvent, Problem, UnknownEventType, invalid_event
from contracts.facts import VictimFact
from contracts.shape import Shape
from contracts.topics import Topic
from contracts.upcasting import UPCASTERS, upcast


@dataclass(frozen=True, slots=True)
class EventType:
    """One public event type.

    `about` says whom a fact is about: the whole case, or only the victim in the envelope's `victimid`.
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

_INTAKE_ABOUT_A_VICTIM: Final = (intake.ReportReceived, intake.VictimLinked, intake.LinkRevoked)


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


def parse_data(name: str, data: bytes | Mapping[str, object]) -> Shape:
    """Recorded data of any version, in the newest shape; personal fields may be sealed.

    Raises UnknownEventType and InvalidEvent.
    """
    if name in UPCASTERS:
        name, data = upcast(name, _as_mapping(data))
    return validated(event_type(name).model, data)


def validated(model: type[Shape], data: object, *, context: str | None = None, below: str = "data") -> Shape:
    """`data` (JSON bytes, or parsed JSON) as `model`. Raises InvalidEvent with paths under `below`."""
    raw = data if isinstance(data, bytes) else to_json(data)
    try:
        return model.model_validate_json(raw, context=context)
    except ValidationError as error:
        raise invalid_event(error, below=below) from None


def _as_mapping(data: bytes | Mapping[str, object]) -> Mapping[str, object]:
    parsed: object = from_json(data) if isinstance(data, bytes) else data
    if not isinstance(parsed, Mapping):
        raise InvalidEvent([Problem("data", "Input should be an object")])
    return parsed
