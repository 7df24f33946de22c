"""Composition root: settings -> adapters -> application -> entrypoints."""

import base64
import logging
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta

import httpx2
from chassis.clock import Clock, SystemClock
from chassis.consumer.wiring import kafka_consumer
from chassis.database import Pool, open_pool
from chassis.http.app import create_app
from chassis.http.metrics import process_registry
from chassis.http.readiness import database_answers, progress_within
from chassis.log.epoch import join_epoch
from chassis.log.http import log_router
from chassis.logging import configure_logging
from chassis.security.bearer import Bearer
from chassis.security.issuer import Issuer
from chassis.security.tokens import AccessTokens, ClientCredentials
from chassis.service import BackgroundTask, run_service
from chassis.telemetry import telemetry
from chassis.timers import TimerRunner
from chassis.vault.composing import EventComposer
from chassis.vault.port import Vault
from chassis.vault.postgres import PostgresVault
from contracts.notifications import ChannelKind
from contracts.topics import JOURNEY, NOTIFICATIONS, WITNESS_CARE
from fastapi import FastAPI

from notifications.adapters.holidays import officer_calendar
from notifications.adapters.postgres.ledgers import Means, PostgresLedgers
from notifications.adapters.postgres.reports import PostgresReports
from notifications.adapters.providers.nobody import Nobody
from notifications.adapters.providers.notify import Notify, NotifySettings
from notifications.adapters.providers.smtp import Smtp, SmtpSettings
from notifications.adapters.vault_seals import VaultSeals
from notifications.application.courier import Courier
from notifications.application.providers import Provider
from notifications.entrypoints.alarms import alarm_handlers
from notifications.entrypoints.consumer import subscriptions
from notifications.entrypoints.http import PromiseDoor, promise_router, seen_router
from notifications.entrypoints.http_reports import reports_router
from notifications.entrypoints.reconciling import Reconciler
from notifications.entrypoints.rounds import Rounds
from notifications.settings import NotificationsSettings

MOST_IDLE = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Parts:
    """What a notifications process is made of; tests put fakes in."""

    pool: Pool
    vault: Vault
    bearer: Bearer
    clock: Clock
    http: httpx2.AsyncClient
    tokens: Mapping[str, AccessTokens]
    providers: Mapping[ChannelKind, Provider]
    settings: NotificationsSettings


async def open_notifications(parts: Parts) -> tuple[FastAPI, list[BackgroundTask]]:
    """The application, and the tasks that must run beside it."""
    settings, pool, clock, registry = parts.settings, parts.pool, parts.clock, process_registry()
    composer = EventComposer(parts.vault, base64.b64decode(settings.digest_key.get_secret_value()))
    ledgers = PostgresLedgers(pool, Means(composer, await join_epoch(pool), clock, officer_calendar()))
    seals, reports = VaultSeals(parts.vault), PostgresReports(pool)
    courier = Courier(ledgers, providers=parts.providers, seals=seals, clock=clock, home=settings.home_page)
    rounds = Rounds(pool, ledgers=ledgers, courier=courier, clock=clock)
    timers = TimerRunner(pool, handlers=alarm_handlers(ledgers), clock=clock, registry=registry)
    consumer = kafka_consumer(
        "notifications",
        pool=pool,
        bootstrap=settings.kafka_bootstrap,
        subscriptions=subscriptions(
            ledgers, journey_log_url=settings.journey_log_url, witness_care_log_url=settings.witness_care_log_url
        ),
        clock=clock,
        http=parts.http,
        tokens=parts.tokens,
        registry=registry,
    )
    door = PromiseDoor(ledgers, seals, parts.bearer, clock)
    app = create_app(
        "notifications",
        routers=[
            promise_router(door),
            seen_router(door),
            reports_router(reports, parts.bearer),
            log_router(pool, parts.bearer, topic=NOTIFICATIONS.name),
        ],
        readiness={
            "database": database_answers(pool),
            "timers": timers.ready,
            "courier": progress_within(MOST_IDLE, clock=clock, last=lambda: rounds.last),
        },
        https=settings.public_url.startswith("https://"),
        registry=registry,
    )
    return app, [consumer.run, timers.run, rounds.run, Reconciler(reports, registry=registry).run]


async def serve(settings: NotificationsSettings) -> None:
    """Serve until told to stop."""
    configure_logging("notifications", level=settings.log_level)
    # The client logs what Notify answers, and an answer may repeat what was sent.
    logging.getLogger("notifications_python_client").setLevel(logging.CRITICAL)
    clock = SystemClock()
    async with AsyncExitStack() as stack:
        stack.enter_context(telemetry("notifications", endpoint=settings.otlp_endpoint))
        http = await stack.enter_async_context(httpx2.AsyncClient(timeout=5.0))
        pool = await stack.enter_async_context(open_pool(settings.database_url.get_secret_value(), size=16))
        vault_pool = await stack.enter_async_context(open_pool(settings.vault_url.get_secret_value(), size=4))
        issuer = Issuer(settings.issuer, http=http, clock=clock)
        parts = Parts(
            pool=pool,
            vault=PostgresVault(vault_pool, kek=base64.b64decode(settings.vault_kek.get_secret_value()), clock=clock),
            bearer=Bearer(issuer=settings.issuer, audience=settings.audience, keys=issuer, clock=clock),
            clock=clock,
            http=http,
            tokens=_tokens(settings, issuer=issuer, http=http, clock=clock),
            providers=providers_of(settings, clock=clock),
            settings=settings,
        )
        app, tasks = await open_notifications(parts)
        await run_service(app, settings=settings, tasks=tasks)


def providers_of(settings: NotificationsSettings, *, clock: Clock) -> Mapping[ChannelKind, Provider]:
    """Who carries what; a channel without a provider goes to nobody, and so to an officer."""
    carriers: dict[ChannelKind, Provider] = dict.fromkeys(ChannelKind, Nobody())
    if settings.notify_api_key is not None:
        notify = NotifySettings(settings.notify_api_key, settings.notify_base_url, settings.notify_templates)
        return carriers | dict.fromkeys(settings.notify_templates, Notify(notify))
    smtp = SmtpSettings(
        host=settings.smtp_host or "",
        port=settings.smtp_port,
        sender=settings.smtp_sender,
        username=settings.smtp_username,
        password=settings.smtp_password,
        start_tls=settings.smtp_start_tls,
    )
    return carriers | {ChannelKind.EMAIL: Smtp(smtp, clock=clock)}


def _tokens(
    settings: NotificationsSettings, *, issuer: Issuer, http: httpx2.AsyncClient, clock: Clock
) -> Mapping[str, AccessTokens]:
    """Our own tokens to read the owners' logs, by topic."""
    audiences = {JOURNEY.name: settings.journey_audience, WITNESS_CARE.name: settings.witness_care_audience}
    return {
        topic: ClientCredentials(
            issuer,
            client_id=settings.client_id,
            secret=settings.client_secret,
            audience=audience,
            http=http,
            clock=clock,
            scope="log:read",
        )
        for topic, audience in audiences.items()
    }
