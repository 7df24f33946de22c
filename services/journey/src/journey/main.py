"""Composition root: settings -> adapters -> application -> entrypoints."""

import base64
from contextlib import AsyncExitStack
from dataclasses import dataclass

import httpx2
from chassis.clock import Clock, SystemClock
from chassis.consumer.consumer import Consumer
from chassis.consumer.wiring import kafka_consumer
from chassis.database import Pool, open_pool
from chassis.http.app import create_app
from chassis.http.metrics import process_registry
from chassis.http.readiness import database_answers
from chassis.log.epoch import join_epoch
from chassis.log.http import log_router
from chassis.logging import configure_logging
from chassis.security.bearer import Bearer
from chassis.security.issuer import Issuer
from chassis.security.tokens import AccessTokens, ClientCredentials
from chassis.service import run_service
from chassis.telemetry import telemetry
from chassis.timers import TimerRunner
from chassis.vault.opening import Opener
from chassis.vault.port import Vault
from chassis.vault.postgres import PostgresVault
from contracts.topics import INTAKE, JOURNEY, NOTIFICATIONS, WITNESS_CARE
from fastapi import FastAPI
from prometheus_client import CollectorRegistry

from journey.adapters.bank_holidays import england_and_wales
from journey.adapters.doorbell import Changes
from journey.adapters.opened_facts import OpenedFacts
from journey.adapters.providers.notifications import HttpNotifications
from journey.adapters.published_events import JourneyLog
from journey.adapters.read_models.duties import DutyTable
from journey.adapters.read_models.facts import FactTable
from journey.adapters.read_models.freshness import FreshnessTable
from journey.adapters.read_models.grants import GrantTable
from journey.adapters.read_models.matters import MatterTables
from journey.adapters.read_models.news import NewsTable
from journey.adapters.read_models.tellings import TellingTable
from journey.adapters.read_models.timelines import TimelineTables
from journey.application.access import Access
from journey.application.intake_facts import IntakeProjection
from journey.application.reports import ReportProjection
from journey.application.sightings import REPORT_SEEN, SightingReports
from journey.application.timelines import TimelineReader
from journey.domain.errors import UnknownVictim
from journey.entrypoints.consumer import subscriptions
from journey.entrypoints.http import nobody_there, victims_router
from journey.settings import JourneySettings


@dataclass(frozen=True, slots=True)
class Parts:
    """What the HTTP side of a journey process is made of; tests put fakes in."""

    pool: Pool
    vault: Vault
    bearer: Bearer
    changes: Changes
    registry: CollectorRegistry
    https: bool = True


def journey_app(parts: Parts) -> FastAPI:
    """The HTTP application."""
    access = Access(parts.pool, GrantTable())
    reader = TimelineReader(parts.pool, TimelineTables(), OpenedFacts(Opener(parts.vault)))
    return create_app(
        "journey",
        routers=[
            victims_router(bearer=parts.bearer, access=access, reader=reader, bells=parts.changes),
            log_router(parts.pool, parts.bearer, topic=JOURNEY.name),
        ],
        readiness={"database": database_answers(parts.pool)},
        problem_for={UnknownVictim: nobody_there},
        https=parts.https,
        registry=parts.registry,
    )


def projections(log: JourneyLog) -> tuple[IntakeProjection, ReportProjection]:
    """The two projections over journey's tables, announcing to `log`."""
    facts, duties, freshness = FactTable(), DutyTable(), FreshnessTable()
    intake = IntakeProjection(
        facts=facts,
        matters=MatterTables(),
        news=NewsTable(),
        duties=duties,
        announcements=log,
        freshness=freshness,
        calendar=england_and_wales(),
    )
    reports = ReportProjection(
        facts=facts,
        tellings=TellingTable(),
        duties=duties,
        grants=GrantTable(),
        announcements=log,
        freshness=freshness,
    )
    return intake, reports


async def serve(settings: JourneySettings) -> None:
    """Serve and project until told to stop."""
    configure_logging("journey", level=settings.log_level)
    clock, registry = SystemClock(), process_registry()
    async with AsyncExitStack() as stack:
        stack.enter_context(telemetry("journey", endpoint=settings.otlp_endpoint))
        http = await stack.enter_async_context(httpx2.AsyncClient(timeout=5.0))
        pool = await stack.enter_async_context(open_pool(settings.database_url.get_secret_value(), size=10))
        vault_pool = await stack.enter_async_context(open_pool(settings.vault_url.get_secret_value(), size=4))
        kek = base64.b64decode(settings.vault_kek.get_secret_value())
        issuer = Issuer(settings.issuer, http=http, clock=clock)
        parts = Parts(
            pool=pool,
            vault=PostgresVault(vault_pool, kek=kek, clock=clock),
            bearer=Bearer(issuer=settings.issuer, audience=settings.audience, keys=issuer, clock=clock),
            changes=Changes(settings.database_url),
            registry=registry,
            https=settings.public_url.startswith("https://"),
        )
        calls = Calls(settings, issuer, http, clock)
        projecting = await _consumer(calls, pool, registry)
        timers = TimerRunner(pool, handlers={REPORT_SEEN: calls.sightings()}, clock=clock, registry=registry)
        tasks = [projecting.run, timers.run, parts.changes.run]
        await run_service(journey_app(parts), settings=settings, tasks=tasks)


@dataclass(frozen=True, slots=True)
class Calls:
    """Our calls to other services, each with a token for its audience."""

    settings: JourneySettings
    issuer: Issuer
    http: httpx2.AsyncClient
    clock: Clock

    def tokens(self, audience: str, *, scope: str) -> AccessTokens:
        """Our own tokens for one audience."""
        return ClientCredentials(
            self.issuer,
            client_id=self.settings.client_id,
            secret=self.settings.client_secret,
            audience=audience,
            scope=scope,
            http=self.http,
            clock=self.clock,
        )

    def log_tokens(self) -> dict[str, AccessTokens]:
        """Per topic, tokens to read its owner's log."""
        audiences = {
            INTAKE.name: self.settings.intake_audience,
            NOTIFICATIONS.name: self.settings.notifications_audience,
            WITNESS_CARE.name: self.settings.witness_care_audience,
        }
        return {topic: self.tokens(audience, scope="log:read") for topic, audience in audiences.items()}

    def log_urls(self) -> dict[str, str]:
        """Per topic, the base address of its owner."""
        return {
            INTAKE.name: str(self.settings.intake_log_url),
            NOTIFICATIONS.name: str(self.settings.notifications_log_url),
            WITNESS_CARE.name: str(self.settings.witness_care_log_url),
        }

    def sightings(self) -> SightingReports:
        """Reports of sightings, to notifications."""
        tokens = self.tokens(self.settings.notifications_audience, scope="news:seen")
        return SightingReports(HttpNotifications(self.http, str(self.settings.notifications_log_url), tokens))


async def _consumer(calls: Calls, pool: Pool, registry: CollectorRegistry) -> Consumer:
    digest_key = base64.b64decode(calls.settings.digest_key.get_secret_value())
    intake, reports = projections(JourneyLog(digest_key, await join_epoch(pool)))
    return kafka_consumer(
        "journey",
        pool=pool,
        bootstrap=calls.settings.kafka_bootstrap,
        subscriptions=subscriptions(intake=intake, reports=reports, log_urls=calls.log_urls()),
        clock=calls.clock,
        http=calls.http,
        tokens=calls.log_tokens(),
        registry=registry,
    )
