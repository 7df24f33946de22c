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

    async def example_of(self, about: str) -> Document | None:
        """The first message about this, whatever became of it."""

    async def counted(self, about: str, *, most: int) -> Sequence[Document]:
        """Messages about this that were counted with their example, oldest first."""

    def counting(self, document: Document, *, example_id: str) -> Effect:
        """Keep one more like the example, which is listed once with how often it came."""

    def first(self, about: str) -> Effect:
        """Loses when there is a message about this by then."""

    def rejudging(self, document: Document) -> Effect:
        """What has become of a message that was only counted; loses when it is no longer."""

    async def last_compared(self, hearing_id: str, *, kinds: Sequence[DocumentKind]) -> Document | None:
        """The newest message of these kinds that what is known of the hearing was made of."""

    def overtaking(self, about: str) -> Effect:
        """What `about` names was spoken of after it was said to be deleted: what was held is dismissed."""

    def answering(self, about: str, asks: Sequence[str]) -> Effect:
        """These questions are settled: messages that ask nothing else are dismissed."""

    async def apply(self, effects: Sequence[Effect]) -> bool:
        """Apply effects that no event goes with, in a transaction that excludes appends; False when one has lost."""
