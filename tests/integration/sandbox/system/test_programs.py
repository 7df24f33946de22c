"""The sandbox's issuer and Notify as processes, with the clients that the services use."""

import json
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, cast

import httpx2
import pytest
from chassis.clock import SystemClock
from chassis.security.bearer import Bearer
from chassis.security.issuer import Issuer
from notifications_python_client.errors import HTTPError
from notifications_python_client.notifications import NotificationsAPIClient
from sandbox.processes import Program
from sandbox.system.environments import EMAIL_TEMPLATE
from sandbox.system.plan import ISSUER, NOTIFY, Plan
from sandbox.system.programs import Launch, Programs
from sandbox.world.mailbox import NotifyControl
from sandbox.world.tokens import Tokens

WORDS = {"subject": "You have an update", "body": "Sign in when it is safe for you."}


def launch(plan: Plan, name: str, module: str, folder: Path, **settings: str) -> Launch:
    environment = {f"{name.upper()}_{key}": value for key, value in settings.items()}
    environment[f"{name.upper()}_PORT"] = str(plan.ports[name])
    program = Program(
        name=name, command=[sys.executable, "-m", module], log=folder / f"{name}.log", environment=environment
    )
    return Launch(program=program, ready_at=f"{plan.url(name)}/readyz")


@pytest.fixture
async def http() -> AsyncIterator[httpx2.AsyncClient]:
    async with httpx2.AsyncClient(timeout=10) as client:
        yield client


@pytest.fixture
async def plan(http: httpx2.AsyncClient, tmp_path: Path) -> AsyncIterator[Plan]:
    plan, programs = Plan(), Programs(http)
    secrets = json.dumps(dict(plan.keys.clients))
    try:
        await programs.start(
            launch(plan, ISSUER, "sandbox.issuer", tmp_path, URL=plan.url(ISSUER), CLIENT_SECRETS=secrets),
            launch(plan, NOTIFY, "sandbox.notify_fake", tmp_path, API_KEY=plan.keys.notify),
        )
        yield plan
    finally:
        await programs.stop()


async def test_the_services_accept_the_issuers_tokens_and_the_official_client_gets_on_with_notify(
    plan: Plan, http: httpx2.AsyncClient
) -> None:
    await accepts_tokens(plan, http)
    await carries_messages(plan, http)


async def accepts_tokens(plan: Plan, http: httpx2.AsyncClient) -> None:
    clock = SystemClock()
    keys = Issuer(plan.url(ISSUER), http=http, clock=clock)
    bearer = Bearer(issuer=plan.url(ISSUER), audience="throughline-intake", keys=keys, clock=clock)
    tokens = Tokens(plan.url(ISSUER), plan.keys.clients, http)
    system = await bearer.verify(await tokens.for_system("sandbox-police", audience="throughline-intake"))
    assert (system.client_id, set(system.scopes)) == ("sandbox-police", {"events:publish"})
    officer = await bearer.verify(await tokens.for_person("police-officer", audience="throughline-intake"))
    assert (set(officer.roles), set(officer.scopes)) == ({"officer", "police-officer"}, set())
    first = await tokens.for_person("auditor", audience="throughline-intake")
    assert await tokens.for_person("auditor", audience="throughline-intake") == first


async def carries_messages(plan: Plan, http: httpx2.AsyncClient) -> None:
    # The official client has no types.
    client: Any = cast(Any, NotificationsAPIClient)(plan.keys.notify, base_url=plan.url(NOTIFY))
    sent = client.send_email_notification("amira@example.org", EMAIL_TEMPLATE, WORDS, reference="ref-1")
    assert client.get_notification_by_id(sent["id"])["reference"] == "ref-1"
    assert [entry["id"] for entry in client.get_all_notifications(reference="ref-1")["notifications"]] == [sent["id"]]
    with pytest.raises(HTTPError) as refused:
        client.send_email_notification("amira@example.org", "no-such-template")
    assert refused.value.status_code == 400
    letters = await NotifyControl(plan.url(NOTIFY), http).messages("amira@example.org")
    assert [(letter.subject, letter.reference) for letter in letters] == [("You have an update", "ref-1")]
