"""The port to whoever carries messages."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, TypeAlias

from chassis.errors import TransientFailure
from contracts.notifications import ChannelKind


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What leaves. The address is in clear, for this one call; it is never printed."""

    reference: str
    channel: ChannelKind
    address: str = field(repr=False)
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """The provider has it. Without an id its delivery can't be asked about."""

    provider_id: str | None


@dataclass(frozen=True, slots=True)
class Refused:
    """It will never be accepted as it is."""


@dataclass(frozen=True, slots=True)
class NotNow:
    """It was certainly not accepted; another attempt may be."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """The call ended without an answer: it may have been accepted."""


SendOutcome: TypeAlias = Accepted | Refused | NotNow | Unclear


@dataclass(frozen=True, slots=True)
class Found:
    """The provider knows the reference."""

    provider_id: str


@dataclass(frozen=True, slots=True)
class Absent:
    """The provider has never accepted a message with this reference."""


@dataclass(frozen=True, slots=True)
class CannotTell:
    """This provider can't be asked."""


FindOutcome: TypeAlias = Found | Absent | CannotTell


class Delivery(StrEnum):
    """What the provider says about a message it accepted. Anything it says that we don't know is UNKNOWN."""

    ON_ITS_WAY = "on-its-way"
    DELIVERED = "delivered"
    FAILED = "failed"
    UNKNOWN = "unknown"


class ProviderAway(TransientFailure):
    """The provider did not answer a question; ask again later."""


class Provider(Protocol):
    """Carries messages of some channels. Every call is bounded in time."""

    async def send(self, outgoing: Outgoing) -> SendOutcome:
        """Hand a message over; never raises for what the provider or the network does."""

    async def find(self, reference: str) -> FindOutcome:
        """Whether a message with this reference was accepted. Raises `ProviderAway`."""

    async def delivery(self, provider_id: str) -> Delivery:
        """What became of an accepted message. Raises `ProviderAway`."""
