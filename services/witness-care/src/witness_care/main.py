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
from witness_care.answers.answer_store import LoggedAnswerStore
from witness_care.answers.answers import Answers
from witness_care.answers.http import answers_router
from witness_care.answers.pages import answer_pages
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
from witness_care.due.neglect_alarms import NeglectAlarms
from witness_care.due.neglect_store import DeskNeglect
from witness_care.due.pages import due_pages
from witness_care.elsewhere.calling import HttpPeers
from witness_care.elsewhere.peer import Peer, Peers
from witness_care.handover.colleague_page import ColleaguePages
from witness_care.handover.colleague_store import DeskColleagues
from witness_care.handover.handover import Handover
from witness_care.handover.http import handover_router
from witness_care.handover.pages import handover_pages
from witness_care.person.looking import Looking
from witness_care.person.page import PersonPage
from witness_care.person.pages import person_pages
from witness_care.questions.page import QuestionsPage
from witness_care.questions.pages import question_pages
from witness_care.questions.questions import Asking
from witness_care.settings import WitnessCareSettings
from witness_care.telling.reading import Tellings


async def serve(settings: WitnessCareSettings) -> None:
    """Run the desk until told to stop."""
    async with open_foundation(settings) as foundation:
        consumer = foundation.consumer(
            "witness-care",
            subscriptions(DeskWriter(), known=KNOWN, log_urls=_log_urls(settings)),
        )
        alarms = NeglectAlarms(DeskNeglect(foundation.pool), registry=foundation.registry)
        progress = {"issuer": foundation.issuer.answers, "consumer": consumer.ready}
        app = build_app(foundation, progress=progress, settings=settings)
        await run_service(app, settings=settings, tasks=[consumer.run, alarms.watch])


def build_app(
    foundation: Foundation, *, progress: Readiness, settings: WitnessCareSettings, peers: Peers | None = None
) -> FastAPI:
    """The application on an open foundation; tests serve it without a consumer, and with other `peers`."""
    signin = foundation.signin("witness-care")
    peers = peers or peers_of(foundation, signin, settings)
    return create_app(
        "Throughline witness care",
        routers=[
            *_rooms(foundation, signin, peers),
            signin.router(),
            log_router(foundation.pool, foundation.bearer, topic=WITNESS_CARE.name),
        ],
        readiness={"database": database_answers(foundation.pool)},
        progress=progress,
        problem_for=PROBLEMS,
        explained=EXPLAINED,
        https=foundation.settings.public_url.startswith("https://"),
        registry=foundation.registry,
        forms_lead_to=signin.forms_lead_to,
    )


def peers_of(foundation: Foundation, signin: SignIn, settings: WitnessCareSettings) -> Peers:
    """The other services, asked as whoever is signed in by `signin`."""
    urls = {
        Peer.INTAKE: settings.intake_url,
        Peer.JOURNEY: settings.journey_url,
        Peer.NOTIFICATIONS: settings.notifications_url,
    }
    return HttpPeers(foundation.http, foundation.delegation(signin), urls)


def _rooms(foundation: Foundation, signin: SignIn, peers: Peers) -> list[APIRouter]:
    pool, opener, bearer, clock = foundation.pool, foundation.opener, foundation.bearer, foundation.clock
    repository = Repository[VictimCare](category="care", source=SOURCE, composer=foundation.composer)
    care = LoggedCareStore(pool, repository, epoch=foundation.epoch)
    handover, contacts = Handover(care), Contacts(LoggedContactStore(pool, care))
    answers = Answers(LoggedAnswerStore(care))
    caseload, colleagues = DeskCaseload(pool, opener), DeskColleagues(pool, opener)
    looking = Looking(caseload, peers)
    desk = DeskPage(caseload, Tellings(peers), clock)
    return [
        handover_router(handover, bearer=bearer, clock=clock),
        due_router(caseload, bearer=bearer),
        contacts_router(contacts, bearer=bearer),
        answers_router(answers, bearer=bearer),
        access_router(Grants(care), bearer=bearer, clock=clock),
        due_pages(desk, signin=signin),
        contact_pages(contacts, desk, signin=signin),
        answer_pages(answers, desk, signin=signin),
        *person_pages(looking, PersonPage(clock), signin=signin),
        question_pages(Asking(peers), QuestionsPage(clock), signin=signin),
        handover_pages(handover, desk, ColleaguePages(colleagues, clock), signin=signin, clock=clock),
    ]


def _log_urls(settings: WitnessCareSettings) -> dict[str, str]:
    return {
        INTAKE.name: settings.intake_url,
        JOURNEY.name: settings.journey_url,
        NOTIFICATIONS.name: settings.notifications_url,
    }
