"""How any publisher puts right what it said: a whole replacement, or a retraction."""

from collections.abc import Mapping
from enum import StrEnum
from functools import reduce
from operator import or_
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, create_model

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


class RetractionKind(StrEnum):
    """Why a fact is taken back."""

    DID_NOT_HAPPEN = "did-not-happen"
    RECORDED_ELSEWHERE = "recorded-elsewhere"
    DOUBLED = "doubled"
    ABOUT_SOMEBODY_ELSE = "about-somebody-else"


class EventRetracted(Amendment):
    """What was said does not stand; what it brought about falls with it."""

    kind: RetractionKind | None = None
    """Did it not happen, stands it under another reference, was it recorded twice, or was another person meant?

    Absent where the publisher does not say.
    """


def correctable(publisher: str, types: Mapping[str, type[Shape]]) -> dict[str, type[Shape]]:
    """The publisher's own types, and its `event-corrected` and `event-retracted` over just those types."""
    return {
        **types,
        f"{publisher}.event-corrected.v1": _corrected(publisher, types),
        f"{publisher}.event-retracted.v1": EventRetracted,
    }


def _corrected(publisher: str, types: Mapping[str, type[Shape]]) -> type[Shape]:
    choices: list[Any] = [_replacement(name, model) for name, model in types.items()]
    union: Any = reduce(or_, choices)
    replacement = (union, Field(discriminator="type")) if len(choices) > 1 else (union, ...)
    name = f"{publisher.title().replace('-', '')}EventCorrected"
    return create_model(
        name,
        __base__=EventCorrected,
        __doc__=EventCorrected.__doc__,
        __cls_kwargs__=_NO_SOURCE,
        replacement=replacement,
    )


def _replacement(of_type: str, model: type[BaseModel]) -> type[Replacement]:
    only: Any = Literal[of_type]
    name = f"{model.__name__}Replacement"
    return create_model(name, __base__=Replacement, __cls_kwargs__=_NO_SOURCE, type=(only, ...), data=(model, ...))
