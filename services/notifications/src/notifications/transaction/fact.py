"""What notifications says happened. Each fact knows what the world reads of it: never an address or a code word."""

from datetime import datetime
from typing import Final, Protocol

from contracts.ids import VictimId
from contracts.shape import Shape

SOURCE: Final = "urn:throughline:notifications"


class Fact(Protocol):
    """Something that happened to one victim."""

    @property
    def victim(self) -> VictimId: ...

    @property
    def at(self) -> datetime: ...

    def said(self) -> tuple[str, Shape]:
        """The event type and the data that the world reads."""
