"""Composition root: settings -> adapters -> application -> entrypoints."""

import base64
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from chassis.clock import Clock
from chassis.database import Pool
from chassis.foundation import Foundation, open_foundation
from chassis.http.app import create_app
from chassis.http.metrics import process_registry
from chassis.http.readiness import database_answers
from chassis.log.appender import GroupCommit
from chassis.log.epoch import join_epoch
from chassis.log.http import log_router
from chassis.security.bearer import Bearer
from chassis.service import BackgroundTask, run_service
from chassis.vault.composing import EventComposer
from chassis.vault.port import Vault
from contracts.topics import INTAKE
from fastapi import APIRouter, FastAPI
from prometheus_client import CollectorRegistry

from intake.courts import news as hearing_news
from intake.courts.decisions import HearingDecisions
from intake.courts.hearings import TakeHearing
from intake.courts.news import HearingNews
from intake.courts.store import DatabaseHearingBook
from intake.documents.deciding import OfficerDesk
from intake.documents.document import Filing
from intake.documents.expiry import ForgetDocuments
from intake.documents.expiry_rounds import Expiring
from intake.documents.http import documents_router, domain_events_router, hearings_router
from intake.documents.store import DatabaseDocumentBook
from intake.identity.names_store import DatabaseNames
from intake.linking.http import officers_router
from intake.linking.officers import Officers
from intake.linking.store import DatabaseMatters
from intake.open_data import police_import
from intake.open_data.command import import_file
from intake.open_data.police_import import ImportMonth
from intake.prisons import taking as prisons
from intake.prisons.confirmations_store import DatabaseConfirmations
from intake.prisons.merges import PrisonMerges
from intake.prisons.store import DatabaseMovementBook
from intake.prisons.taking import TakeMovement
from intake.prisons.withdrawals import WithdrawPrisonNumber
from intake.publishing.accepting import AcceptEvents
from intake.publishing.http import events_router
from intake.publishing.problems import REFUSALS, problem_for
from intake.publishing.reading import ReadEvents
from intake.publishing.refusals import RefusalAudit
from intake.publishing.registry import ClientRegistry
from intake.publishing.store import DatabaseRecords
from intake.recording import drafting
from intake.recording.fingerprints import Fingerprints
from intake.recording.originals_store import DatabaseOriginals
from intake.recording.recorder import Recorder
from intake.recording.store import IdentityGuard
from intake.reports.http import HourlyLimit, reports_router
from intake.reports.receiving import ReceiveReport
from intake.reports.store import DatabaseReportBook
from intake.settings import IntakeSettings

OWN_SOURCES = (drafting.SOURCE, hearing_news.SOURCE, prisons.SOURCE, police_import.SOURCE)


@dataclass(frozen=True, slots=True)
class Parts:
    """What an intake process is made of; tests put fakes in."""

    pool: Pool
    vault: Vault
    bearer: Bearer
    clock: Clock
    registry: ClientRegistry
    digest_key: bytes
    numbers: CollectorRegistry = field(default_factory=process_registry)
    https: bool = True
    reports_per_hour: int = 20
    documents_kept: timedelta = timedelta(days=365)
    deletion_held: timedelta = timedelta(minutes=45)


@asynccontextmanager
async def open_intake(parts: Parts) -> AsyncIterator[tuple[FastAPI, list[BackgroundTask]]]:
    """The application, and the tasks that must run beside it."""
    async with GroupCommit(parts.pool, await join_epoch(parts.pool), IdentityGuard()) as log:
        use = _Uses(parts, log)
        app = create_app(
            "intake",
            routers=use.routers(),
            readiness={"database": database_answers(parts.pool)},
            problem_for=dict.fromkeys(REFUSALS, problem_for),
            https=parts.https,
            registry=parts.numbers,
        )
        yield app, [log.watch, use.expiring().run]


class _Uses:
    """The use cases of one process, made of its parts."""

    def __init__(self, parts: Parts, log: GroupCommit) -> None:
        pool, clock, vault = parts.pool, parts.clock, parts.vault
        self._parts = parts
        self._sources = [*parts.registry.sources, *OWN_SOURCES]
        self._fingerprints = Fingerprints(parts.digest_key)
        composer = EventComposer(vault, parts.digest_key)
        self._names, self._originals = DatabaseNames(pool), DatabaseOriginals(pool)
        self._documents, self._hearings = DatabaseDocumentBook(pool), DatabaseHearingBook(pool)
        self._recorder = Recorder(composer=composer, log=log)
        self._news = HearingNews(names=self._names, originals=self._originals, clock=clock)
        self._filing = Filing(vault=vault, clock=clock, fingerprints=self._fingerprints, kept=parts.documents_kept)
        self._accept = AcceptEvents(
            names=self._names,
            originals=self._originals,
            composer=composer,
            log=log,
            audit=RefusalAudit(log=log, clock=clock, fingerprint=self._fingerprints.text),
            clock=clock,
        )

    def routers(self) -> list[APIRouter]:
        parts, bearer = self._parts, self._parts.bearer
        movements = self._movements()
        report = ReceiveReport(
            book=DatabaseReportBook(parts.pool), recorder=self._recorder, vault=parts.vault, clock=parts.clock
        )
        read = ReadEvents(DatabaseRecords(parts.pool, sources=self._sources))
        return [
            events_router(accept=self._accept, read=read, registry=parts.registry, bearer=bearer),
            officers_router(officers=self._officers(), movements=movements, numbers=self._withdrawals(), bearer=bearer),
            hearings_router(hearings=self._take_hearing(), bearer=bearer),
            domain_events_router(movements=movements, bearer=bearer),
            documents_router(desk=self._desk(movements), bearer=bearer),
            reports_router(receive=report, limit=HourlyLimit(most=parts.reports_per_hour, clock=parts.clock)),
            log_router(parts.pool, bearer, topic=INTAKE.name),
        ]

    def expiring(self) -> Expiring:
        forget = ForgetDocuments(documents=self._documents, vault=self._parts.vault)
        return Expiring(forget, registry=self._parts.numbers)

    def _officers(self) -> Officers:
        return Officers(
            matters=DatabaseMatters(self._parts.pool, sources=self._sources),
            recorder=self._recorder,
            clock=self._parts.clock,
            fingerprints=self._fingerprints,
        )

    def _take_hearing(self) -> TakeHearing:
        return TakeHearing(
            hearings=self._hearings,
            documents=self._documents,
            filing=self._filing,
            news=self._news,
            recorder=self._recorder,
            fingerprints=self._fingerprints,
            deletion_held=self._parts.deletion_held,
        )

    def _movements(self) -> TakeMovement:
        return TakeMovement(
            movements=DatabaseMovementBook(self._parts.pool),
            documents=self._documents,
            filing=self._filing,
            names=self._names,
            recorder=self._recorder,
            fingerprints=self._fingerprints,
        )

    def _withdrawals(self) -> WithdrawPrisonNumber:
        return WithdrawPrisonNumber(
            confirmations=DatabaseConfirmations(self._parts.pool),
            movements=DatabaseMovementBook(self._parts.pool),
            originals=self._originals,
            matters=DatabaseMatters(self._parts.pool, sources=self._sources),
            recorder=self._recorder,
            clock=self._parts.clock,
            fingerprints=self._fingerprints,
        )

    def _desk(self, movements: TakeMovement) -> OfficerDesk:
        hearings = HearingDecisions(
            hearings=self._hearings,
            documents=self._documents,
            filing=self._filing,
            news=self._news,
            recorder=self._recorder,
            fingerprints=self._fingerprints,
        )
        return OfficerDesk(
            documents=self._documents, hearings=hearings, movements=movements, merges=self._merges(movements)
        )

    def _merges(self, movements: TakeMovement) -> PrisonMerges:
        return PrisonMerges(
            movements=DatabaseMovementBook(self._parts.pool),
            take=movements,
            documents=self._documents,
            filing=self._filing,
            matters=DatabaseMatters(self._parts.pool, sources=self._sources),
            recorder=self._recorder,
            clock=self._parts.clock,
            fingerprints=self._fingerprints,
        )


async def serve(settings: IntakeSettings) -> None:
    """Serve until told to stop."""
    async with AsyncExitStack() as stack:
        foundation = await stack.enter_async_context(open_foundation(settings, connections=10))
        app, tasks = await stack.enter_async_context(open_intake(_parts(foundation, settings)))
        await run_service(app, settings=settings, tasks=tasks)


async def import_police_month(settings: IntakeSettings, path: Path) -> int:
    """Import one file beside the serving processes; the exit status."""
    async with AsyncExitStack() as stack:
        foundation = await stack.enter_async_context(open_foundation(settings, connections=3))
        log = await stack.enter_async_context(GroupCommit(foundation.pool, foundation.epoch, IdentityGuard()))
        return await import_file(path, ImportMonth(composer=foundation.composer, log=log))


def _parts(foundation: Foundation, settings: IntakeSettings) -> Parts:
    return Parts(
        pool=foundation.pool,
        vault=foundation.vault,
        bearer=foundation.bearer,
        clock=foundation.clock,
        registry=ClientRegistry.from_toml(settings.publishers_file.read_text(encoding="utf-8")),
        digest_key=base64.b64decode(settings.digest_key.get_secret_value(), validate=True),
        numbers=foundation.registry,
        https=settings.public_url.startswith("https://"),
        reports_per_hour=settings.reports_per_hour,
        documents_kept=timedelta(days=settings.documents_kept_days),
        deletion_held=timedelta(minutes=settings.hearing_deletion_held_minutes),
    )
