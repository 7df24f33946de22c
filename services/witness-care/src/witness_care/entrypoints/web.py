"""The officer's page: what is due, in plain words, with the two things an officer does about it."""

from datetime import datetime
from importlib.resources import files
from typing import Annotated

from chassis.clock import Clock
from chassis.security.bearer import PrincipalOf
from chassis.security.principal import Principal
from chassis.security.signin import SignIn
from contracts.ids import UUID_TEXT, ContactId, DutyKey, EventId, NewsId, VictimId
from contracts.shape import Line
from contracts.witness_care import ContactManner, ContactRole
from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, PackageLoader, Template
from pydantic import BaseModel

from witness_care.application.caseload import Caseload
from witness_care.application.desk import Desk
from witness_care.domain.contact import Contact, ContactPerson
from witness_care.entrypoints.page import MANNERS, shown

_SAID = {"contact": "The contact is recorded.", "taken-over": "You are now the single point of contact."}


def web_router(desk: Desk, caseload: Caseload, *, signin: SignIn, clock: Clock) -> APIRouter:
    """The page at `/`, its two forms and its style sheet; all but the sheet need an officer signed in."""
    router = APIRouter(include_in_schema=False)
    page = _template()
    reader, writer = Depends(_officer(signin.page)), Depends(_officer(signin.session))

    @router.get("/")
    async def due(caller: Annotated[Principal, reader], said: str = "") -> HTMLResponse:
        mine, unassigned = await caseload.of(caller.subject)
        lists = {"mine": shown(mine, new_id=clock.new_id), "unassigned": shown(unassigned, new_id=clock.new_id)}
        return HTMLResponse(page.render(**lists, roles=list(ContactRole), manners=MANNERS, done=_SAID.get(said)))

    @router.post("/take-over")
    async def take_over(caller: Annotated[Principal, writer], form: Annotated[TakeOverForm, Form()]) -> Response:
        person = ContactPerson(
            officer=caller.subject, role=form.role, name=form.name, phone=form.phone or None, email=None
        )
        await desk.take_over(form.victim, person, event_id=EventId(clock.new_id()))
        return RedirectResponse("/?said=taken-over", status_code=303)

    @router.post("/contact")
    async def contact(caller: Annotated[Principal, writer], form: Annotated[ContactForm, Form()]) -> Response:
        await desk.record_contact(form.victim, form.contact(by=caller.subject, at=await caseload.now()))
        return RedirectResponse("/?said=contact", status_code=303)

    @router.get("/static/desk.css")
    async def style() -> Response:
        return Response(_STYLE, media_type="text/css", headers={"Cache-Control": "max-age=300"})

    return router


class TakeOverForm(BaseModel):
    """Who takes over, as the victim will see them."""

    victim: Annotated[VictimId, UUID_TEXT]
    name: Line
    role: ContactRole
    phone: str = ""


class ContactForm(BaseModel):
    """A contact made just now. Each ticked item is `news ids|duty keys`, comma-separated."""

    victim: Annotated[VictimId, UUID_TEXT]
    contact_id: Annotated[ContactId, UUID_TEXT]
    how: ContactManner
    told: list[str] = []

    def contact(self, *, by: str, at: datetime) -> Contact:
        """The contact that the form describes."""
        pairs = [token.partition("|") for token in self.told]
        return Contact(
            contact_id=self.contact_id,
            made_at=at,
            how=self.how,
            made_by=by,
            news_ids=tuple({NewsId(one): None for news, _, _ in pairs for one in news.split(",") if one}),
            duty_keys=tuple({DutyKey(one): None for _, _, keys in pairs for one in keys.split(",") if one}),
        )


def _officer(signed_in: PrincipalOf) -> PrincipalOf:
    async def officer(request: Request) -> Principal:
        principal = await signed_in(request)
        principal.demand_role("officer")
        return principal

    return officer


def _template() -> Template:
    folder = PackageLoader("witness_care.entrypoints", "templates")
    return Environment(loader=folder, autoescape=True, trim_blocks=True, lstrip_blocks=True).get_template("desk.html")


_STYLE = (files("witness_care.entrypoints") / "static" / "desk.css").read_bytes()
