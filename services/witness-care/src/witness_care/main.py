"""Composition root: settings, then adapters, then application, then entrypoints."""

from chassis.aggregates import Repository
from chassis.foundation import Foundation, open_foundation
from chassis.http.app import create_app
from chassis.http.readiness import Readiness, database_answers
from chassis.log.http import log_router
from chassis.service import run_service
from contracts.topics import INTAKE, JOURNEY, NOTIFICATIONS, WITNESS_CARE
from fastapi import FastAPI

from witness_care.care.care import VictimCare
from witness_care.care.care_store import LoggedCareStore
from witness_care.care.published_events import SOURCE
from witness_care.care.refusals import PROBLEMS
from witness_care.due.caseload_store import DeskCaseload
from witness_care.due.consumer import subscriptions
from witness_care.due.desk_tables import KNOWN, DeskWriter
from witness_care.due.http import desk_router
from witness_care.due.pages import web_router
from witness_care.handover.handover import Desk
from witness_care.settings import WitnessCareSettings


async def serve(settings: WitnessCareSettings) -> None:
    """Run the desk until told to stop."""
    async with open_foundation(settings) as foundation:
        consumer = foundation.consumer(
            "witness-care",
            subscriptions(DeskWriter(), known=KNOWN, log_urls=_log_urls(settings)),
        )
        readiness = {"database": database_answers(foundation.pool), "consumer": consumer.ready}
        app = build_app(foundation, readiness=readiness)
        await run_service(app, settings=settings, tasks=[consumer.run])


def build_app(foundation: Foundation, *, readiness: Readiness) -> FastAPI:
    """The application on an open foundation; tests serve it without a consumer."""
    care = Repository[VictimCare](category="care", source=SOURCE, composer=foundation.composer)
    desk = Desk(LoggedCareStore(foundation.pool, care, epoch=foundation.epoch))
    caseload = DeskCaseload(foundation.pool, foundation.opener)
    signin = foundation.signin("witness-care")
    return create_app(
        "Throughline witness care",
        routers=[
            desk_router(desk, caseload, bearer=foundation.bearer, clock=foundation.clock),
            web_router(desk, caseload, signin=signin, clock=foundation.clock),
            signin.router(),
            log_router(foundation.pool, foundation.bearer, topic=WITNESS_CARE.name),
        ],
        readiness=readiness,
        problem_for=PROBLEMS,
        https=foundation.settings.public_url.startswith("https://"),
        registry=foundation.registry,
    )


def _log_urls(settings: WitnessCareSettings) -> dict[str, str]:
    return {
        INTAKE.name: settings.intake_url,
        JOURNEY.name: settings.journey_url,
        NOTIFICATIONS.name: settings.notifications_url,
    }
