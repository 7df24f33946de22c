"""What waits for an officer: held deletions, questions, and messages that nobody can read yet."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from intake.documents.book import DocumentBook
from intake.documents.document import Document, DocumentKind, DocumentState
from intake.errors import AlreadyDecided, NothingHere


class Decisions(Protocol):
    """What follows from messages of one format, where an officer confirms what they say."""

    async def confirm(self, document: Document, *, by: str) -> DocumentState:
        """What was not told is told now, or taken back. The state it has from now on."""

    async def dismissed(self, document: Document) -> None:
        """It was dismissed: what waited for the decision waits no longer."""


class Opening(Protocol):
    """Opens what was sent."""

    async def open(self, document: Document) -> bytes: ...


class OfficerDesk:
    """List what waits, read it, and decide."""

    def __init__(
        self, *, documents: DocumentBook, opening: Opening, decisions: Mapping[DocumentKind, Decisions]
    ) -> None:
        self._documents = documents
        self._opening = opening
        self._decisions = decisions

    async def waiting(self) -> Sequence[Document]:
        """Soonest first; never their content."""
        return await self._documents.waiting()

    async def read(self, document_id: str) -> str:
        """The message as it was sent; the vault's record says that it was read. Raises NothingHere, NoLongerKept."""
        opened = await self._opening.open(await self._found(document_id))
        return opened.decode(errors="replace")

    async def dismiss(self, document_id: str, *, by: str) -> DocumentState:
        """Nothing follows from this message, and what it asks is not asked again."""
        document = replace(await self._found(document_id), state=DocumentState.DISMISSED)
        if not await self._documents.apply((self._documents.deciding(document, by=by),)):
            raise AlreadyDecided
        await self._decisions[document.kind].dismissed(document)
        return document.state

    async def confirm(self, document_id: str, *, by: str) -> DocumentState:
        """It is as the message says. The state it has from now on."""
        document = await self._found(document_id)
        return await self._decisions[document.kind].confirm(document, by=by)

    async def _found(self, document_id: str) -> Document:
        document = await self._documents.find(document_id)
        if document is None:
            raise NothingHere
        return document
