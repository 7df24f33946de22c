"""The officer's page: what is due, in plain words, with the two things an officer does about it."""

from importlib.resources import files
from typing import Annotated

from chassis.clock import Clock
from chassis.security.bearer import PrincipalOf
from chassis.security.principal import Principal
from chassis.security.signin import SignIn
from contracts.ids import EventId
from contracts.witness_care import ContactRole
from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, PackageLoader, Template

from witness_care.application.caseload import Caseload
from witness_care.application.desk import Desk
from witness_care.entrypoints.forms import ContactForm, Entered, TakeOverForm
from witness_care.entrypoints.page import MANNERS, shown

_SAID = {"contact": "The contact is recorded.", "taken-over": "You are now the single point of contact."}


def web_router(desk: Desk, caseload: Caseload, *, signin: SignIn, clock: Clock) -> APIRouter:
    """The page at `/`, its two forms and its style sheet; all but the sheet need an officer signed in."""
    router = APIRouter(include_in_schema=False)
    page = _template()
    reader, writer = Depends(_officer(signin.page)), Depends(_officer(signin.session))

    async def rendered(officer: str, *, entered: Entered | None = None, said: str = "") -> HTMLResponse:
        mine, unassigned = await caseload.of(officer)
        lists = {
            "mine": shown(mine, new_id=clock.new_id, entered=entered),
            "unassigned": shown(unassigned, new_id=clock.new_id, entered=entered),
        }
        words = {"roles": list(ContactRole), "manners": MANNERS, "done": _SAID.get(said)}
        return HTMLResponse(page.render(**lists, **words), status_code=422 if entered else 200)

    @router.get("/")
    async def due(caller: Annotated[Principal, reader], said: str = "") -> HTMLResponse:
        return await rendered(caller.subject, said=said)

    @router.post("/take-over")
    async def take_over(caller: Annotated[Principal, writer], form: Annotated[TakeOverForm, Form()]) -> Response:
        if entered := form.entered():
            return await rendered(caller.subject, entered=entered)
        person = form.person(officer=caller.subject)
        await desk.take_over(form.victim, person, event_id=EventId(clock.new_id()))
        return RedirectResponse("/?said=taken-over", status_code=303)

    @router.post("/contact")
    async def contact(caller: Annotated[Principal, writer], form: Annotated[ContactForm, Form()]) -> Response:
        if entered := form.entered():
            return await rendered(caller.subject, entered=entered)
        await desk.record_contact(form.victim, form.contact(by=caller.subject, at=await caseload.now()))
        return RedirectResponse("/?said=contact", status_code=303)

    @router.get("/static/desk.css")
    async def style() -> Response:
        return Response(_STYLE, media_type="text/css", headers={"Cache-Control": "max-age=300"})

    return router


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
