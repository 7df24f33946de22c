"""How a victim may be reached, as officers' systems are answered."""

from datetime import datetime

from contracts.notifications import Channel, ChannelKind, Window
from pydantic import BaseModel

from witness_care.reach.reach import Reach


class ReachLine(BaseModel):
    """How a victim may be reached. Only what is `safe` may be used, in these hours alone; `now` is one of them."""

    channels: tuple[Channel, ...]
    windows: tuple[Window, ...]
    now: bool
    has_code_word: bool


def reach_line(reach: Reach, *, at: datetime) -> ReachLine:
    """The answer at a moment."""
    return ReachLine(
        channels=tuple(Channel(kind=kind, safe=reach.safety(kind)) for kind in ChannelKind),
        windows=tuple(
            Window(days=hours.days, starts=f"{hours.starts:%H:%M}", ends=f"{hours.ends:%H:%M}") for hours in reach.hours
        ),
        now=reach.safe_at(at),
        has_code_word=reach.has_code_word,
    )
