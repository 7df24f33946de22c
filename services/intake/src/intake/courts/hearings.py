"""HMCTS Common Platform hearings: each snapshot is compared with the last one, and what is news is recorded."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from chassis.log.errors import DigestMismatch

from intake.courts.comparing.facts import Fact, Moved, Question, QuestionKind, Retraction, Vacated
from intake.courts.comparing.state import HearingState, KnownListing
from intake.courts.comparing.translation import Translation, translate
from intake.courts.news import HearingNews
from intake.courts.reading.message import read_message
from intake.courts.reading.snapshot import Snapshot
from intake.documents.document import Document, DocumentBook, DocumentKind, DocumentState, Filing
from intake.errors import HearingMismatch, Superseded
from intake.publishing.accepting import Crowded
from intake.recording.fingerprints import Fingerprints
from intake.recording.ports import Effect
from intake.recording.recorder import Recorder

_ATTEMPTS = 10


class HearingBook(Protocol):
    """What is remembered of hearings."""

    async def state(self, hearing_id: str) -> HearingState: ...

    async def listings(self, case_ids: Sequence[str]) -> tuple[KnownListing, ...]: ...

    async def listings_of(self, hearing_id: str) -> tuple[KnownListing, ...]:
        """What was told of when this hearing is, by its own messages or by another hearing's results."""

    def saving(self, state: HearingState, *, after: int) -> Effect:
        """Save a state that was made of revision `after`; loses when there is a later one."""

    def noting(self, listing: KnownListing) -> Effect: ...

    def forgetting(self, event_ids: Sequence[str]) -> Effect:
        """These listings were retracted: the same hearing, listed again, is news."""

    def overtaking(self, hearing_id: str) -> Effect:
        """A snapshot came after the hearing was said to be deleted: what was held is dismissed."""

    def answering(self, hearing_id: str, asks: Sequence[str]) -> Effect:
        """A snapshot settled these questions: messages that ask nothing else are dismissed."""


class TakeHearing:
    """One message at a time, in the order it comes; a snapshot sent twice is no news."""

    def __init__(
        self,
        *,
        hearings: HearingBook,
        documents: DocumentBook,
        filing: Filing,
        news: HearingNews,
        recorder: Recorder,
        fingerprints: Fingerprints,
        deletion_held: timedelta,
    ) -> None:
        self._hearings = hearings
        self._documents = documents
        self._filing = filing
        self._news = news
        self._recorder = recorder
        self._fingerprints = fingerprints
        self._deletion_held = deletion_held

    async def take(self, raw: bytes, *, hearing_id: str, resulted: bool) -> DocumentState:
        """What became of it. Raises HearingUnreadable and HearingMismatch."""
        snapshot, shared_at = read_message(raw, fingerprint=self._fingerprints.text)
        if snapshot.hearing_id != hearing_id:
            raise HearingMismatch
        now = await self._documents.now()
        kind = DocumentKind.HEARING_RESULT if resulted else DocumentKind.HEARING
        document = await self._filing.document(raw, kind=kind, about=hearing_id, received_at=now)
        if snapshot.unknown:
            await self._documents.apply([self._documents.keeping(parked(document, snapshot))])
            return DocumentState.PARKED
        for _ in range(_ATTEMPTS):
            state = await self._apply(document, snapshot, shared_at, resulted=resulted)
            if state is not None:
                return state
        raise Crowded("Others changed the same hearing; send this message again.")

    async def delete(self, hearing_id: str) -> DocumentState:
        """Held for an officer: it may be a duplicate that was deleted, and a victim must not be told wrongly."""
        now = await self._documents.now()
        document = await self._filing.document(
            hearing_id.encode(), kind=DocumentKind.HEARING_DELETION, about=hearing_id, received_at=now
        )
        known = (await self._hearings.state(hearing_id)).revision or await self._hearings.listings_of(hearing_id)
        if known:
            document = replace(document, state=DocumentState.HELD, due_at=now + self._deletion_held)
        await self._documents.apply([self._documents.keeping(document)])
        return document.state

    async def _apply(
        self, document: Document, snapshot: Snapshot, shared_at: datetime | None, *, resulted: bool
    ) -> DocumentState | None:
        before = await self._hearings.state(snapshot.hearing_id)
        known = await self._hearings.listings([case.id for case in snapshot.cases])
        found = translate(
            before,
            snapshot,
            received_at=document.received_at,
            shared_at=shared_at,
            resulted=resulted,
            known=known,
        )
        kept = judged(document, found)
        effects: list[Effect] = [self._documents.keeping(kept)]
        if not found.stale:
            effects.append(self._hearings.overtaking(snapshot.hearing_id))
        effects.extend(remembering(self._hearings, found, before))
        if not found.news:
            return kept.state if await self._documents.apply(effects) else None
        try:
            drafts, held = await self._news.drafts(found.news, received_at=document.received_at)
            await self._recorder.record(drafts, replace(held, effects=tuple(effects)))
        except (Superseded, DigestMismatch):  # another copy of this message came first
            return None
        return kept.state


def remembering(hearings: HearingBook, found: Translation, before: HearingState) -> list[Effect]:
    """What a translation leaves behind for the next one."""
    if found.state is before:
        return []
    effects = [hearings.saving(found.state, after=before.revision)]
    effects.extend(hearings.noting(listing) for listing in found.listings)
    if retracted := [news.original_id for news in found.news if isinstance(news, Retraction)]:
        effects.append(hearings.forgetting(retracted))
    if found.answered:
        effects.append(hearings.answering(before.hearing_id, found.answered))
    return effects


def parked(document: Document, snapshot: Snapshot) -> Document:
    """A message with a value that nobody has decided about; nothing of it is told."""
    return replace(document, state=DocumentState.PARKED, why=f"unknown: {', '.join(snapshot.unknown)}")


def judged(document: Document, found: Translation) -> Document:
    """What became of the message, and what an officer is asked about it."""
    document = replace(document, compared=not found.stale, why=None)
    asked = [*found.questions, *_unexplained(found)]
    if asked:
        why = "; ".join(f"{question.kind} {question.about}" for question in asked[:20])
        asks = tuple(question.key for question in asked)
        return replace(document, state=DocumentState.QUESTION, why=why, asks=asks)
    if found.stale:
        return replace(document, state=DocumentState.OLDER)
    return replace(document, state=DocumentState.APPLIED if found.news else DocumentState.NO_NEWS)


def _unexplained(found: Translation) -> list[Question]:
    """A change without a reason: the court's publisher is to be asked for one."""
    facts = [news for news in found.news if isinstance(news, Fact) and not news.backfill]
    silent = [f.details for f in facts if isinstance(f.details, Moved | Vacated) and f.details.reason is None]
    return [Question(QuestionKind.REASON_ASKED, details.hearing_id) for details in silent[:1]]
