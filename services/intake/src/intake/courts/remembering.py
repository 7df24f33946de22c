"""What is remembered of hearings, and how news of one is recorded with it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from chassis.log.effects import Effect
from chassis.log.errors import DigestMismatch

from intake.courts.comparing.facts import News, Retraction
from intake.courts.comparing.state import HearingState, KnownListing
from intake.courts.comparing.translation import Translation
from intake.courts.news import HearingNews
from intake.courts.reading.court_names import named, unnamed
from intake.courts.reading.lines import one_line
from intake.courts.reading.message import read_message
from intake.courts.reading.snapshot import Snapshot
from intake.courts.reading.unread import is_id
from intake.documents.book import DocumentBook
from intake.documents.filing import Filing
from intake.errors import Superseded
from intake.recording.fingerprints import Fingerprints
from intake.recording.recorder import Recorder


class HearingBook(Protocol):
    """What is remembered of hearings."""

    async def state(self, hearing_id: str) -> HearingState: ...

    async def listings(self, case_ids: Sequence[str]) -> tuple[KnownListing, ...]: ...

    async def listings_of(self, hearing_id: str) -> tuple[KnownListing, ...]:
        """What was told of when this hearing is, by its own messages or by another hearing's results."""

    async def court_names(self, court_ids: Collection[str]) -> Mapping[str, str]:
        """What those of the courts are called that had a hearing of their own, by their ids."""

    def naming_court(self, court_id: str, name: str) -> Effect:
        """A hearing of the court said what it is called."""

    def saving(self, state: HearingState, *, after: int) -> Effect:
        """Save a state that was made of revision `after`; loses when there is a later one."""

    def noting(self, listing: KnownListing) -> Effect: ...

    def forgetting(self, event_ids: Sequence[str]) -> Effect:
        """These listings were retracted: the same hearing, listed again, is news."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HearingRecord:
    """The messages of hearings, what is known of each hearing, and the log: changed together or not at all."""

    hearings: HearingBook
    documents: DocumentBook
    filing: Filing
    news: HearingNews
    recorder: Recorder
    fingerprints: Fingerprints

    async def read(self, raw: bytes) -> tuple[Snapshot, datetime | None]:
        """The hearing as a message has it, and when its results were shared. Raises HearingUnreadable.

        A court that the message has only by its id is called what its own hearings call it.
        """
        snapshot, shared_at = read_message(raw, fingerprint=self.fingerprints.text)
        if nameless := [court_id for court_id in unnamed(snapshot) if is_id(court_id)]:
            snapshot = named(snapshot, await self.hearings.court_names(nameless))
        return snapshot, shared_at

    async def is_recorded(self, news: Sequence[News], effects: Sequence[Effect], *, received_at: datetime) -> bool:
        """False when something came in between (another copy of the message), and all is to be looked at again."""
        if not news:
            return await self.documents.apply(effects)
        try:
            drafts, held = await self.news.drafts(news, received_at=received_at)
            await self.recorder.record(drafts, replace(held, effects=tuple(effects)))
        except (Superseded, DigestMismatch):
            return False
        return True

    def naming_court(self, snapshot: Snapshot) -> list[Effect]:
        """For the days that other hearings hold in this court."""
        name = one_line(snapshot.listing.court_name)
        return [self.hearings.naming_court(snapshot.court_id, name)] if is_id(snapshot.court_id) and name else []

    def remembering(self, found: Translation, before: HearingState) -> list[Effect]:
        """What a translation leaves behind for the next one."""
        if found.state is before:
            return []
        effects = [self.hearings.saving(found.state, after=before.revision)]
        effects.extend(self.hearings.noting(listing) for listing in found.listings)
        if retracted := [news.original_id for news in found.news if isinstance(news, Retraction)]:
            effects.append(self.hearings.forgetting(retracted))
        if found.answered:
            effects.append(self.documents.answering(before.hearing_id, found.answered))
        return effects
