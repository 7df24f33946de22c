"""Movements that were received, whose number each is, and what is asked about numbers."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chassis.log.effects import Effect

from intake.prisons.confirmed import Confirmed
from intake.prisons.movements import Movement


@dataclass(frozen=True, slots=True)
class Numbers:
    """The prison numbers that a message names, as keyed hashes; `other` where it is about two."""

    number: bytes | None
    other: bytes | None = None

    @property
    def all(self) -> tuple[bytes, ...]:
        return tuple(dict.fromkeys(number for number in (self.number, self.other) if number is not None))


class MovementBook(Protocol):
    """Movements that were received, and who was confirmed to be whom."""

    async def seen(self, identity: str) -> bool: ...

    async def confirmed(self, number_hash: bytes) -> Sequence[Confirmed]:
        """Who is confirmed to have this number, without what was withdrawn or has ended."""

    async def withdrawn(self, number_hash: bytes) -> Mapping[tuple[str, str], datetime]:
        """When it was last withdrawn, by case and defendant."""

    async def kept(self, number_hash: bytes) -> Sequence[Movement]:
        """Movements of this number that tell something and were not dismissed; without the number itself."""

    async def numbers_of(self, document_id: str) -> Numbers: ...

    async def is_in_question(self, number_hash: bytes) -> bool:
        """Is an officer asked who is who, by a message that names this number?"""

    async def doubled(self, movement: Movement, confirmations: Collection[str]) -> frozenset[str]:
        """Those of these confirmations because of whose defendant the same was told already (`doubling.is_doubled`)."""

    def keeping(self, movement: Movement, document_id: str, *, numbers: Numbers) -> Effect:
        """Keep a movement, or what it is found to mean by now."""

    def standing(self, number_hash: bytes, confirmed: Sequence[Confirmed], *, in_question: bool) -> Effect:
        """Loses when other defendants are confirmed by then, or when a question about the number came or went."""

    def telling(self, movement: Movement, told: Mapping[str, str]) -> Effect:
        """Note by event the confirmation it is told because of; loses when one ended, or told the same, by then."""

    def asking(self, number_hash: bytes) -> Effect:
        """Messages that say who is who are asked about where a number they name is confirmed, and wait where none is.

        What waits to be told of a number in question is held; what was held and is so no more waits again.
        """

    def settling(self, number_hash: bytes) -> Effect:
        """Movements of this number that are told by now wait no longer."""
