"""Access of sign-ins, as officers' systems grant it and take it back."""

from typing import Annotated

from chassis.clock import Clock
from chassis.http.answers import PERMISSION, refusals
from chassis.http.problems import Conflict
from chassis.security.bearer import Bearer
from chassis.security.principal import Principal
from contracts.ids import EventId
from contracts.shape import Opaque
from fastapi import APIRouter, Depends, Response

from witness_care.access.grants import Grants
from witness_care.care.http import Body, VictimPath


class Access(Body):
    """A sign-in subject, as the issuer names it."""

    subject: Opaque


def access_router(grants: Grants, *, bearer: Bearer, clock: Clock) -> APIRouter:
    """Granting access and taking it back, for the role officer."""
    router = APIRouter(responses=PERMISSION | refusals(Conflict))
    officer = Depends(bearer.require_role("officer"))

    @router.post("/victims/{victim_id}/access", status_code=204)
    async def grant_access(victim_id: VictimPath, body: Access, caller: Annotated[Principal, officer]) -> Response:
        await grants.grant(victim_id, body.subject, by=caller.subject, event_id=EventId(clock.new_id()))
        return Response(status_code=204)

    @router.post("/victims/{victim_id}/access/revocation", status_code=204)
    async def revoke_access(victim_id: VictimPath, body: Access, caller: Annotated[Principal, officer]) -> Response:
        await grants.revoke(victim_id, body.subject, by=caller.subject, event_id=EventId(clock.new_id()))
        return Response(status_code=204)

    return router
