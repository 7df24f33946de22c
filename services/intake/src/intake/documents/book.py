"""Where documents are kept."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from chassis.log.effects import Effect

from intake.documents.document import Document, DocumentKind


class DocumentBook(Protocol):
    """Where documents are kept."""

    async def now(self) -> datetime: ...

    def keeping(self, document: Document) -> Effect: ...

    def deciding(self, document: Document, *, by: str) -> Effect:
        """What an officer has made of it: the document as it is now; loses when it waits for nobody any more."""

    async def waiting(self) -> Sequence[Document]: ...

    async def find(self, document_id: str) -> Document | None: ...

    async def last_compared(self, hearing_id: str, *, kinds: Sequence[DocumentKind]) -> Document | None:
        """The newest message of these kinds that what is known of the hearing was made of."""

    def overtaking(self, about: str) -> Effect:
        """What `about` names was spoken of after it was said to be deleted: what was held is dismissed."""

    def answering(self, about: str, asks: Sequence[str]) -> Effect:
        """These questions are settled: messages that ask nothing else are dismissed."""

    async def apply(self, effects: Sequence[Effect]) -> bool:
        """Apply effects that no event goes with, in a transaction that excludes appends; False when one has lost."""
