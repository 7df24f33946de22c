"""What waits for an officer's decision: looked at, read and decided on one page."""

from typing import Annotated

from chassis.security.principal import Principal
from chassis.security.signin import SignIn
from fastapi import APIRouter, Depends, Form, Request, Response
from pydantic import StringConstraints

from witness_care.due.flash import Done, back_to, said_once, words_of
from witness_care.due.forms import PageForm
from witness_care.due.page_frame import an_officer
from witness_care.elsewhere.peer import Said
from witness_care.elsewhere.wording import why_not
from witness_care.questions.page import QuestionsPage
from witness_care.questions.questions import Asking, Content, Verdict


class QuestionForm(PageForm):
    """One message."""

    document_id: Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^[\x21-\x7e]+$")]


class VerdictForm(QuestionForm):
    """What is made of it."""

    verdict: Verdict


def question_pages(asking: Asking, page: QuestionsPage, *, signin: SignIn) -> APIRouter:
    """For officers."""
    router = APIRouter(include_in_schema=False)
    Reader = Annotated[Principal, Depends(an_officer(signin.page))]  # noqa: N806 a type
    Writer = Annotated[Principal, Depends(an_officer(signin.session))]  # noqa: N806 a type

    @router.get("/questions")
    async def questions(_: Reader, request: Request) -> Response:
        answer = page.of(await asking.waiting(signin.session_id(request)), done=words_of(request))
        said_once(request, answer)
        return answer

    @router.post("/questions/content")
    async def content(_: Writer, form: Annotated[QuestionForm, Form()], request: Request) -> Response:
        session = signin.session_id(request)
        found, said = await asking.waiting(session), await asking.content(session, form.document_id)
        if isinstance(said, Content):
            return page.of(found, read=(form.document_id, said.content))
        return page.of(found, mistake=why_not(said))

    @router.post("/questions/verdict")
    async def verdict(_: Writer, form: Annotated[VerdictForm, Form()], request: Request) -> Response:
        session = signin.session_id(request)
        outcome = await asking.decide(session, form.document_id, form.verdict)
        if isinstance(outcome, Said):
            return back_to("/questions", Done.QUESTION)
        return page.of(await asking.waiting(session), mistake=why_not(outcome))

    return router
