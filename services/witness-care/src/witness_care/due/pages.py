"""The officer's pages: what is due, in plain words, with what an officer does about it."""

from importlib.resources import files
from typing import Annotated

from chassis.clock import Clock
from chassis.security.bearer import PrincipalOf
from chassis.security.principal import Principal
from chassis.security.signin import SignIn
from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from witness_care.due.caseload import Caseload
from witness_care.due.desk_page import Pages
from witness_care.handover.forms import ContactForm
from witness_care.handover.handover import Desk
from witness_care.handover.pages import taking_over_router


def web_router(desk: Desk, caseload: Caseload, *, signin: SignIn, clock: Clock) -> APIRouter:
    """The pages, their forms and their style sheet; all but the sheet need an officer signed in."""
    router = APIRouter(include_in_schema=False)
    pages = Pages(caseload, clock)
    reading, writing = _officer(signin.page), _officer(signin.session)
    reader, writer = Depends(reading), Depends(writing)
    router.include_router(taking_over_router(desk, pages, reading=reading, writing=writing, clock=clock))

    @router.get("/")
    async def due(caller: Annotated[Principal, reader], said: str = "") -> Response:
        return await pages.desk(caller.subject, said=said)

    @router.post("/contact")
    async def contact(caller: Annotated[Principal, writer], form: Annotated[ContactForm, Form()]) -> Response:
        if entered := form.entered():
            return await pages.desk(caller.subject, entered=entered)
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


_STYLE = (files("witness_care.due") / "static" / "desk.css").read_bytes()
