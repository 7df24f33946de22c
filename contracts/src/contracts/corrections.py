"""How any publisher puts right what it said: a whole replacement, or a retraction."""

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Annotated, Any, Literal

from pydantic import Field, create_model

from contracts.event_type import EventType, Tell
from contracts.ids import EventId
from contracts.personal import PersonalText
from contracts.shape import OPAQUE, Opaque, Shape

StateHash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
"""SHA-256 in hex, as in the receipt of the event that is being put right."""


# Models made here have no source; looking for it in all modules loaded made up half of a process's start.
_NO_SOURCE: dict[str, Any] = {"use_attribute_docstrings": False}


class Replacement(Shape):
    """The fact as it should have been: the original's type, and all of its data again."""

    type: str
    data: Shape


class Amendment(Shape):
    """Names an earlier event of the same publisher, and the state of it that the publisher saw."""

    original_id: Annotated[EventId, OPAQUE]
    original_source: Opaque | None = None
    """Where it differs from this event's own source."""
    corrects_state: StateHash
    """Receipt hash of the original, or of the latest correction of it: an older one is refused."""
    reason: PersonalText


class EventCorrected(Amendment):
    """What was said was wrong; `replacement` holds."""

    replacement: Replacement


class EventRetracted(Amendment):
    """What was said did not happen."""


def correctable(types: Sequence[EventType]) -> tuple[EventType, ...]:
    """A publisher's own types, and its `event-corrected` and `event-retracted` over just those types.

    They are told where anything that they may put right is told.
    """
    publisher = types[0].publisher
    tell = Tell.NOBODY if all(kind.tell is Tell.NOBODY for kind in types) else Tell.MESSAGE
    return (
        *types,
        EventType(f"{publisher}.event-corrected.v1", _corrected(publisher, types), tell=tell),
        EventType(f"{publisher}.event-retracted.v1", EventRetracted, tell=tell),
    )


def _corrected(publisher: str, types: Sequence[EventType]) -> type[Shape]:
    choices: list[Any] = [_replacement(kind) for kind in types]
    union: Any = reduce(or_, choices)
    replacement = (union, Field(discriminator="type")) if len(choices) > 1 else (union, ...)
    return create_model(
        f"{_as_class_name(publisher)}EventCorrected",
        __base__=EventCorrected,
        __doc__=EventCorrected.__doc__,
        __cls_kwargs__=_NO_SOURCE,
        replacement=replacement,
    )


def _replacement(kind: EventType) -> type[Replacement]:
    only: Any = Literal[kind.name]
    # Named for the type, since types may share a model.
    name = f"{_as_class_name(kind.name.split('.')[1])}Replacement"
    return create_model(name, __base__=Replacement, __cls_kwargs__=_NO_SOURCE, type=(only, ...), data=(kind.model, ...))


def _as_class_name(name: str) -> str:
    return name.title().replace("-", "")
