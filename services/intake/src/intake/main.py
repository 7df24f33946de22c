"""Composition root: settings, then stores, then use cases, then what the world says to them."""

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
from chassis.http.readiness import Readiness, database_answers
from chassis.key_ring import KeyRing
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

from intake.courts import news
from intake.courts.decisions import HearingDecisions
from intake.courts.hearings import TakeHearing
from intake.courts.http import LARGEST_MESSAGE, hearings_router
from intake.courts.news import HearingNews
from intake.courts.remembering import HearingRecord
from intake.courts.store import DatabaseHearingBook
from intake.documents.deciding import Decisions, OfficerDesk
from intake.documents.document import DocumentKind
from intake.documents.expiry import ForgetDocuments
from intake.documents.expiry_rounds import Expiring
from intake.documents.filing import Filing
from intake.documents.http import documents_router
from intake.documents.store import DatabaseDocumentBook
from intake.documents.waiting_alarms import WaitingAlarms
from intake.doubts.clearing import ClearDoubts
from intake.doubts.http import doubts_router
from intake.identity.cases_store import DatabaseCases
from intake.identity.names_store import DatabaseNames
from intake.identity.persons_store import DatabasePersons
from intake.identity.reports_store import DatabaseReportBook
from intake.identity.undoing_store import DatabaseUndoing
from intake.interface.http import interface_router
from intake.linking.http import links_router
from intake.linking.http_persons import persons_router
from intake.linking.links import LinkVictims
from intake.linking.merges import WithdrawMerges
from intake.linking.persons import JoinPersons
from intake.open_data import police_import
from intake.open_data.command import import_file
from intake.open_data.police_import import ImportMonth
from intake.prisons import drafts
from intake.prisons.confirmations_store import DatabaseConfirmations
from intake.prisons.decisions import MovementDecisions
from intake.prisons.http import domain_events_router, numbers_router
from intake.prisons.not_ours_rounds import NotOurs
from intake.prisons.numbers import ConfirmPrisonNumber
from intake.prisons.renumberings import Renumberings
from intake.prisons.store import DatabaseMovementBook
from intake.prisons.taking import TakeMovement
from intake.prisons.withdrawals import WithdrawPrisonNumber
from intake.publishing.accepting import AcceptEvents
from intake.publishing.http import events_router
from intake.publishing.problems import BY_KIND, REFUSALS, problem_for
from intake.publishing.reading import ReadEvents
from intake.publishing.refusals import RefusalAudit
from intake.publishing.registry import ClientRegistry
from intake.publishing.store import DatabaseRecords
from intake.recording import drafting
from intake.recording.doubts_store import DatabaseDoubts
from intake.recording.fingerprints import Fingerprints
from intake.recording.originals_store import DatabaseOriginals
from intake.recording.recorded import DatabaseOnRecord
from intake.recording.recorder import Recorder
from intake.recording.store import IdentityGuard
from intake.reports.http import reports_router
from intake.reports.limit import HourlyLimit
from intake.reports.reading import ReadReports
from intake.reports.receiving import ReceiveReport
from intake.settings import IntakeSettings

OWN_SOURCES = (drafting.SOURCE, news.SOURCE, drafts.SOURCE, police_import.SOURCE)


@dataclass(frozen=True, slots=True)
class Parts:
    """What an intake process is made of; tests put fakes in."""

    pool: Pool
    vault: Vault
    bearer: Bearer
    clock: Clock
    registry: ClientRegistry
    digest_keys: KeyRing
    numbers: CollectorRegistry = field(default_factory=process_registry)
    progress: Readiness = field(default_factory=dict)
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
            "Throughline intake",
            routers=use.routers(),
            readiness={"database": database_answers(parts.pool), "keys": parts.bearer.ready},
            progress=parts.progress,
            problem_for=dict.fromkeys(REFUSALS, problem_for),
            explained=BY_KIND,
            https=parts.https,
            registry=parts.numbers,
            larger_bodies={"/hearing/": LARGEST_MESSAGE, "/domain-events": LARGEST_MESSAGE},
        )
        yield app, [log.watch, *use.tasks()]


class _Uses:
    """The use cases of one process, room by room, made of its parts."""

    def __init__(self, parts: Parts, log: GroupCommit) -> None:
        pool, clock = parts.pool, parts.clock
        self._parts, self._log = parts, log
        self._sources = [*parts.registry.sources, *OWN_SOURCES]
        self._fingerprints = Fingerprints(parts.digest_keys.oldest)
        self._composer = EventComposer(parts.vault, parts.digest_keys)
        self._recorder = Recorder(composer=self._composer, log=log, on_record=DatabaseOnRecord(pool))
        self._names, self._originals = DatabaseNames(pool), DatabaseOriginals(pool)
        self._cases, self._documents = DatabaseCases(pool), DatabaseDocumentBook(pool)
        self._undoing = DatabaseUndoing(pool)
        self._movements, self._confirmations = DatabaseMovementBook(pool), DatabaseConfirmations(pool)
        self._filing = Filing(
            vault=parts.vault, clock=clock, fingerprints=self._fingerprints, kept=parts.documents_kept
        )
        self._hearings = HearingRecord(
            hearings=DatabaseHearingBook(pool),
            documents=self._documents,
            filing=self._filing,
            news=HearingNews(names=self._names, originals=self._originals, clock=clock),
            recorder=self._recorder,
            fingerprints=self._fingerprints,
        )

    def routers(self) -> list[APIRouter]:
        parts, bearer, movements = self._parts, self._parts.bearer, self._take_movement()
        limit = HourlyLimit(most=parts.reports_per_hour, clock=parts.clock)
        read = ReadEvents(DatabaseRecords(parts.pool, sources=self._sources))
        reports = ReadReports(DatabaseReportBook(parts.pool), parts.vault)
        return [
            events_router(accept=self._accept(), read=read, registry=parts.registry, bearer=bearer),
            links_router(links=self._links(), merges=self._merges(), bearer=bearer),
            persons_router(persons=self._persons(), bearer=bearer),
            numbers_router(
                numbers=self._numbers(), movements=movements, withdrawals=self._withdrawals(), bearer=bearer
            ),
            doubts_router(doubts=self._doubts(), bearer=bearer),
            hearings_router(hearings=TakeHearing(self._hearings, deletion_held=parts.deletion_held), bearer=bearer),
            domain_events_router(movements=movements, bearer=bearer),
            documents_router(desk=self._desk(movements), bearer=bearer),
            interface_router(),
            reports_router(receive=self._receive_report(), read=reports, limit=limit, bearer=bearer),
            log_router(parts.pool, bearer, topic=INTAKE.name),
        ]

    def tasks(self) -> list[BackgroundTask]:
        documents, numbers = self._documents, self._parts.numbers
        forget = ForgetDocuments(documents=documents, vault=self._parts.vault)
        return [Expiring(forget, registry=numbers).run, WaitingAlarms(documents, registry=numbers).watch]

    def _accept(self) -> AcceptEvents:
        clock = self._parts.clock
        return AcceptEvents(
            names=self._names,
            originals=self._originals,
            undoing=self._undoing,
            composer=self._composer,
            log=self._log,
            audit=RefusalAudit(log=self._log, clock=clock, fingerprint=self._fingerprints.text),
            clock=clock,
        )

    def _links(self) -> LinkVictims:
        return LinkVictims(cases=self._cases, recorder=self._recorder, clock=self._parts.clock)

    def _merges(self) -> WithdrawMerges:
        return WithdrawMerges(
            undoing=self._undoing, cases=self._cases, recorder=self._recorder, clock=self._parts.clock
        )

    def _persons(self) -> JoinPersons:
        persons = DatabasePersons(self._parts.pool)
        return JoinPersons(persons=persons, cases=self._cases, recorder=self._recorder, clock=self._parts.clock)

    def _doubts(self) -> ClearDoubts:
        doubts = DatabaseDoubts(self._parts.pool, sources=self._sources)
        return ClearDoubts(doubts=doubts, cases=self._cases, recorder=self._recorder, clock=self._parts.clock)

    def _receive_report(self) -> ReceiveReport:
        return ReceiveReport(
            book=DatabaseReportBook(self._parts.pool),
            recorder=self._recorder,
            vault=self._parts.vault,
            clock=self._parts.clock,
            fingerprints=self._fingerprints,
        )

    def _take_movement(self) -> TakeMovement:
        return TakeMovement(
            movements=self._movements,
            documents=self._documents,
            filing=self._filing,
            names=self._names,
            recorder=self._recorder,
            fingerprints=self._fingerprints,
            not_ours=NotOurs(registry=self._parts.numbers),
        )

    def _numbers(self) -> ConfirmPrisonNumber:
        return ConfirmPrisonNumber(
            confirmations=self._confirmations,
            cases=self._cases,
            recorder=self._recorder,
            clock=self._parts.clock,
            fingerprints=self._fingerprints,
        )

    def _withdrawals(self) -> WithdrawPrisonNumber:
        return WithdrawPrisonNumber(
            confirmations=self._confirmations,
            movements=self._movements,
            originals=self._originals,
            cases=self._cases,
            recorder=self._recorder,
            clock=self._parts.clock,
            fingerprints=self._fingerprints,
        )

    def _desk(self, movements: TakeMovement) -> OfficerDesk:
        """Whose decision it is what follows, by the format of the message."""
        hearings = HearingDecisions(self._hearings)
        renumberings = Renumberings(
            movements=self._movements,
            take=movements,
            documents=self._documents,
            filing=self._filing,
            confirmations=self._confirmations,
            recorder=self._recorder,
            clock=self._parts.clock,
            fingerprints=self._fingerprints,
        )
        decisions: dict[DocumentKind, Decisions] = {
            DocumentKind.HEARING: hearings,
            DocumentKind.HEARING_RESULT: hearings,
            DocumentKind.HEARING_DELETION: hearings,
            DocumentKind.MOVEMENT: MovementDecisions(movements, renumberings, self._movements),
        }
        return OfficerDesk(documents=self._documents, opening=self._filing, decisions=decisions)


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
        digest_keys=settings.digest_keys,
        numbers=foundation.registry,
        progress={"issuer": foundation.issuer.answers},
        https=settings.public_url.startswith("https://"),
        reports_per_hour=settings.reports_per_hour,
        documents_kept=timedelta(days=settings.documents_kept_days),
        deletion_held=timedelta(minutes=settings.hearing_deletion_held_minutes),
    )
