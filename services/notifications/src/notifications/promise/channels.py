"""The ways in which a victim may be reached, and whether each is safe. Unknown is treated as not safe, everywhere."""

from dataclasses import dataclass, field, replace
from typing import NewType, Self

from contracts.notifications import ChannelKind, Safety

SealedText = NewType("SealedText", str)
"""Ciphertext beside what its key needs, as JSON text; only an adapter with the vault can read it."""


MESSAGE_CHANNELS = frozenset({ChannelKind.EMAIL, ChannelKind.SMS})
"""Channels that a machine may use; the others need an officer."""


@dataclass(frozen=True, slots=True)
class Channel:
    """One way to reach the victim; the address is sealed and never printed."""

    kind: ChannelKind
    safety: Safety
    address: SealedText | None = field(default=None, repr=False)

    def questioned(self) -> Self:
        """The same way to reach them, not known to be safe any more."""
        return replace(self, safety=Safety.UNKNOWN) if self.safety is Safety.SAFE else self

    @property
    def carries_messages(self) -> bool:
        """True only where the victim said it is safe, gave an address, and a machine can use it."""
        return self.safety is Safety.SAFE and self.address is not None and self.kind in MESSAGE_CHANNELS
