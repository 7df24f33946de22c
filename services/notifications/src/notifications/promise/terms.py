"""What was agreed with a victim about being told."""

from dataclasses import dataclass, field, replace
from typing import Self

from contracts.notifications import ChannelKind, Language

from notifications.promise.channels import Channel, SealedText
from notifications.promise.windows import SafeTimes


@dataclass(frozen=True, slots=True)
class Terms:
    """Channels in order of preference, safe times, the longest silence in days (None: none promised), and the rest.

    `at_once`: news goes out in the next safe hour; otherwise a day's news is gathered and goes out the day after.
    `language` is kept for the day when reviewed wording exists; messages are in English now.
    """

    channels: tuple[Channel, ...]
    times: SafeTimes
    frequency_days: int | None
    language: Language = Language.ENGLISH
    code_word: SealedText | None = field(default=None, repr=False)
    at_once: bool = True

    def channel(self, kind: ChannelKind) -> Channel | None:
        """What was agreed about this kind."""
        return next((channel for channel in self.channels if channel.kind is kind), None)

    def questioned(self) -> Self:
        """The same, with nothing known to be safe; what was called not safe stays so."""
        return replace(self, channels=tuple(channel.questioned() for channel in self.channels))

    def channel_for_messages(self) -> Channel | None:
        """The first channel that is known to be safe and that a machine can use."""
        return next((channel for channel in self.channels if channel.carries_messages), None)
