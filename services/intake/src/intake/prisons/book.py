"""Movements that were received, and who was confirmed to be whom."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from chassis.log.effects import Effect

from intake.prisons.confirmed import Confirmed
from intake.prisons.movements import Movement


class MovementBook(Protocol):
    """Movements that were received, and who was confirmed to be whom."""

    async def seen(self, identity: str) -> bool: ...

    async def confirmed(self, number_hash: bytes) -> Sequence[Confirmed]:
        """Who is confirmed to have this number, without what was withdrawn."""

    async def withdrawn(self, number_hash: bytes) -> Mapping[tuple[str, str], datetime]:
        """When it was last withdrawn, by case and defendant."""

    async def kept(self, number_hash: bytes) -> Sequence[Movement]:
        """Movements of this number that tell something; without the number itself."""

    def keeping(
        self, movement: Movement, document_id: str, *, number_hash: bytes | None, confirmed: Sequence[Confirmed]
    ) -> Effect:
        """Keep a movement, or what it is found to mean by now; loses when other defendants are confirmed by then."""

    def standing(self, number_hash: bytes, confirmed: Sequence[Confirmed]) -> Effect:
        """Loses when other defendants are confirmed by then."""

    def telling(self, told: Mapping[str, str]) -> Effect:
        """Note by event the confirmation it is told because of; loses when one of those was withdrawn by then."""

    def asking(self, number_hash: bytes, *, whose: str | None) -> Effect:
        """Merges and moves away from this number, which waited for it to be confirmed, are an officer's questions.

        With `whose` None they wait for that again.
        """
