"""How each fact reaches the victim, and which duties it opens: made from the rows of the types and of the duties."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from contracts.catalogue import EVENT_TYPES
from contracts.duties import duties_opened_by
from contracts.event_type import Tell

__all__ = ["TELLING", "Tell", "Telling"]


@dataclass(frozen=True, slots=True)
class Telling:
    """How one type of fact is told. `duties` are ids of the duty catalogue; () says that it opens none.

    `urgent`: it does not wait for a digest.
    """

    tell: Tell
    duties: tuple[str, ...] = ()
    urgent: bool = False


TELLING: Final[Mapping[str, Telling]] = MappingProxyType(
    {
        name: Telling(kind.tell, tuple(duty.id for duty in duties_opened_by(name)), kind.urgent)
        for name, kind in EVENT_TYPES.items()
    }
)
