"""The frame of every page of the desk: its layout, and who may look at it."""

from chassis.security.bearer import PrincipalOf
from chassis.security.principal import Principal
from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import ChoiceLoader, Environment, PackageLoader


def templates_of(package: str) -> Environment:
    """The templates of a room, on this room's layout."""
    folders = ChoiceLoader([PackageLoader(package), PackageLoader("witness_care.due")])
    return Environment(loader=folders, autoescape=True, trim_blocks=True, lstrip_blocks=True)


def answer(html: str, *, refused: bool) -> HTMLResponse:
    """The page; `refused` where it asks for something that was missing."""
    return HTMLResponse(html, status_code=422 if refused else 200)


def an_officer(signed_in: PrincipalOf) -> PrincipalOf:
    """Who is signed in, and is an officer."""

    async def officer(request: Request) -> Principal:
        principal = await signed_in(request)
        principal.demand_role("officer")
        return principal

    return officer
