"""Composition root: settings -> adapters -> application -> entrypoints."""

import base64
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import httpx2
from chassis.clock import Clock, SystemClock
from chassis.database import Pool, open_pool
from chassis.http.app import create_app
from chassis.http.readiness import database_answers
from chassis.log.appender import GroupCommit
from chassis.log.epoch import join_epoch
from chassis.log.http import log_router
from chassis.logging import configure_logging
from chassis.security.bearer import Bearer
from chassis.security.issuer import Issuer
from chassis.service import BackgroundTask, run_service
from chassis.telemetry import telemetry
from chassis.vault.composing import EventComposer
from chassis.vault.port import Vault
from chassis.vault.postgres import PostgresVault
from contracts.topics import INTAKE
from fastapi import FastAPI

from intake.adapters.guard import IdentityGuard
from intake.adapters.names import DatabaseNames
from intake.adapters.originals import DatabaseOriginals
from intake.adapters.records import DatabaseRecords
from intake.application.accepting import AcceptEvents
from intake.application.audit import RefusalAudit
from intake.application.drafting import SOURCE
from intake.application.fingerprints import Fingerprints
from intake.application.reading import ReadEvents
from intake.application.registry import ClientRegistry
from intake.entrypoints.events import events_router
from intake.entrypoints.problems import REFUSALS, problem_for
from intake.settings import IntakeSettings


@dataclass(frozen=True, slots=True)
class Parts:
    """What an intake process is made of; tests put fakes in."""

    pool: Pool
    vault: Vault
    bearer: Bearer
    clock: Clock
    registry: ClientRegistry
    digest_key: bytes
    https: bool = True


@asynccontextmanager
async def open_intake(parts: Parts) -> AsyncIterator[tuple[FastAPI, list[BackgroundTask]]]:
    """The application, and the tasks that must run beside it."""
    async with GroupCommit(parts.pool, await join_epoch(parts.pool), IdentityGuard()) as log:
        fingerprints = Fingerprints(parts.digest_key)
        accept = AcceptEvents(
            names=DatabaseNames(parts.pool),
            originals=DatabaseOriginals(parts.pool),
            composer=EventComposer(parts.vault, parts.digest_key),
            log=log,
            audit=RefusalAudit(log=log, clock=parts.clock, fingerprint=fingerprints.text),
            clock=parts.clock,
        )
        records = DatabaseRecords(parts.pool, sources=[*parts.registry.sources, SOURCE])
        app = create_app(
            "intake",
            routers=[
                events_router(accept=accept, read=ReadEvents(records), registry=parts.registry, bearer=parts.bearer),
                log_router(parts.pool, parts.bearer, topic=INTAKE.name),
            ],
            readiness={"database": database_answers(parts.pool)},
            problem_for=dict.fromkeys(REFUSALS, problem_for),
            https=parts.https,
        )
        yield app, [log.watch]


async def serve(settings: IntakeSettings) -> None:
    """Serve until told to stop."""
    configure_logging("intake", level=settings.log_level)
    clock = SystemClock()
    async with AsyncExitStack() as stack:
        stack.enter_context(telemetry("intake", endpoint=settings.otlp_endpoint))
        http = await stack.enter_async_context(httpx2.AsyncClient(timeout=5.0))
        pool = await stack.enter_async_context(open_pool(settings.database_url.get_secret_value(), size=10))
        vault_pool = await stack.enter_async_context(open_pool(settings.vault_url.get_secret_value(), size=4))
        issuer = Issuer(settings.issuer, http=http, clock=clock)
        parts = Parts(
            pool=pool,
            vault=PostgresVault(vault_pool, kek=base64.b64decode(settings.vault_kek.get_secret_value()), clock=clock),
            bearer=Bearer(issuer=settings.issuer, audience=settings.audience, keys=issuer, clock=clock),
            clock=clock,
            registry=ClientRegistry.from_toml(settings.publishers_file.read_text(encoding="utf-8")),
            digest_key=base64.b64decode(settings.digest_key.get_secret_value()),
            https=settings.public_url.startswith("https://"),
        )
        app, tasks = await stack.enter_async_context(open_intake(parts))
        await run_service(app, settings=settings, tasks=tasks)
