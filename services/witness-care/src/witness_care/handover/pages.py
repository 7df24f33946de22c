"""Taking over on the page: a victim from nobody, or a colleague's, one or many at once."""

from typing import Annotated

from chassis.clock import Clock
from chassis.security.bearer import PrincipalOf
from chassis.security.principal import Principal
from contracts.ids import EventId
from fastapi import APIRouter, Depends, Form, Response
from fastapi.responses import RedirectResponse

from witness_care.due.desk_page import Pages
from witness_care.handover.forms import ColleagueForm, HandoverForm, TakeOverForm
from witness_care.handover.handover import Desk


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
        if entered := form.entered():
            return await pages.desk(caller.subject, entered=entered)
        person = form.person(officer=caller.subject)
        await desk.take_over_from(form.victim, person, giver=None, event_id=EventId(clock.new_id()))
        return RedirectResponse("/?said=taken-over", status_code=303)

    @router.post("/handover")
    async def handover(caller: Annotated[Principal, writer], form: Annotated[HandoverForm, Form()]) -> Response:
        if entered := form.entered():
            return await pages.colleague(caller.subject, form.giver, entered=entered)
        wanted = {victim: EventId(clock.new_id()) for victim in form.victims}
        missed = await desk.take_over_each_from(wanted, form.person(officer=caller.subject), giver=form.giver)
        return RedirectResponse("/?said=some-taken-over" if missed else "/?said=taken-over", status_code=303)

    return router
