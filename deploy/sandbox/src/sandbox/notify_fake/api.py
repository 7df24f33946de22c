"""The endpoints that the official client calls."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from starlette.responses import Response

from sandbox.notify_fake.accepting import Acceptance, Handed, Kind
from sandbox.notify_fake.answers import notification
from sandbox.notify_fake.failures import NotifyError
from sandbox.notify_fake.keys import ApiKey
from sandbox.notify_fake.mailbox import Mailbox

CREATED = 201
PAGE = 250


class _InNotifysForm(APIRoute):
    """Renders refusals as Notify does."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handled(request: Request) -> Response:
            try:
                return await handle(request)
            except NotifyError as error:
                return error.answer()

        return handled


def notify_router(*, key: ApiKey, acceptance: Acceptance, mailbox: Mailbox) -> APIRouter:
    async def authorised(request: Request) -> None:
        key.check(request.headers.get("authorization", ""))

    router = APIRouter(prefix="/v2", route_class=_InNotifysForm, dependencies=[Depends(authorised)])

    @router.post("/notifications/{kind}")
    async def send(kind: Kind, handed: Handed, request: Request) -> JSONResponse:
        accepted = await acceptance.accept(handed, kind=kind, gone=request.is_disconnected)
        return JSONResponse(accepted, CREATED)

    @router.get("/notifications/{message_id}")
    async def one(message_id: str) -> dict[str, object]:
        message = mailbox.get(message_id)
        if message is None:
            raise NotifyError(404, "NoResultFound", "No result found")
        return notification(message, mailbox)

    @router.get("/notifications")
    async def found(reference: str | None = None, status: str | None = None) -> dict[str, object]:
        newest_first = [
            entry
            for message in reversed(list(mailbox))
            if reference in (None, message.reference)
            for entry in [notification(message, mailbox)]
            if status in (None, entry["status"])
        ]
        return {"notifications": newest_first[:PAGE], "links": {"current": "/v2/notifications"}}

    return router
