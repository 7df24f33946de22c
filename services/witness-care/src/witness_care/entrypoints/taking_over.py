"""Taking over a victim on the page: from nobody, or from the colleague whom the page showed."""

from typing import Annotated

from chassis.clock import Clock
from chassis.security.bearer import PrincipalOf
from chassis.security.principal import Principal
from contracts.ids import EventId
from fastapi import APIRouter, Depends, Form, Response
from fastapi.responses import RedirectResponse

from witness_care.application.desk import Desk
from witness_care.entrypoints.forms import ColleagueForm, TakeOverForm
from witness_care.entrypoints.rendering import Pages


def taking_over_router(
    desk: Desk, pages: Pages, *, reading: PrincipalOf, writing: PrincipalOf, clock: Clock
) -> APIRouter:
    """Who has which victims is asked for by a form: no address names an officer or a victim."""
    router = APIRouter(include_in_schema=False)
    reader, writer = Depends(reading), Depends(writing)

    @router.get("/colleagues")
    async def colleagues(caller: Annotated[Principal, reader]) -> Response:
        return await pages.colleagues(caller.subject)

    @router.post("/colleagues")
    async def colleague(caller: Annotated[Principal, reader], form: Annotated[ColleagueForm, Form()]) -> Response:
        return await pages.colleague(caller.subject, form.colleague)

    @router.post("/take-over")
    async def take_over(caller: Annotated[Principal, writer], form: Annotated[TakeOverForm, Form()]) -> Response:
        if (entered := form.entered()) and form.giver:
            return await pages.colleague(caller.subject, form.giver, entered=entered)
        if entered:
            return await pages.desk(caller.subject, entered=entered)
        person, giver = form.person(officer=caller.subject), form.giver or None
        await desk.take_over_from(form.victim, person, giver=giver, event_id=EventId(clock.new_id()))
        return RedirectResponse("/?said=taken-over", status_code=303)

    return router
