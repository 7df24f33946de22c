"""From a sign-in at one service to a protected route of another, by the sandbox's issuer as it is."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated

import httpx2
import pytest
from chassis.clock import SystemClock
from chassis.http.app import create_app
from chassis.security.bearer import Bearer, TokenRefused
from chassis.security.delegation import Delegation, DelegationRefused, SignInSpent
from chassis.security.issuer import Issuer
from chassis.security.oidc import OidcClient
from chassis.security.principal import Principal
from chassis.security.sessions import MemorySessions
from chassis.security.signin import CALLBACK_PATH, SignIn
from chassis.security.token_endpoint import TokenEndpoint
from fastapi import APIRouter, Depends, FastAPI
from pydantic import SecretStr
from sandbox.issuer.app import issuer_app
from sandbox.issuer.registry import Persona, read_clients, read_personas
from sandbox.issuer.settings import IssuerSettings

URL, HERE, THERE = "http://127.0.0.1:9", "http://127.0.0.1:10", "http://127.0.0.1:11"
SECRET = SecretStr("only-for-this-test")
CLOCK = SystemClock()
SETTINGS = IssuerSettings(url=URL, port=9, client_secrets={"witness-care": SECRET, "journey": SECRET})
PERSONAS = read_personas(SETTINGS.personas_file)
CLIENTS = read_clients(SETTINGS.clients_file)


@dataclass(frozen=True)
class World:
    """An issuer, and a client of it to which people sign in."""

    http: httpx2.AsyncClient
    issuer: Issuer

    async def signed_in(self, persona: str, *, client_id: str, delegates: bool) -> tuple[str, Delegation]:
        """The session of a persona, and what acts for it."""
        sessions = MemorySessions(clock=CLOCK)
        oidc = OidcClient(
            self.issuer,
            client_id=client_id,
            secret=SECRET,
            redirect_uri=f"{HERE}{CALLBACK_PATH}",
            http=self.http,
            clock=CLOCK,
        )
        signin = SignIn(oidc, sessions, public_url=HERE, name="desk", delegates=delegates)
        app = create_app("test", routers=[signin.router()], readiness={}, https=False)
        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url=HERE) as browser:
            address = (await browser.get("/signin")).headers["location"]
            back = (await self.http.get(f"{address}&persona={persona}")).headers["location"]
            assert (await browser.get(back)).status_code == 303
            session_id = browser.cookies["desk-session"]
        tokens = TokenEndpoint(self.issuer, client_id=client_id, secret=SECRET, http=self.http)
        return session_id, Delegation(sessions, tokens, clock=CLOCK)

    def bearer(self, audience: str) -> Bearer:
        return Bearer(issuer=URL, audience=audience, keys=self.issuer, clock=CLOCK)

    def elsewhere(self, audience: str) -> FastAPI:
        """A service with a route for officers alone."""
        router, bearer = APIRouter(), self.bearer(audience)

        @router.get("/kept")
        async def kept(caller: Annotated[Principal, Depends(bearer.require_role("officer"))]) -> dict[str, object]:
            return {"subject": caller.subject, "client": caller.client_id, "roles": sorted(caller.roles)}

        return create_app("elsewhere", routers=[router], readiness={}, https=False)


@pytest.fixture
async def world() -> AsyncIterator[World]:
    transport = httpx2.ASGITransport(app=issuer_app(SETTINGS, clock=CLOCK))
    async with httpx2.AsyncClient(transport=transport) as http:
        yield World(http, Issuer(URL, http=http, clock=CLOCK))


@pytest.mark.parametrize("audience", CLIENTS["witness-care"].acts_at)
@pytest.mark.parametrize("persona", [key for key, persona in PERSONAS.items() if "officer" in persona.roles])
async def test_an_officer_signed_in_at_the_desk_is_known_elsewhere_as_that_officer(
    world: World, persona: str, audience: str
) -> None:
    session_id, delegation = await world.signed_in(persona, client_id="witness-care", delegates=True)
    headers = {"Authorization": f"Bearer {await delegation.token_for(session_id, audience)}"}
    transport = httpx2.ASGITransport(app=world.elsewhere(audience))
    async with httpx2.AsyncClient(transport=transport, base_url=THERE) as there:
        answer = await there.get("/kept", headers=headers)
    officer: Persona = PERSONAS[persona]
    assert answer.json() == {"subject": officer.subject, "client": "witness-care", "roles": ["officer"]}


async def test_a_token_for_one_service_opens_no_other(world: World) -> None:
    session_id, delegation = await world.signed_in("police-officer", client_id="witness-care", delegates=True)
    token = await delegation.token_for(session_id, "throughline-journey")
    assert (await world.bearer("throughline-journey").verify(token)).subject == PERSONAS["police-officer"].subject
    for other in ("throughline-intake", "throughline-notifications", "throughline-witness-care"):
        with pytest.raises(TokenRefused):
            await world.bearer(other).verify(token)


async def test_what_the_session_keeps_opens_no_service(world: World) -> None:
    session_id, delegation = await world.signed_in("police-officer", client_id="witness-care", delegates=True)
    kept = await delegation._sessions.access(session_id)
    for audience in CLIENTS["witness-care"].acts_at:
        with pytest.raises(TokenRefused):
            await world.bearer(audience).verify(kept)


async def test_the_desk_does_not_act_for_a_victim_nor_at_itself(world: World) -> None:
    session_id, delegation = await world.signed_in("amira", client_id="witness-care", delegates=True)
    with pytest.raises(SignInSpent):
        await delegation.token_for(session_id, "throughline-journey")
    with pytest.raises(DelegationRefused):
        await delegation.token_for(session_id, "throughline-witness-care")


async def test_where_victims_sign_in_nothing_is_kept_and_nothing_exchanged(world: World) -> None:
    session_id, delegation = await world.signed_in("amira", client_id="journey", delegates=False)
    with pytest.raises(SignInSpent):
        await delegation.token_for(session_id, "throughline-intake")
    session_id, delegation = await world.signed_in("amira", client_id="journey", delegates=True)
    with pytest.raises(DelegationRefused):
        await delegation.token_for(session_id, "throughline-intake")
