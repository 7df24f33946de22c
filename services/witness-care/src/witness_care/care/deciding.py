"""What it is to decide on one victim's care, and the port of every use case that does."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from contracts.ids import EventId, VictimId
from contracts.shape import Shape

from witness_care.care.care import VictimCare

Decide = Callable[[VictimCare, datetime], Shape | None]
"""Decides on the care at a business time; answers what the world is told, or None when there is nothing new."""


class CareStore(Protocol):
    """Where victims' care is kept."""

    async def change(self, victim_id: VictimId, *, event_id: EventId, decide: Decide) -> None:
        """Load, decide, save in one transaction; decide again when somebody else was first. Raises UnknownVictim."""
