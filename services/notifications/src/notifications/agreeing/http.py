"""`/victims/{id}/contact-promise`: read and agreed by the victim, or by an officer with them."""

from dataclasses import dataclass
from typing import Annotated

from chassis.clock import Clock
from chassis.http.answers import TOKEN, refusals
from chassis.http.problems import InvalidContent, PreconditionFailed, PreconditionRequired
from chassis.security.bearer import Bearer
from chassis.security.principal import Principal
from contracts.ids import UUID_TEXT, VictimId
from contracts.shape import Shape
from fastapi import APIRouter, Depends, Header, Request, Response

from notifications.access.http_access import demand_access, nothing_here
from notifications.access.http_bodies import described, json_body
from notifications.agreeing.http_shapes import AgreedShape, PromiseShape, agreed_shape
from notifications.agreeing.http_versions import etag, moved, version_read
from notifications.agreeing.ledger import Ledger
from notifications.agreeing.promising import agree_promise, open_terms
from notifications.errors import PromiseHasMoved, UnusableTerms
from notifications.promise.seals import Seals
from notifications.transaction.ledger import Ledgers

VictimInPath = Annotated[VictimId, UUID_TEXT]
IfMatch = Annotated[str | None, Header(max_length=100)]


class VersionShape(Shape):
    """The version now in force, also in the ETag."""

    version: int


@dataclass(frozen=True, slots=True)
class PromiseDoor:
    """What the routes need."""

    ledgers: Ledgers[Ledger]
    seals: Seals
    bearer: Bearer
    clock: Clock


def promise_router(door: PromiseDoor) -> APIRouter:
    """`/victims/{id}/contact-promise`, for the victim and their officer."""

    async def principal(request: Request) -> Principal:
        return await door.bearer.principal(request)

    # On the router too: who asks is settled before anything that was sent is read.
    router = APIRouter(dependencies=[Depends(principal)], responses=TOKEN)
    Caller = Annotated[Principal, Depends(principal)]  # noqa: N806 a type

    @router.get("/victims/{victim_id}/contact-promise", summary="What was agreed; its version is the ETag")
    async def read(victim_id: VictimInPath, caller: Caller, response: Response) -> AgreedShape:
        found = await _read(door, caller, victim_id)
        response.headers["ETag"] = etag(found.version)
        response.headers["Cache-Control"] = "no-store"
        return found

    @router.put(
        "/victims/{victim_id}/contact-promise",
        summary="Agree; If-Match names the version you read",
        responses=refusals(PreconditionFailed, PreconditionRequired),
        openapi_extra=described(PromiseShape),
    )
    async def agree(
        victim_id: VictimInPath,
        body: Annotated[PromiseShape, Depends(json_body(PromiseShape))],
        caller: Caller,
        response: Response,
        if_match: IfMatch = None,
        if_none_match: IfMatch = None,
    ) -> VersionShape:
        agreed_by = await demand_access(door.ledgers, caller, victim_id)
        try:
            version = await agree_promise(
                door.ledgers,
                body.clear_terms(),
                victim=victim_id,
                read_version=version_read(if_match=if_match, if_none_match=if_none_match),
                agreed_by=agreed_by,
                seals=door.seals,
                clock=door.clock,
            )
        except PromiseHasMoved as error:
            raise moved(if_match=if_match, if_none_match=if_none_match) from error
        except UnusableTerms as error:
            raise InvalidContent(f"{error}.") from error
        response.headers["ETag"] = etag(version)
        return VersionShape(version=version)

    return router


async def _read(door: PromiseDoor, caller: Principal, victim: VictimId) -> AgreedShape:
    await demand_access(door.ledgers, caller, victim)
    async with door.ledgers.begin() as ledger:
        promise = await ledger.promises.load(victim)
    if promise is None:
        raise nothing_here()
    clear = await open_terms(door.seals, victim, terms=promise.terms, purpose="promise-read")
    return agreed_shape(clear, version=promise.version, agreed_by=promise.agreed_by)
