"""What follows when an officer decides about a domain event."""

from dataclasses import dataclass

from intake.documents.document import Document, DocumentState
from intake.errors import NumberInQuestion
from intake.prisons.book import MovementBook
from intake.prisons.movements import IDENTITY
from intake.prisons.renumberings import Renumberings
from intake.prisons.taking import TakeMovement


@dataclass(frozen=True, slots=True)
class MovementDecisions:
    """Who is who is decided with all that waits for it; a movement that waits for that can only be dismissed alone."""

    movements: TakeMovement
    renumberings: Renumberings
    book: MovementBook

    async def confirm(self, document: Document, *, by: str) -> DocumentState:
        """The state it has from now on. Raises AlreadyDecided, NoLongerKept, NumberInQuestion and Crowded."""
        if _asks_who_is_who(document):
            return await self.renumberings.confirm(document, by=by)
        if document.state == DocumentState.HELD:
            return await self._released(document)
        return await self.movements.confirm(document, by=by)

    async def dismissed(self, document: Document) -> None:
        """Nothing of who is who changes, and what was held until that was known is told."""
        if _asks_who_is_who(document):
            await self.renumberings.release(document)

    async def _released(self, document: Document) -> DocumentState:
        """Held for a question that is decided by now: a process ended before it was told."""
        for number in (await self.book.numbers_of(document.id)).all:
            if await self.book.is_in_question(number):
                raise NumberInQuestion
        await self.renumberings.release(document)
        return DocumentState.APPLIED


def _asks_who_is_who(document: Document) -> bool:
    return any(meaning in document.asks for meaning in IDENTITY)
