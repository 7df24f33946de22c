"""Composition root: settings, then stores, then use cases, then what the world says to them."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from chassis.clock import Clock
from chassis.foundation import Foundation, open_foundation
from chassis.http.app import create_app
from chassis.http.problems import InvalidContent, NotFound, PreconditionFailed, Problem
from chassis.http.readiness import Readiness, database_answers, progress_within
from chassis.log.http import log_router
from chassis.service import run_service
from chassis.timers import TimerRunner
from chassis.working_days import england_and_wales
from contracts.notifications import ChannelKind
from contracts.topics import NOTIFICATIONS
from fastapi import FastAPI

from notifications.agreeing.http import PromiseDoor, promise_router
from notifications.delivery.courier import Courier
from notifications.delivery.provider import Provider
from notifications.delivery.providers.nobody import Nobody
from notifications.delivery.providers.notify import Notify, NotifySettings
from notifications.delivery.providers.smtp import Smtp, SmtpSettings
from notifications.delivery.rounds import Rounds
from notifications.errors import NewsOfSomebodyElse, PromiseHasMoved, UnusableTerms
from notifications.hearing.alarms import alarm_handlers
from notifications.hearing.consumer import subscriptions
from notifications.hearing.http import seen_router
from notifications.ledger.store import Means, PostgresLedgers
from notifications.promise.seals_store import VaultSeals
from notifications.reports.http import reports_router
from notifications.reports.reconciling import Reconciler
from notifications.reports.store import PostgresReports
from notifications.settings import NotificationsSettings

EXPLAINED: Mapping[type[Exception], type[Problem]] = {
    UnusableTerms: InvalidContent,
    PromiseHasMoved: PreconditionFailed,
    NewsOfSomebodyElse: NotFound,
}
CONNECTIONS = 16
MOST_IDLE = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Working:
    """What works in the background. Only `rounds` has providers."""

    ledgers: PostgresLedgers
    reports: PostgresReports
    timers: TimerRunner
    rounds: Rounds
    reconciler: Reconciler


async def serve(settings: NotificationsSettings) -> None:
    """Keep promises until told to stop."""
    # The client logs what Notify answers, and an answer may repeat what was sent.
    logging.getLogger("notifications_python_client").setLevel(logging.CRITICAL)
    async with open_foundation(settings, connections=CONNECTIONS) as foundation:
        await _keep_promises(foundation, settings)


async def _keep_promises(foundation: Foundation, settings: NotificationsSettings) -> None:
    providers = providers_of(settings, clock=foundation.clock)
    working = build_working(foundation, providers=providers, home=settings.home_page)
    heard = subscriptions(
        working.ledgers,
        journey_log_url=settings.journey_log_url,
        witness_care_log_url=settings.witness_care_log_url,
    )
    consumer = foundation.consumer("notifications", heard)
    progress = {"consumer": consumer.ready, "timers": working.timers.ready}
    app = build_app(foundation, working, progress=progress)
    tasks = [consumer.run, working.timers.run, working.rounds.run, working.reconciler.run]
    await run_service(app, settings=settings, tasks=tasks)


def build_working(foundation: Foundation, *, providers: Mapping[ChannelKind, Provider], home: str) -> Working:
    """The background on an open foundation."""
    pool, clock, registry = foundation.pool, foundation.clock, foundation.registry
    ledgers = PostgresLedgers(pool, Means(foundation.composer, foundation.epoch, clock, england_and_wales()))
    courier = Courier(ledgers, providers=providers, seals=VaultSeals(foundation.vault), clock=clock, home=home)
    reports = PostgresReports(pool)
    return Working(
        ledgers=ledgers,
        reports=reports,
        timers=TimerRunner(pool, handlers=alarm_handlers(ledgers), clock=clock, registry=registry),
        rounds=Rounds(pool, ledgers=ledgers, courier=courier, clock=clock),
        reconciler=Reconciler(reports, registry=registry),
    )


def build_app(foundation: Foundation, working: Working, *, progress: Readiness) -> FastAPI:
    """The application on an open foundation; tests serve it without a consumer."""
    door = PromiseDoor(working.ledgers, VaultSeals(foundation.vault), foundation.bearer, foundation.clock)
    own = {
        "issuer": foundation.issuer.answers,
        "courier": progress_within(MOST_IDLE, clock=foundation.clock, last=lambda: working.rounds.last),
    }
    return create_app(
        "Throughline notifications",
        routers=[
            promise_router(door),
            seen_router(working.ledgers, foundation.bearer),
            reports_router(working.reports, working.ledgers, foundation.bearer),
            log_router(foundation.pool, foundation.bearer, topic=NOTIFICATIONS.name),
        ],
        readiness={"database": database_answers(foundation.pool)},
        progress={**own, **progress},
        explained=EXPLAINED,
        https=foundation.settings.public_url.startswith("https://"),
        registry=foundation.registry,
    )


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
