"""The JSON interface: one victim's timeline, status, and a live signal that the timeline has changed."""

from typing import Annotated

from chassis.http.answers import TOKEN
from chassis.http.problems import NotFound, Problem
from chassis.security.bearer import Bearer
from chassis.security.principal import Principal
from contracts.ids import VictimId
from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import StreamingResponse

from journey.access.access import Access
from journey.timeline.http_answers import TimelineAnswer, timeline_answer
from journey.timeline.http_status import StatusAnswer, status_answer
from journey.timeline.live import Bells, live_lines
from journey.timeline.reading import TimelineReader

VictimInPath = Annotated[str, Path(max_length=64)]


def victims_router(*, bearer: Bearer, access: Access, reader: TimelineReader, bells: Bells) -> APIRouter:
    """For the victim herself, officers and auditors. Another's id answers like an unknown one."""
    router = APIRouter(prefix="/victims", tags=["victims"], responses=TOKEN)

    @router.get("/{victim_id}/timeline")
    async def timeline(
        victim_id: VictimInPath, caller: Annotated[Principal, Depends(bearer.principal)]
    ) -> TimelineAnswer:
        """What happened, newest first, in plain words, and what she was told."""
        audience = await access.reader(caller, VictimId(victim_id))
        return timeline_answer(await reader.read(VictimId(victim_id), reader=audience), reader=audience)

    @router.get("/{victim_id}")
    async def status(victim_id: VictimInPath, caller: Annotated[Principal, Depends(bearer.principal)]) -> StatusAnswer:
        """Where things are now, the next date, the contact person, what is owed by when."""
        audience = await access.reader(caller, VictimId(victim_id))
        return status_answer(await reader.read_status(VictimId(victim_id), reader=audience))

    @router.get("/{victim_id}/live", response_class=StreamingResponse)
    async def live(
        victim_id: VictimInPath, caller: Annotated[Principal, Depends(bearer.principal)], request: Request
    ) -> StreamingResponse:
        """Server-sent events: `changed` each time something came, went or was put right; `day` with the day in London,
        first and when it is another: what is said ahead is worded by it."""
        audience = await access.reader(caller, VictimId(victim_id))
        await reader.read_status(VictimId(victim_id), reader=audience)

        async def fingerprint() -> str | None:
            return await reader.fingerprint(VictimId(victim_id), reader=audience)

        return StreamingResponse(
            live_lines(bells, fingerprint, gone=request.is_disconnected, today=reader.today),
            media_type="text/event-stream",
        )

    return router


def nobody_there(_: Exception) -> Problem:
    """One answer for an unknown victim and for somebody else's."""
    return NotFound("There is no journey here that you may see. Check the address, or ask your contact person.")
