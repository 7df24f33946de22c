"""One contact made with a victim, or tried."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from contracts.ids import ContactId, DutyKey, NewsId
from contracts.notifications import ChannelKind, Safety
from contracts.witness_care import ContactManner

from witness_care.reach.reach import Reach

CHANNELS: Final[Mapping[ContactManner, ChannelKind]] = {
    ContactManner.PHONE: ChannelKind.PHONE,
    ContactManner.SMS: ChannelKind.SMS,
    ContactManner.EMAIL: ChannelKind.EMAIL,
    ContactManner.LETTER: ChannelKind.LETTER,
}
"""The ways of being in touch that somebody else at home may see or hear."""


def is_called_safe(how: ContactManner, reach: Reach | None) -> bool:
    """Did the victim call this way safe? Nobody has to, where nobody else can be in between."""
    channel = CHANNELS.get(how)
    return channel is None or (reach is not None and reach.safety(channel) is Safety.SAFE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """Somebody tried to reach the victim and did not."""

    contact_id: ContactId
    tried_at: datetime
    how: ContactManner
    tried_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One conversation; it may cover several crimes' news and duties at once (Code section 1.8)."""

    contact_id: ContactId
    made_at: datetime
    how: ContactManner
    made_by: str
    news_ids: tuple[NewsId, ...]
    duty_keys: tuple[DutyKey, ...]
    put_right: tuple[NewsId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TakingBack:
    """A contact was recorded in error."""

    contact_id: ContactId
    by: str
