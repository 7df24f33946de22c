"""Composition root: settings, then stores, then use cases, then what the world says to them."""

from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

from chassis.database import Pool
from chassis.foundation import Foundation, open_foundation
from chassis.http.app import create_app
from chassis.http.problems import NotFound
from chassis.http.readiness import Readiness, database_answers
from chassis.log.http import log_router
from chassis.security.bearer import Bearer
from chassis.security.sessions import SessionLimits
from chassis.security.signin import SignIn
from chassis.service import run_service
from chassis.timers import TimerRunner
from chassis.vault.opening import Opener
from chassis.working_days import england_and_wales
from contracts.topics import INTAKE, JOURNEY, NOTIFICATIONS, WITNESS_CARE
from fastapi import FastAPI
from prometheus_client import CollectorRegistry

from journey.access.access import Access
from journey.access.store import GrantTable
from journey.duties.store import DutyTable
from journey.errors import UnknownVictim
from journey.facts.freshness_store import FreshnessTable
from journey.facts.heard_store import HeardTable
from journey.facts.news_store import NewsTable
from journey.facts.store import FactTable
from journey.facts.ties_store import TiesTables
from journey.facts.warnings_store import WarningTable
from journey.projection.consumer import subscriptions
from journey.projection.consumer_facts import fact_again
from journey.projection.intake_facts import IntakeProjection
from journey.projection.locking import Turns
from journey.projection.published_events import JourneyLog
from journey.projection.rebuilding import Looked, Rebuilding
from journey.projection.reported_back import ReportProjection
from journey.projection.settling import Settling
from journey.settings import JourneySettings
from journey.tellings.providers.notifications import HttpNotifications
from journey.tellings.record_store import Records
from journey.tellings.sightings import REPORT_SEEN, SightingReports, Sightings
from journey.tellings.store import TellingTable
from journey.timeline.choices import Choices
from journey.timeline.doorbell_store import Changes
from journey.timeline.http import nobody_there, victims_router
from journey.timeline.opening_store import OpenedFacts
from journey.timeline.pages import choice_router, public_router, web_router
from journey.timeline.reading import TimelineReader
from journey.timeline.store import TimelineTables

PORTAL_IDLE = SessionLimits(idle=timedelta(minutes=15))


@dataclass(frozen=True, slots=True)
class Parts:
    """What the HTTP side of a journey process is made of; tests put fakes in."""

    pool: Pool
    opener: Opener
    bearer: Bearer
    signin: SignIn
    changes: Changes
    registry: CollectorRegistry
    readiness: Readiness
    progress: Readiness = field(default_factory=dict)
    https: bool = True


def journey_app(parts: Parts) -> FastAPI:
    """The HTTP application."""
    access = Access(parts.pool, GrantTable())
    tables = TimelineTables()
    opening = OpenedFacts(parts.opener)
    reader, choices = TimelineReader(parts.pool, tables, opening), Choices(parts.pool, tables, opening)
    sightings = Sightings(parts.pool, TellingTable())
    return create_app(
        "Throughline journey",
        routers=[
            victims_router(bearer=parts.bearer, access=access, reader=reader, bells=parts.changes),
            web_router(
                signin=parts.signin,
                access=access,
                reader=reader,
                choices=choices,
                sightings=sightings,
                bells=parts.changes,
            ),
            choice_router(signin=parts.signin, access=access),
            public_router(),
            parts.signin.router(),
            log_router(parts.pool, parts.bearer, topic=JOURNEY.name),
        ],
        readiness=parts.readiness,
        progress=parts.progress,
        problem_for={UnknownVictim: nobody_there},
        explained={UnknownVictim: NotFound},
        https=parts.https,
        registry=parts.registry,
        forms_lead_to=parts.signin.forms_lead_to,
    )


def projections(log: JourneyLog) -> tuple[IntakeProjection, ReportProjection]:
    """The two projections over journey's tables, announcing to `log`."""
    facts, freshness, settling = FactTable(), FreshnessTable(), settling_over(log)
    turns = Turns()
    intake = IntakeProjection(
        turns=turns,
        facts=facts,
        ties=TiesTables(),
        settling=settling,
        announcements=log,
        freshness=freshness,
        victims=HeardTable(),
        warnings=WarningTable(),
    )
    reports = ReportProjection(
        turns=turns,
        facts=facts,
        tellings=TellingTable(),
        settling=settling,
        grants=GrantTable(),
        freshness=freshness,
    )
    return intake, reports


def settling_over(log: JourneyLog) -> Settling:
    """What keeps the journeys in journey's tables, announcing to `log`."""
    return Settling(
        records=Records(), news=NewsTable(), duties=DutyTable(), announcements=log, calendar=england_and_wales()
    )


async def rebuild(settings: JourneySettings) -> Looked:
    """Compute every journey anew and announce what is different, beside a service that runs."""
    async with open_foundation(settings) as foundation:
        settling = settling_over(JourneyLog(settings.digest_keys, foundation.epoch))
        return await Rebuilding(foundation.pool, settling, FactTable(), Turns(), fact_again).run()


async def serve(settings: JourneySettings) -> None:
    """Serve and project until told to stop."""
    async with open_foundation(settings) as foundation:
        intake, reports = projections(JourneyLog(settings.digest_keys, foundation.epoch))
        table = subscriptions(intake=intake, reports=reports, log_urls=_log_urls(settings))
        consumer = foundation.consumer("journey", table)
        timers = _timers(foundation, settings)
        changes = Changes()
        app = journey_app(
            Parts(
                pool=foundation.pool,
                opener=foundation.opener,
                bearer=foundation.bearer,
                signin=foundation.signin("journey", limits=PORTAL_IDLE, exit_url=str(settings.exit_url)),
                changes=changes,
                registry=foundation.registry,
                readiness={"database": database_answers(foundation.pool)},
                progress={
                    "issuer": foundation.issuer.answers,
                    "consumer": consumer.ready,
                    "timers": timers.ready,
                },
                https=settings.public_url.startswith("https://"),
            )
        )
        listen = partial(changes.listen, foundation.pool)
        await run_service(app, settings=settings, tasks=[consumer.run, timers.run, listen])


def _timers(foundation: Foundation, settings: JourneySettings) -> TimerRunner:
    tokens = foundation.tokens(settings.notifications_audience, scope="news:seen")
    notifications = HttpNotifications(foundation.http, str(settings.notifications_url), tokens)
    return TimerRunner(
        foundation.pool,
        handlers={REPORT_SEEN: SightingReports(notifications)},
        clock=foundation.clock,
        registry=foundation.registry,
    )


def _log_urls(settings: JourneySettings) -> dict[str, str]:
    return {
        INTAKE.name: str(settings.intake_url),
        NOTIFICATIONS.name: str(settings.notifications_url),
        WITNESS_CARE.name: str(settings.witness_care_url),
    }
