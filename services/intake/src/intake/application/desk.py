"""What waits for an officer: held deletions, questions, and messages that nobody can read yet."""

from collections.abc import Sequence
from dataclasses import replace

from intake.application.documents import Document, DocumentBook, DocumentKind, DocumentState
from intake.application.hearing_news import HearingNews
from intake.application.hearings import HearingBook
from intake.application.ports import Effect
from intake.application.recording import Recorder
from intake.domain.errors import AlreadyDecided, HeldStill, NothingHere, Superseded
from intake.domain.hearings.translation import without_listings


class OfficerDesk:
    """List what waits, and decide."""

    def __init__(
        self, *, documents: DocumentBook, hearings: HearingBook, news: HearingNews, recorder: Recorder
    ) -> None:
        self._documents = documents
        self._hearings = hearings
        self._news = news
        self._recorder = recorder

    async def waiting(self) -> Sequence[Document]:
        """Soonest first; never their content."""
        return await self._documents.waiting()

    async def dismiss(self, document_id: str, *, by: str) -> None:
        """Nothing follows from this message."""
        await self._decide(document_id, DocumentState.DISMISSED, by)

    async def confirm(self, document_id: str, *, by: str) -> None:
        """It is as the message says; a deleted hearing's listing is retracted. Raises HeldStill before its time."""
        document = await self._documents.find(document_id)
        if document is None:
            raise NothingHere
        if document.kind != DocumentKind.HEARING_DELETION:
            await self._decide(document_id, DocumentState.CONFIRMED, by)
            return
        now = await self._documents.now()
        if document.due_at is not None and now < document.due_at:
            raise HeldStill
        before = await self._hearings.state(document.about)
        after, retractions = without_listings(before, received_at=now)
        effects = (
            self._documents.deciding(document_id, DocumentState.CONFIRMED, by=by),
            self._hearings.saving(after, after=before.revision),
            self._hearings.forgetting([retraction.original_id for retraction in retractions]),
        )
        if not retractions:
            await self._apply(effects)
            return
        drafts, held = await self._news.drafts(retractions, received_at=now)
        try:
            await self._recorder.record(drafts, replace(held, effects=effects))
        except Superseded as error:
            raise AlreadyDecided from error

    async def _decide(self, document_id: str, state: DocumentState, by: str) -> None:
        if await self._documents.find(document_id) is None:
            raise NothingHere
        await self._apply((self._documents.deciding(document_id, state, by=by),))

    async def _apply(self, effects: Sequence[Effect]) -> None:
        if not await self._documents.apply(effects):
            raise AlreadyDecided
