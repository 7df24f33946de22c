"""Our side of sign-in and tokens agrees with the sandbox's issuer, as it is."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

import httpx2
import pytest
from chassis.clock import SystemClock
from chassis.http.app import create_app
from chassis.security.bearer import Bearer
from chassis.security.issuer import Issuer
from chassis.security.oidc import OidcClient
from chassis.security.sessions import MemorySessions
from chassis.security.signin import CALLBACK_PATH, SignIn
from chassis.security.tokens import ClientCredentials
from pydantic import SecretStr
from sandbox.issuer.app import issuer_app
from sandbox.issuer.registry import read_clients, read_personas
from sandbox.issuer.settings import IssuerSettings

URL = "http://127.0.0.1:9"
HERE = "http://127.0.0.1:10"
SECRET = SecretStr("only-for-this-test")


@pytest.fixture
def settings() -> IssuerSettings:
    return IssuerSettings(url=URL, port=9, client_secrets=dict.fromkeys(_clients(), SECRET))


@pytest.fixture
async def http(settings: IssuerSettings) -> AsyncIterator[httpx2.AsyncClient]:
    app = issuer_app(settings, clock=SystemClock())
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app)) as client:
        yield client


def _clients() -> Mapping[str, Any]:
    return read_clients(IssuerSettings(url=URL, port=9, client_secrets={}).clients_file)


async def test_a_system_gets_a_token_that_we_accept(http: httpx2.AsyncClient) -> None:
    clock = SystemClock()
    issuer = Issuer(URL, http=http, clock=clock)
    for client_id, client in _clients().items():
        if not client.confidential:
            continue
        audience = client.audiences[0]
        tokens = ClientCredentials(
            issuer, client_id=client_id, secret=SECRET, audience=audience, http=http, clock=clock
        )
        bearer = Bearer(issuer=URL, audience=audience, keys=issuer, clock=clock)
        principal = await bearer.verify(await tokens.token())
        assert (principal.client_id, principal.scopes) == (client_id, frozenset(client.scopes))


async def test_every_persona_signs_in(http: httpx2.AsyncClient, settings: IssuerSettings) -> None:
    clock = SystemClock()
    client_id = next(name for name, client in _clients().items() if client.signs_people_in)
    sessions = MemorySessions(clock=clock)
    oidc = OidcClient(
        Issuer(URL, http=http, clock=clock),
        client_id=client_id,
        secret=SECRET,
        redirect_uri=f"{HERE}{CALLBACK_PATH}",
        http=http,
        clock=clock,
    )
    app = create_app(
        "test",
        routers=[SignIn(oidc, sessions, public_url=HERE, name="test").router()],
        readiness={},
        https=False,
    )
    for key, persona in read_personas(settings.personas_file).items():
        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url=HERE) as browser:
            address = (await browser.get("/signin")).headers["location"]
            back = (await http.get(f"{address}&persona={key}")).headers["location"]
            assert (await browser.get(back)).status_code == 303
            principal = await sessions.find(browser.cookies["test-session"])
            assert principal is not None
            assert (principal.subject, principal.roles) == (persona.subject, frozenset(persona.roles))
