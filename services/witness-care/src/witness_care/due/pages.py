"""The officer's first page: what is due, in plain words."""

from importlib.resources import files
from typing import Annotated

from chassis.security.principal import Principal
from chassis.security.signin import SignIn
from fastapi import APIRouter, Depends, Request, Response

from witness_care.due.desk_page import DeskPage
from witness_care.due.flash import said_once, words_of
from witness_care.due.page_frame import an_officer


def due_pages(page: DeskPage, *, signin: SignIn) -> APIRouter:
    """The page, for an officer signed in, and the style sheet of all pages, for everybody."""
    router = APIRouter(include_in_schema=False)
    reader = Depends(an_officer(signin.page))

    @router.get("/")
    async def due(caller: Annotated[Principal, reader], request: Request) -> Response:
        answer = await page.of(caller, session=signin.session_id(request), done=words_of(request))
        said_once(request, answer)
        return answer

    @router.get("/static/desk.css")
    async def style() -> Response:
        return Response(_STYLE, media_type="text/css", headers={"Cache-Control": "max-age=300"})

    return router


_STYLE = (files("witness_care.due") / "static" / "desk.css").read_bytes()
