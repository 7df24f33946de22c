"""The five things that can be decided about one item of news for one victim."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from contracts.notifications import ChannelKind, ContactReason


class WhyNot(StrEnum):
    """Why nothing is owed, or no longer."""

    BACKFILL = "backfill"
    SUPERSEDED = "superseded"
    TELLS_NOBODY = "tells-nobody"
    ORIGINAL_NEVER_NOTIFIED = "original-never-notified"
    ORIGINAL_NOT_OWED = "original-not-owed"
    SEEN = "seen"
    TOLD_BY_OFFICER = "told-by-officer"
    CORRECTED = "corrected"
    NOT_THEIRS = "not-theirs"
    ANOTHER_ID = "under-another-id"


@dataclass(frozen=True, slots=True)
class TellNow:
    """A message may leave now, by this channel."""

    channel: ChannelKind


@dataclass(frozen=True, slots=True)
class HoldUntil:
    """The next safe moment; everything is decided anew then."""

    until: datetime


@dataclass(frozen=True, slots=True)
class GiveToOfficer:
    """No message: an officer makes contact."""

    reason: ContactReason


@dataclass(frozen=True, slots=True)
class NotOwed:
    """Nobody has to be told."""

    why: WhyNot


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """It was owed and had not left; now it must not."""

    why: WhyNot


Decision: TypeAlias = TellNow | HoldUntil | GiveToOfficer | NotOwed | Withdrawn


class Verdict(StrEnum):
    """The kinds of decision, as records and reports name them."""

    TELL_NOW = "tell-now"
    HOLD_UNTIL = "hold-until"
    GIVE_TO_OFFICER = "give-to-officer"
    NOT_OWED = "not-owed"
    WITHDRAWN = "withdrawn"
