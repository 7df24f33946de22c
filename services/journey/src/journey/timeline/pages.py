"""The page for the one whose journey it is: after sign-in, at `/`, with no id in any address."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from chassis.http.problems import NotFound
from chassis.security.principal import Principal
from chassis.security.signin import SignIn
from contracts.ids import NewsId, VictimId
from fastapi import APIRouter, Depends, Form, Query, Request, Response
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, StreamingResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pydantic import StringConstraints

from journey.access.access import Access
from journey.errors import UnknownVictim
from journey.tellings.sightings import Sightings
from journey.timeline.choices import Choices
from journey.timeline.live import Bells, SessionOver, StreamOver, live_lines
from journey.timeline.page import page_of
from journey.timeline.paging import address_of, page_with
from journey.timeline.reading import TimelineReader
from journey.wording.content import Audience

HERE = Path(__file__).parent
STATIC = {"page.css": "text/css", "live.js": "text/javascript"}
PlaceField = Annotated[int | None, Form(ge=1, le=1_000_000)]
PageNumber = Annotated[int, Query(ge=1, le=1_000_000)]
IdField = Annotated[str, Form(pattern=r"^[0-9a-f-]{36}$")]
IdsField = Annotated[list[Annotated[str, StringConstraints(pattern=r"^[0-9a-f-]{36}$")]], Form(max_length=500)]
"""Of what the page shows as one, each: they are opened together."""


def web_router(
    *,
    signin: SignIn,
    access: Access,
    reader: TimelineReader,
    choices: Choices,
    sightings: Sightings,
    bells: Bells,
) -> APIRouter:
    """`/`, `/seen` and `/live`."""
    router = APIRouter(include_in_schema=False)
    templates = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined)

    @router.get("/")
    async def timeline(person: Annotated[Principal, Depends(signin.page)], page: PageNumber = 1) -> HTMLResponse:
        sight = await access.sight(person)
        if sight is None:
            return HTMLResponse(templates.get_template("nobody.html").render(), status_code=404)
        shown = page_of(await reader.read_page(sight.now, number=page), number=page)
        whose = await choices.whose(sight)
        return HTMLResponse(templates.get_template("timeline.html").render(page=shown, whose=whose))

    @router.post("/seen")
    async def seen(
        person: Annotated[Principal, Depends(signin.session)], news_id: IdsField, entry: PlaceField = None
    ) -> RedirectResponse:
        victim_id = await _looked_at(access, person)
        for one in dict.fromkeys(news_id):
            await sightings.open(NewsId(one), victim_id=victim_id)
        return RedirectResponse(address_of(page_with(entry), entry) if entry else "/", status_code=303)

    @router.get("/live")
    async def live(person: Annotated[Principal, Depends(signin.session)], request: Request) -> Response:
        victim_id = await _looked_at(access, person)
        if request.headers.get("Last-Event-ID", victim_id) != victim_id:
            # Opened again by a page that shows another's timeline: this answer makes the browser ask no more.
            return Response(status_code=204)
        glance = _Glance(signin, access, reader, request, victim_id)
        lines = live_lines(
            bells,
            glance.fingerprint,
            gone=request.is_disconnected,
            today=reader.today,
            still=glance.person,
            of=victim_id,
        )
        return StreamingResponse(lines, media_type="text/event-stream")

    return router


def choice_router(*, signin: SignIn, access: Access) -> APIRouter:
    """`/choose`: whose timeline to look at, kept in the session, so that no address says it."""
    router = APIRouter(include_in_schema=False)

    @router.post("/choose")
    async def choose(
        person: Annotated[Principal, Depends(signin.session)], request: Request, victim_id: IdField
    ) -> RedirectResponse:
        if victim_id not in await access.victims_of(person):
            raise UnknownVictim
        await signin.choose(request, victim_id)
        return RedirectResponse("/", status_code=303)

    return router


def public_router() -> APIRouter:
    """What needs no sign-in: the sheet and the script."""
    router = APIRouter(include_in_schema=False)

    @router.get("/static/{name}")
    async def static(name: str) -> Response:
        kind = STATIC.get(name)
        if kind is None:
            raise NotFound("There is no such file.")
        return FileResponse(HERE / "static" / name, media_type=kind)

    return router


@dataclass(frozen=True, slots=True)
class _Glance:
    """A look at the timeline for an open stream: at each, the session must still be looking at this victim."""

    signin: SignIn
    access: Access
    reader: TimelineReader
    request: Request
    victim_id: VictimId

    async def person(self) -> Principal:
        person = await self.signin.glance(self.request)
        if person is None:
            raise SessionOver
        return person

    async def fingerprint(self) -> str | None:
        sight = await self.access.sight(await self.person())
        if sight is None or self.victim_id not in sight.victims:
            return None
        if sight.now != self.victim_id:
            raise StreamOver
        return await self.reader.fingerprint(self.victim_id, reader=Audience.VICTIM)


async def _looked_at(access: Access, person: Principal) -> VictimId:
    sight = await access.sight(person)
    if sight is None:
        raise NotFound("There is nothing here for this sign-in. Ask the person you are in touch with to connect it.")
    return sight.now
