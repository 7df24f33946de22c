"""A victim's contact promise as notifications answers an officer with it: addresses and code word are nowhere else."""

from datetime import time
from typing import Final

from contracts.notifications import AgreedBy, ChannelKind, Language, Safety, Weekday
from contracts.words import word

from witness_care.elsewhere.answered import Answered
from witness_care.reach.reach import SafeHours
from witness_care.reach.wording import CHANNELS, hours_said

_SAFETY: Final = {
    Safety.SAFE: "safe",
    Safety.NOT_SAFE: "not safe",
    Safety.UNKNOWN: "not known, so not safe",
}
_LANGUAGES: Final = {Language.ENGLISH: "English", Language.WELSH: "Welsh"}


class AgreedChannel(Answered):
    """One way to reach them."""

    kind: ChannelKind
    safe: Safety
    address: str | None = None


class AgreedWindow(Answered):
    """On these days, between these times of London's clock."""

    days: tuple[Weekday, ...]
    starts: time
    ends: time

    @property
    def hours(self) -> SafeHours:
        """As the desk knows them."""
        return SafeHours(self.days, self.starts, self.ends)


class Promise(Answered):
    """What is in force."""

    version: int
    agreed_by: AgreedBy
    channels: tuple[AgreedChannel, ...]
    windows: tuple[AgreedWindow, ...]
    frequency_days: int | None = None
    language: Language
    code_word: str | None = None


def promise_lines(promise: Promise) -> list[tuple[str, str]]:
    """Labelled lines; the code word first, since it is asked for before anything else is said."""
    lines = [("Code word", promise.code_word)] if promise.code_word else []
    lines += [(CHANNELS[channel.kind].capitalize(), _channel(channel)) for channel in promise.channels]
    lines += [("Safe hours, UK time", hours_said([window.hours for window in promise.windows]) or "none are agreed")]
    lines += [("In touch at least", f"every {promise.frequency_days} days")] if promise.frequency_days else []
    lines += [("Language", _LANGUAGES[promise.language])]
    return [*lines, ("Agreed", f"version {promise.version}, by {word(AgreedBy, promise.agreed_by)}")]


def _channel(channel: AgreedChannel) -> str:
    address = f"{channel.address}: " if channel.address and channel.safe is Safety.SAFE else ""
    return f"{address}{_SAFETY[channel.safe]}"
