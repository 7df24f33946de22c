"""What follows when an officer confirms what a domain event says."""

from dataclasses import dataclass

from intake.documents.document import Document, DocumentState
from intake.prisons.merges import PrisonMerges
from intake.prisons.movements import Meaning
from intake.prisons.taking import TakeMovement


@dataclass(frozen=True, slots=True)
class MovementDecisions:
    """A merge of numbers re-points what hangs on them; any other message is read again."""

    movements: TakeMovement
    merges: PrisonMerges

    async def confirm(self, document: Document, *, by: str) -> DocumentState:
        """The state it has from now on. Raises AlreadyDecided, NoLongerKept and Crowded."""
        if Meaning.MERGED in document.asks:
            return await self.merges.confirm(document, by=by)
        return await self.movements.confirm(document, by=by)
