"""What follows when an officer confirms what a court's message says."""

from dataclasses import dataclass, replace
from datetime import datetime

from chassis.log.effects import Effect

from intake.courts.comparing.facts import GONE, News, QuestionKind
from intake.courts.comparing.state import HearingState
from intake.courts.comparing.translation import Translation, translate
from intake.courts.comparing.withdrawals import without_gone, without_listings
from intake.courts.judging import judged, parked
from intake.courts.reading.snapshot import Snapshot
from intake.courts.remembering import HearingRecord
from intake.documents.document import WAITS_FOR_OFFICER, Document, DocumentKind, DocumentState
from intake.errors import AlreadyDecided, Crowded, HearingUnsayable, HeldStill

_ATTEMPTS = 5
_RESULTS = (DocumentKind.HEARING_RESULT,)
_SNAPSHOTS = (DocumentKind.HEARING, DocumentKind.HEARING_RESULT)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """The document as it is from now on, and what is told and remembered with that."""

    document: Document
    news: tuple[News, ...] = ()
    effects: tuple[Effect, ...] = ()


class HearingDecisions:
    """Deleted hearings, results that are gone or of no known class, and messages that could not be read."""

    def __init__(self, record: HearingRecord) -> None:
        self._record = record

    async def confirm(self, document: Document, *, by: str) -> DocumentState:
        """What the document is now. Raises AlreadyDecided, HeldStill, NoLongerKept and Crowded."""
        for _ in range(_ATTEMPTS):
            document = await self._record.documents.find(document.id) or document
            if document.state not in WAITS_FOR_OFFICER:
                raise AlreadyDecided
            now = await self._record.documents.now()
            outcome = await self._outcome(document, now)
            if await self._settled(outcome, by=by, now=now):
                return outcome.document.state
        raise Crowded("Others changed the same hearing; decide again.")

    async def dismissed(self, document: Document) -> None:
        """Nothing else waits for what is asked about a hearing."""

    async def _outcome(self, document: Document, now: datetime) -> _Outcome:
        if document.kind == DocumentKind.HEARING_DELETION:
            return await self._deleted(document, now)
        if document.state == DocumentState.PARKED:
            return await self._read_again(document)
        return await self._answered(document, now)

    async def _deleted(self, document: Document, now: datetime) -> _Outcome:
        """The hearing's listings are taken back."""
        if document.due_at is not None and now < document.due_at:
            raise HeldStill
        before = await self._record.hearings.state(document.about)
        listings = await self._record.hearings.listings_of(document.about)
        after, retractions = without_listings(before, listings, received_at=now)
        effects = (
            self._record.hearings.saving(after, after=before.revision),
            self._record.hearings.forgetting([retraction.original_id for retraction in retractions]),
        )
        return _Outcome(replace(document, state=DocumentState.CONFIRMED), retractions, effects)

    async def _read_again(self, document: Document) -> _Outcome:
        """A parked message, by what we know now; where that is still not enough it stays parked."""
        snapshot, shared_at = await self._snapshot(document)
        resulted = document.kind == DocumentKind.HEARING_RESULT
        if await self._is_overtaken(document, by=_RESULTS if resulted else _SNAPSHOTS):
            return _Outcome(replace(document, state=DocumentState.OLDER))
        before = await self._record.hearings.state(document.about)
        found = translate(
            before,
            snapshot,
            received_at=document.received_at,
            shared_at=shared_at,
            resulted=resulted,
            known=await self._record.hearings.listings([case.id for case in snapshot.cases]),
            only_results=await self._is_overtaken(document, by=_SNAPSHOTS),
        )
        return _Outcome(judged(document, found), found.news, tuple(self._record.remembering(found, before)))

    async def _answered(self, document: Document, now: datetime) -> _Outcome:
        """What is gone is taken back; what was not understood, or of no known class, is told if we know it by now."""
        before = await self._record.hearings.state(document.about)
        after, news = before, tuple[News, ...]()
        if gone := _asked(document, before, *GONE - {QuestionKind.LISTING_GONE}):
            after, news = without_gone(before, gone, received_at=now)
        found = Translation(after, (), (), ())
        if _asked(document, before, QuestionKind.LISTING_GONE, QuestionKind.UNREAD):
            found = await self._read_last(document, after, kinds=_SNAPSHOTS)
            after = found.state
        if _asked(document, before, QuestionKind.UNKNOWN_RESULT_CLASS, QuestionKind.UNTOLD_RESULT):
            again = await self._read_last(document, after, kinds=_RESULTS)
            found = replace(again, news=(*found.news, *again.news), listings=(*found.listings, *again.listings))
        open_ = tuple(key for key in document.asks if key in found.state.asked)
        state = DocumentState.QUESTION if open_ else DocumentState.CONFIRMED
        kept = replace(document, state=state, asks=open_ or document.asks)
        told = replace(found, news=(*news, *found.news))
        return _Outcome(kept, told.news, tuple(self._record.remembering(told, before)))

    async def _read_last(
        self, document: Document, state: HearingState, *, kinds: tuple[DocumentKind, ...]
    ) -> Translation:
        """The court's last message, which may be newer than the one that raised the question, by what we know now."""
        last = await self._record.documents.last_compared(document.about, kinds=kinds) or document
        snapshot, shared_at = await self._snapshot(last)
        return translate(
            state,
            snapshot,
            received_at=last.received_at,
            shared_at=shared_at,
            resulted=last.kind == DocumentKind.HEARING_RESULT,
            known=await self._record.hearings.listings([case.id for case in snapshot.cases]),
            only_results=kinds == _RESULTS,
            without_a_day=bool(_asked(document, state, QuestionKind.LISTING_GONE)),
        )

    async def _snapshot(self, document: Document) -> tuple[Snapshot, datetime | None]:
        return await self._record.read(await self._record.filing.open(document))

    async def _is_overtaken(self, document: Document, *, by: tuple[DocumentKind, ...]) -> bool:
        last = await self._record.documents.last_compared(document.about, kinds=by)
        return last is not None and last.received_at > document.received_at

    async def _settled(self, outcome: _Outcome, *, by: str, now: datetime) -> bool:
        """False when something came in between, and all is to be looked at again."""
        effects = (self._record.documents.deciding(outcome.document, by=by), *outcome.effects)
        try:
            return await self._record.is_recorded(outcome.news, effects, received_at=now)
        except HearingUnsayable as error:
            return await self._settled(_Outcome(parked(outcome.document, why=error.place)), by=by, now=now)


def _asked(document: Document, state: HearingState, *kinds: QuestionKind) -> frozenset[str]:
    """The questions of these kinds that this document asks, as far as no later message has answered them."""
    return frozenset(
        key for key in document.asks if key in state.asked and QuestionKind(key.partition("/")[0]) in kinds
    )
