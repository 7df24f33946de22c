"""An officer signs in at the desk, which asks the other services as that officer, by the sandbox's issuer as it is."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Annotated

import httpx2
import pytest
from chassis.clock import SystemClock
from chassis.database import open_pool
from chassis.http.app import create_app
from chassis.security.bearer import Bearer
from chassis.security.issuer import Issuer
from chassis.security.principal import Principal
from chassis.testing.issuer import FakeIssuer
from chassis.vault.memory import MemoryVault
from fastapi import APIRouter, Depends, FastAPI
from pydantic import SecretStr
from sandbox.issuer.app import issuer_app
from sandbox.issuer.registry import read_clients, read_personas
from sandbox.issuer.settings import IssuerSettings
from support.foundations import UNUSED, foundation_of
from witness_care.elsewhere.peer import Peer, Peers, Said, SignInAgain
from witness_care.main import build_app, peers_of
from witness_care.settings import WitnessCareSettings

pytestmark = pytest.mark.servers

ISSUER, DESK, SECRET = "http://127.0.0.1:9", "http://127.0.0.1:10", SecretStr("only-for-this-test")
ISSUING = IssuerSettings(url=ISSUER, port=9, client_secrets={"witness-care": SECRET})
OFFICER, COOKIE = "witness-care-officer", "witness-care-session"
URLS = {peer: f"https://{peer.value}.example.org" for peer in Peer}
SETTINGS = WitnessCareSettings(
    **UNUSED | {"issuer": ISSUER},
    production=False,
    oidc_client_id="witness-care",
    oidc_client_secret=SECRET,
    public_url=DESK,
    intake_url=URLS[Peer.INTAKE],
    journey_url=URLS[Peer.JOURNEY],
    notifications_url=URLS[Peer.NOTIFICATIONS],
)


@dataclass(frozen=True)
class World:
    """A desk with its peers, and a browser at it."""

    issuer: httpx2.AsyncClient
    browser: httpx2.AsyncClient
    peers: Peers

    async def sign_in(self, persona: str) -> str:
        address = (await self.browser.get("/signin")).headers["location"]
        back = (await self.issuer.get(f"{address}&persona={persona}")).headers["location"]
        assert (await self.browser.get(back)).status_code == 303
        return str(self.browser.cookies[COOKIE])


@pytest.fixture
async def world(database: Callable[[str], str]) -> AsyncIterator[World]:
    clock = SystemClock()
    at_issuer = httpx2.ASGITransport(app=issuer_app(ISSUING, clock=clock))
    issuing = httpx2.AsyncClient(transport=at_issuer)
    keys = Issuer(ISSUER, http=issuing, clock=clock)
    there = {URLS[peer]: httpx2.ASGITransport(app=_elsewhere(peer, keys)) for peer in Peer}
    outside = httpx2.AsyncClient(mounts={ISSUER: at_issuer, **there})
    async with open_pool(database("witness_care")) as pool, issuing, outside:
        foundation = foundation_of(
            SETTINGS, pool=pool, outside=outside, clock=clock, issuer=FakeIssuer(), vault=MemoryVault(clock=clock)
        )
        app = httpx2.ASGITransport(app=build_app(foundation, progress={}, settings=SETTINGS))
        async with httpx2.AsyncClient(transport=app, base_url=DESK) as browser:
            yield World(issuing, browser, peers_of(foundation, foundation.signin("witness-care"), SETTINGS))


def _elsewhere(peer: Peer, keys: Issuer) -> FastAPI:
    router = APIRouter()
    bearer = Bearer(issuer=ISSUER, audience=f"throughline-{peer.value}", keys=keys, clock=SystemClock())
    officer = bearer.require_role("officer")

    @router.get("/kept")
    async def kept(caller: Annotated[Principal, Depends(officer)]) -> dict[str, str]:
        return {"subject": caller.subject, "client": caller.client_id}

    @router.post("/kept")
    async def keep(caller: Annotated[Principal, Depends(officer)], body: dict[str, str]) -> dict[str, str]:
        return body | {"subject": caller.subject}

    return create_app(peer.value, routers=[router], readiness={}, https=False)


@pytest.mark.parametrize("peer", list(Peer))
async def test_each_service_knows_the_officer_who_is_signed_in_at_the_desk(world: World, peer: Peer) -> None:
    session_id = await world.sign_in(OFFICER)
    subject = read_personas(ISSUING.personas_file)[OFFICER].subject
    assert await world.peers.get(session_id, peer, "/kept") == Said({"subject": subject, "client": "witness-care"})
    assert await world.peers.post(session_id, peer, "/kept", {"a": "b"}) == Said({"a": "b", "subject": subject})


def test_the_sandbox_lets_the_desk_act_where_it_asks_and_nowhere_else() -> None:
    assert set(read_clients(ISSUING.clients_file)["witness-care"].acts_at) == {f"throughline-{peer}" for peer in Peer}


async def test_who_is_no_officer_and_who_signed_out_is_asked_to_sign_in(world: World) -> None:
    victim = await world.sign_in("amira")
    assert await world.peers.get(victim, Peer.JOURNEY, "/kept") == SignInAgain()
    officer = await world.sign_in(OFFICER)
    await world.peers.get(officer, Peer.JOURNEY, "/kept")
    await world.browser.post("/signout", headers={"Sec-Fetch-Site": "same-origin"})
    assert await world.peers.get(officer, Peer.JOURNEY, "/kept") == SignInAgain()
