"""What people and checks see of the fake: its mailbox, and the switch of its behaviour."""

from datetime import datetime

from chassis.working_days import LONDON
from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader
from pydantic import BaseModel

from sandbox.notify_fake.answers import in_mailbox
from sandbox.notify_fake.behaviour import Behaviour, Switch
from sandbox.notify_fake.mailbox import Mailbox

PAGES = Environment(loader=PackageLoader("sandbox.notify_fake", "."), autoescape=True)


class Wanted(BaseModel):
    behaviour: Behaviour


def window_router(*, mailbox: Mailbox, switch: Switch) -> APIRouter:
    router = APIRouter()

    @router.get("/")
    async def page() -> HTMLResponse:
        messages = [in_mailbox(message, mailbox) | {"when": _when(message.business_time)} for message in mailbox]
        return HTMLResponse(PAGES.get_template("mailbox.html").render(messages=messages[::-1]))

    @router.get("/mailbox")
    async def contents() -> list[dict[str, object]]:
        """Oldest first."""
        return [in_mailbox(message, mailbox) for message in mailbox]

    @router.put("/behaviour")
    async def behave(wanted: Wanted) -> Wanted:
        switch.now = wanted.behaviour
        return wanted

    return router


def _when(moment: datetime) -> str:
    local = moment.astimezone(LONDON)
    return f"{local:%A} {local.day} {local:%B %Y} at {local:%H:%M}"
