"""Saying on the page what became of a wish."""

from typing import Annotated

from chassis.security.principal import Principal
from chassis.security.signin import SignIn
from fastapi import APIRouter, Depends, Form, Request, Response

from witness_care.answers.answers import Answers
from witness_care.answers.forms import AnswerForm
from witness_care.due.desk_page import DeskPage
from witness_care.due.flash import Done, back_to_desk
from witness_care.due.page_frame import an_officer


def answer_pages(answers: Answers, desk: DeskPage, *, signin: SignIn) -> APIRouter:
    """The form stands on the page of what is due, and comes again there when something is missing."""
    router = APIRouter(include_in_schema=False)
    writer = Depends(an_officer(signin.session))

    @router.post("/wish")
    async def answer(
        caller: Annotated[Principal, writer], form: Annotated[AnswerForm, Form()], request: Request
    ) -> Response:
        if entered := form.entered():
            return await desk.of(caller, session=signin.session_id(request), entered=entered)
        await answers.record(form.victim, form.answer(by=caller.subject))
        return back_to_desk(Done.WISH)

    return router
