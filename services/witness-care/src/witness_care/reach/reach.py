"""How a victim may be reached: what they called safe. Whatever they did not call safe counts as not safe."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time

from chassis.working_days import LONDON
from contracts.notifications import ChannelKind, Language, Safety, Weekday


@dataclass(frozen=True, slots=True)
class SafeHours:
    """On these days, from `starts` up to but not at `ends`, by London's clock."""

    days: tuple[Weekday, ...]
    starts: time
    ends: time

    def hold(self, moment: datetime) -> bool:
        """Is this moment inside?"""
        local = moment.astimezone(LONDON)
        return list(Weekday)[local.weekday()] in self.days and self.starts <= local.time() < self.ends


@dataclass(frozen=True, slots=True)
class Reach:
    """What was agreed: the safety of each channel that was talked about, the safe hours, the language, and whether
    there is a code word."""

    channels: Mapping[ChannelKind, Safety]
    hours: tuple[SafeHours, ...]
    language: Language = Language.ENGLISH
    has_code_word: bool = False

    def safety(self, kind: ChannelKind) -> Safety:
        """What was said about this channel; unknown where it was not talked about."""
        return self.channels.get(kind, Safety.UNKNOWN)

    def safe_at(self, moment: datetime) -> bool:
        """Is this moment inside the safe hours? Where none were agreed no moment is."""
        return any(hours.hold(moment) for hours in self.hours)
