"""Taking over, as officers' systems ask for it."""

from typing import Annotated

from chassis.clock import Clock
from chassis.http.answers import PERMISSION, refusals
from chassis.http.problems import Conflict
from chassis.security.bearer import Bearer
from chassis.security.principal import Principal
from contracts.ids import UUID_TEXT, EventId
from contracts.shape import Line
from contracts.witness_care import ContactRole
from fastapi import APIRouter, Depends, Response

from witness_care.care.http import Body, VictimPath
from witness_care.care.person import ContactPerson, role_of
from witness_care.handover.handover import Handover


class TakeOver(Body):
    """The caller's own particulars, as the victim will see them; phone and email are the unit's."""

    name: Line
    role: ContactRole | None = None
    """Needed where the sign-in does not say it; where it does, another is refused."""
    phone: Line | None = None
    email: Line | None = None
    takeover_id: Annotated[EventId, UUID_TEXT] | None = None
    """The caller's, so that a repeated request is one taking over; without it the second is refused."""


def handover_router(handover: Handover, *, bearer: Bearer, clock: Clock) -> APIRouter:
    """Becoming a victim's single point of contact, for the role officer."""
    router = APIRouter(responses=PERMISSION | refusals(Conflict))
    officer = Depends(bearer.require_role("officer"))

    @router.post("/victims/{victim_id}/contact-person", status_code=204)
    async def take_over(victim_id: VictimPath, body: TakeOver, caller: Annotated[Principal, officer]) -> Response:
        person = ContactPerson(
            officer=caller.subject,
            role=role_of(caller.roles, asked=body.role),
            name=body.name,
            phone=body.phone,
            email=body.email,
        )
        await handover.take_over(victim_id, person, event_id=body.takeover_id or EventId(clock.new_id()))
        return Response(status_code=204)

    return router
