"""Taking over on the page: a victim from nobody, or a colleague's, one or many at once."""

from typing import Annotated

from chassis.clock import Clock
from chassis.security.principal import Principal
from chassis.security.signin import SignIn
from contracts.ids import EventId
from fastapi import APIRouter, Depends, Form, Request, Response

from witness_care.due.desk_page import DeskPage
from witness_care.due.flash import Done, back_to_desk
from witness_care.due.page_frame import an_officer
from witness_care.handover.colleague_page import ColleaguePages
from witness_care.handover.forms import ColleagueForm, HandoverForm, TakeOverForm
from witness_care.handover.handover import Handover


def handover_pages(
    handover: Handover, desk: DeskPage, colleagues: ColleaguePages, *, signin: SignIn, clock: Clock
) -> APIRouter:
    """Who has which victims is asked for by a form: no address names an officer or a victim."""
    router = APIRouter(include_in_schema=False)
    reader, writer = Depends(an_officer(signin.page)), Depends(an_officer(signin.session))

    @router.get("/colleagues")
    async def choice(caller: Annotated[Principal, reader]) -> Response:
        return await colleagues.choice(caller)

    @router.post("/colleagues")
    async def chosen(caller: Annotated[Principal, reader], form: Annotated[ColleagueForm, Form()]) -> Response:
        return await colleagues.chosen(caller, form.colleague)

    @router.post("/take-over")
    async def take_over(
        caller: Annotated[Principal, writer], form: Annotated[TakeOverForm, Form()], request: Request
    ) -> Response:
        if entered := form.entered(caller):
            return await desk.of(caller, session=signin.session_id(request), entered=entered)
        person = form.person(caller)
        taking = form.takeover_id or EventId(clock.new_id())
        await handover.take_over_from(form.victim, person, giver=None, event_id=taking)
        return back_to_desk(Done.TAKEN_OVER)

    @router.post("/handover")
    async def take_over_each(caller: Annotated[Principal, writer], form: Annotated[HandoverForm, Form()]) -> Response:
        if entered := form.entered(caller):
            return await colleagues.chosen(caller, form.giver, entered=entered)
        takings = form.takings(new_id=clock.new_id)
        missed = await handover.take_over_each_from(takings, form.person(caller), giver=form.giver)
        return back_to_desk(Done.SOME_TAKEN_OVER if missed else Done.TAKEN_OVER)

    return router
