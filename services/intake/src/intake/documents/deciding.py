"""What waits for an officer: held deletions, questions, and messages that nobody can read yet."""

from collections.abc import Sequence
from dataclasses import replace

from intake.courts.decisions import HearingDecisions
from intake.documents.document import Document, DocumentBook, DocumentKind, DocumentState
from intake.errors import AlreadyDecided, NothingHere
from intake.prisons.merges import PrisonMerges
from intake.prisons.movements import Meaning
from intake.prisons.taking import TakeMovement


class OfficerDesk:
    """List what waits, and decide."""

    def __init__(
        self, *, documents: DocumentBook, hearings: HearingDecisions, movements: TakeMovement, merges: PrisonMerges
    ) -> None:
        self._documents = documents
        self._hearings = hearings
        self._movements = movements
        self._merges = merges

    async def waiting(self) -> Sequence[Document]:
        """Soonest first; never their content."""
        return await self._documents.waiting()

    async def dismiss(self, document_id: str, *, by: str) -> DocumentState:
        """Nothing follows from this message, and what it asks is not asked again."""
        document = replace(await self._found(document_id), state=DocumentState.DISMISSED)
        if not await self._documents.apply((self._documents.deciding(document, by=by),)):
            raise AlreadyDecided
        return document.state

    async def confirm(self, document_id: str, *, by: str) -> DocumentState:
        """It is as the message says: what was not told is told now, or taken back. The state it has from now on."""
        document = await self._found(document_id)
        if Meaning.MERGED in document.asks:
            return await self._merges.confirm(document, by=by)
        if document.kind == DocumentKind.MOVEMENT:
            return await self._movements.confirm(document, by=by)
        return await self._hearings.confirm(document_id, by=by)

    async def _found(self, document_id: str) -> Document:
        document = await self._documents.find(document_id)
        if document is None:
            raise NothingHere
        return document
