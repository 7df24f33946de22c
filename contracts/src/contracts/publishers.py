"""Who may publish what: each publisher its own types, and no others."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from contracts.catalogue import EVENT_TYPES
from contracts.topics import TOPIC_OF

PUBLISHERS: Final = tuple(TOPIC_OF)

AGENCIES: Final = tuple(publisher for publisher, topic in TOPIC_OF.items() if topic.owner != publisher)
"""Publishers outside this system: their events come through intake's door. All others are our own services."""

PUBLISHABLE: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        publisher: frozenset(name for name, kind in EVENT_TYPES.items() if kind.publisher == publisher)
        for publisher in PUBLISHERS
    }
)
