"""Composition root: the only place that sees every room."""

from chassis.aggregates import Repository
from chassis.foundation import Foundation, open_foundation
from chassis.http.app import create_app
from chassis.http.readiness import Readiness, database_answers
from chassis.log.http import log_router
from chassis.security.signin import SignIn
from chassis.service import run_service
from contracts.topics import INTAKE, JOURNEY, NOTIFICATIONS, WITNESS_CARE
from fastapi import APIRouter, FastAPI

from witness_care.access.grants import Grants
from witness_care.access.http import access_router
from witness_care.care.care import VictimCare
from witness_care.care.care_store import LoggedCareStore
from witness_care.care.published_events import SOURCE
from witness_care.care.refusals import EXPLAINED, PROBLEMS
from witness_care.contacts.contact_store import LoggedContactStore
from witness_care.contacts.contacts import Contacts
from witness_care.contacts.http import contacts_router
from witness_care.contacts.pages import contact_pages
from witness_care.due.caseload_store import DeskCaseload
from witness_care.due.consumer import subscriptions
from witness_care.due.desk_page import DeskPage
from witness_care.due.desk_tables import KNOWN, DeskWriter
from witness_care.due.http import due_router
from witness_care.due.pages import due_pages
from witness_care.handover.colleague_page import ColleaguePages
from witness_care.handover.colleague_store import DeskColleagues
from witness_care.handover.handover import Handover
from witness_care.handover.http import handover_router
from witness_care.handover.pages import handover_pages
from witness_care.settings import WitnessCareSettings


async def serve(settings: WitnessCareSettings) -> None:
    """Run the desk until told to stop."""
    async with open_foundation(settings) as foundation:
        consumer = foundation.consumer(
            "witness-care",
            subscriptions(DeskWriter(), known=KNOWN, log_urls=_log_urls(settings)),
        )
        readiness = {
            "database": database_answers(foundation.pool),
            "issuer": foundation.bearer.ready,
            "consumer": consumer.ready,
        }
        app = build_app(foundation, readiness=readiness)
        await run_service(app, settings=settings, tasks=[consumer.run])


def build_app(foundation: Foundation, *, readiness: Readiness) -> FastAPI:
    """The application on an open foundation; tests serve it without a consumer."""
    signin = foundation.signin("witness-care")
    return create_app(
        "Throughline witness care",
        routers=[
            *_rooms(foundation, signin),
            signin.router(),
            log_router(foundation.pool, foundation.bearer, topic=WITNESS_CARE.name),
        ],
        readiness=readiness,
        problem_for=PROBLEMS,
        explained=EXPLAINED,
        https=foundation.settings.public_url.startswith("https://"),
        registry=foundation.registry,
        forms_lead_to=signin.forms_lead_to,
    )


def _rooms(foundation: Foundation, signin: SignIn) -> list[APIRouter]:
    pool, opener, bearer, clock = foundation.pool, foundation.opener, foundation.bearer, foundation.clock
    repository = Repository[VictimCare](category="care", source=SOURCE, composer=foundation.composer)
    care = LoggedCareStore(pool, repository, epoch=foundation.epoch)
    handover, contacts = Handover(care), Contacts(LoggedContactStore(pool, care))
    caseload, colleagues = DeskCaseload(pool, opener), DeskColleagues(pool, opener)
    desk = DeskPage(caseload, clock)
    return [
        handover_router(handover, bearer=bearer, clock=clock),
        due_router(caseload, bearer=bearer),
        contacts_router(contacts, bearer=bearer),
        access_router(Grants(care), bearer=bearer, clock=clock),
        due_pages(desk, signin=signin),
        contact_pages(contacts, desk, signin=signin),
        handover_pages(handover, desk, ColleaguePages(colleagues, clock), signin=signin, clock=clock),
    ]


def _log_urls(settings: WitnessCareSettings) -> dict[str, str]:
    return {
        INTAKE.name: settings.intake_url,
        JOURNEY.name: settings.journey_url,
        NOTIFICATIONS.name: settings.notifications_url,
    }
