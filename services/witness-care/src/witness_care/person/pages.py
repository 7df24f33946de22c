"""The page of one victim: no address names them, the session knows whose page it is."""

from dataclasses import dataclass
from typing import Annotated, Final

from chassis.http.problems import NotFound
from chassis.security.principal import Principal
from chassis.security.signin import SignIn
from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from witness_care.due.flash import Done, back_to, said_once, words_of
from witness_care.due.page_frame import an_officer
from witness_care.elsewhere.peer import Outcome, Said
from witness_care.elsewhere.wording import why_not
from witness_care.person.forms import ActForm, DoubtForm, LinkForm, NumberForm, PersonForm, VictimOfForm, WithdrawalForm
from witness_care.person.looking import Looking
from witness_care.person.page import PersonPage

PATH: Final = "/person"
_NOBODY: Final = "There is nobody to show. Choose somebody on the page of what is due."


def person_pages(looking: Looking, page: PersonPage, *, signin: SignIn) -> list[APIRouter]:
    """Looking at a victim, and what may be decided there."""
    shower = _Shower(looking, page, signin)
    return [_looking(shower), _deciding(shower), _about_the_accused(shower)]


@dataclass(frozen=True, slots=True)
class _Shower:
    """Shows whoever the officer's session has chosen."""

    looking: Looking
    page: PersonPage
    signin: SignIn

    async def shown(
        self, request: Request, caller: Principal, *, mistake: str | None = None, page_id: str | None = None
    ) -> Response:
        """The page. Raises NotFound where nobody is chosen, or nobody has heard of them."""
        chosen = caller.choice
        person = await self.looking.at(self.signin.session_id(request), chosen) if chosen else None
        if person is None:
            raise NotFound(_NOBODY)
        answer = self.page.of(person, mistake=mistake, done=words_of(request), page_id=page_id)
        said_once(request, answer)
        return answer

    async def decided(
        self, request: Request, caller: Principal, outcome: Outcome, done: Done, form: ActForm
    ) -> Response:
        """Back to the page, or the page with the reason why not."""
        if isinstance(outcome, Said):
            return back_to(PATH, done)
        return await self.shown(request, caller, mistake=why_not(outcome), page_id=form.page_id)


def _looking(shower: _Shower) -> APIRouter:
    router = APIRouter(include_in_schema=False)
    reader, writer = Depends(an_officer(shower.signin.page)), Depends(an_officer(shower.signin.session))

    @router.post("/person", dependencies=[writer])
    async def choose(form: Annotated[PersonForm, Form()], request: Request) -> Response:
        await shower.signin.choose(request, form.victim)
        return RedirectResponse(PATH, status_code=303)

    @router.get("/person")
    async def person(caller: Annotated[Principal, reader], request: Request) -> Response:
        return await shower.shown(request, caller)

    return router


def _deciding(shower: _Shower) -> APIRouter:
    router = APIRouter(include_in_schema=False)
    looking, session = shower.looking, shower.signin.session_id
    Officer = Annotated[Principal, Depends(an_officer(shower.signin.session))]  # noqa: N806 a type

    @router.post("/person/doubt")
    async def doubt(caller: Officer, form: Annotated[DoubtForm, Form()], request: Request) -> Response:
        outcome = await looking.clear_doubt(
            session(request), source=form.source, event_id=form.event_id, page_id=form.page_id
        )
        return await shower.decided(request, caller, outcome, Done.DOUBT, form)

    @router.post("/person/link")
    async def link(caller: Officer, form: Annotated[LinkForm, Form()], request: Request) -> Response:
        if not form.why:
            return await shower.shown(request, caller, mistake="Say why the link is wrong")
        outcome = await looking.revoke_link(session(request), link_id=form.link_id, why=form.why, page_id=form.page_id)
        return await shower.decided(request, caller, outcome, Done.LINK, form)

    return router


def _about_the_accused(shower: _Shower) -> APIRouter:
    router = APIRouter(include_in_schema=False)
    looking, session = shower.looking, shower.signin.session_id
    Officer = Annotated[Principal, Depends(an_officer(shower.signin.session))]  # noqa: N806 a type

    @router.post("/person/victim-of")
    async def victim_of(caller: Officer, form: Annotated[VictimOfForm, Form()], request: Request) -> Response:
        if not form.why:
            return await shower.shown(
                request, caller, mistake="Say how you know that they are a victim of this accused"
            )
        outcome = await looking.link(
            session(request),
            caller.choice,
            case_id=form.case_id,
            defendant_id=form.defendant_id,
            why=form.why,
            page_id=form.page_id,
        )
        return await shower.decided(request, caller, outcome, Done.LINKED, form)

    @router.post("/person/number")
    async def number(caller: Officer, form: Annotated[NumberForm, Form()], request: Request) -> Response:
        if not form.number:
            return await shower.shown(request, caller, mistake="Enter the prison number")
        outcome = await looking.confirm_number(
            session(request),
            case_id=form.case_id,
            defendant_id=form.defendant_id,
            number=form.number,
            page_id=form.page_id,
        )
        return await shower.decided(request, caller, outcome, Done.NUMBER, form)

    @router.post("/person/number-withdrawal")
    async def wrong_number(caller: Officer, form: Annotated[WithdrawalForm, Form()], request: Request) -> Response:
        if not (form.number and form.why):
            return await shower.shown(request, caller, mistake="Enter the number, and why it was wrong")
        outcome = await looking.withdraw_number(
            session(request),
            case_id=form.case_id,
            defendant_id=form.defendant_id,
            number=form.number,
            why=form.why,
            page_id=form.page_id,
        )
        return await shower.decided(request, caller, outcome, Done.WITHDRAWN, form)

    return router
