"""Signing in and out through the browser's eyes, against an issuer in memory."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Annotated, Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from chassis.errors import PermanentFailure
from chassis.http.app import create_app
from chassis.security.issuer import Issuer
from chassis.security.oidc import OidcClient, challenge_of
from chassis.security.principal import Principal
from chassis.security.sessions import MemorySessions
from chassis.security.signin import SignIn
from chassis.testing.clock import FakeClock
from chassis.testing.issuer import FakeIssuer
from fastapi import APIRouter, Depends
from pydantic import SecretStr

HERE = "https://journey.example.org"
SAME = {"sec-fetch-site": "same-origin"}


class Site:
    """One service with a page, and a browser at it."""

    def __init__(self, public_url: str = HERE) -> None:
        self.clock = FakeClock()
        self.issuer = FakeIssuer(clock=self.clock)
        self.sessions = MemorySessions(clock=self.clock)
        http = httpx2.AsyncClient(transport=self.issuer.transport())
        oidc = OidcClient(
            Issuer(self.issuer.address, http=http, clock=self.clock),
            client_id="journey",
            secret=SecretStr("not-a-secret"),
            redirect_uri=f"{public_url}/signin/callback",
            http=http,
            clock=self.clock,
        )
        self.signin = SignIn(oidc, self.sessions, public_url=public_url, name="journey")
        app = create_app("test", routers=[self.signin.router(), self._pages()], readiness={})
        self.browser = httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url=public_url)

    def _pages(self) -> APIRouter:
        router = APIRouter()

        @router.get("/")
        async def home(person: Annotated[Principal, Depends(self.signin.page)]) -> str:
            return person.subject

        @router.post("/seen")
        async def seen(person: Annotated[Principal, Depends(self.signin.page)]) -> str:
            return person.subject

        @router.get("/due")
        async def due(caller: Annotated[Principal, Depends(self.signin.session_or(self.issuer.bearer()))]) -> str:
            return caller.subject

        return router

    async def begin(self, path: str = "/signin") -> str:
        return (await self.browser.get(path)).headers["location"]

    async def sign_in(self, subject: str = "amira", **person: Any) -> httpx2.Response:
        query = self.issuer.sign_in(await self.begin(), subject=subject, **person)
        return await self.browser.get(f"/signin/callback?{query}")


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    site = Site()
    async with site.browser:
        yield site


async def test_a_page_sends_to_the_sign_in_and_the_sign_in_back_to_the_page(site: Site) -> None:
    answer = await site.browser.get("/")
    assert (answer.status_code, answer.headers["location"]) == (303, "/signin?return_to=/")
    back = await site.sign_in(roles=("victim",))
    assert (back.status_code, back.headers["location"]) == (303, "/")
    assert (await site.browser.get("/")).json() == "amira"


async def test_the_issuer_is_asked_with_pkce_state_and_nonce(site: Site) -> None:
    asked = {name: values[0] for name, values in parse_qs(urlsplit(await site.begin()).query).items()}
    assert asked["response_type"] == "code"
    assert asked["redirect_uri"] == f"{HERE}/signin/callback"
    assert asked["code_challenge_method"] == "S256"
    assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3
    assert challenge_of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk") == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


async def test_the_cookies_are_for_this_host_and_not_for_scripts(site: Site) -> None:
    answer = await site.sign_in()
    session = next(value for value in answer.headers.get_list("set-cookie") if "-session=" in value)
    for part in ("__Host-journey-session=", "HttpOnly", "Secure", "SameSite=lax", "Path=/"):
        assert part in session
    assert "Domain" not in session


async def test_on_loopback_cookies_may_travel_over_plain_http() -> None:
    site = Site("http://127.0.0.1:8003")
    answer = await site.sign_in()
    assert not [value for value in answer.headers.get_list("set-cookie") if "Secure" in value]
    with pytest.raises(PermanentFailure):
        Site("http://journey.example.org")


async def test_each_sign_in_gives_a_new_session_and_ends_the_one_before(site: Site) -> None:
    await site.sign_in("amira")
    first = site.browser.cookies["__Host-journey-session"]
    await site.sign_in("bela")
    second = site.browser.cookies["__Host-journey-session"]
    assert first != second
    assert await site.sessions.find(first) is None
    assert (await site.browser.get("/")).json() == "bela"


@pytest.mark.parametrize(
    "wrong",
    [
        {"aud": "another-client"},
        {"nonce": "another-nonce"},
        {"iss": "https://elsewhere.example.org"},
        {"exp": 1},
        {"azp": "another-client"},
        {"sub": None},
    ],
)
async def test_an_id_token_that_is_not_for_this_sign_in_signs_nobody_in(site: Site, wrong: dict[str, Any]) -> None:
    site.issuer.wrong_claims = wrong
    answer = await site.sign_in()
    assert (answer.status_code, answer.json()["type"]) == (401, "/problems/sign-in-failed")
    assert (await site.browser.get("/")).status_code == 303


async def test_a_callback_that_this_browser_did_not_begin_signs_nobody_in(site: Site) -> None:
    await site.begin()
    query = site.issuer.sign_in(await site.begin())
    site.browser.cookies.clear()
    answer = await site.browser.get(f"/signin/callback?{query}")
    assert answer.status_code == 401
    await site.begin()
    answer = await site.browser.get(f"/signin/callback?{query}")
    assert answer.status_code == 401
    assert "code-1" not in answer.text


@pytest.mark.parametrize("query", ["", "error=access_denied&state=x", "code=&state=", "state=x", "code=x"])
async def test_a_callback_without_a_code_and_state_signs_nobody_in(site: Site, query: str) -> None:
    await site.begin()
    assert (await site.browser.get(f"/signin/callback?{query}")).status_code == 401


async def test_a_code_works_once(site: Site) -> None:
    query = site.issuer.sign_in(await site.begin())
    assert (await site.browser.get(f"/signin/callback?{query}")).status_code == 303
    assert (await site.browser.get(f"/signin/callback?{query}")).status_code == 401


@pytest.mark.parametrize(
    ("asked", "comes_back_to"),
    [("/due", "/due"), ("//evil.example.org", "/"), ("https://evil.example.org", "/"), ("/\\evil", "/"), ("x", "/")],
)
async def test_the_way_back_is_a_path_of_ours(site: Site, asked: str, comes_back_to: str) -> None:
    query = site.issuer.sign_in(await site.begin(f"/signin?return_to={asked}"))
    assert (await site.browser.get(f"/signin/callback?{query}")).headers["location"] == comes_back_to


async def test_a_session_ends_when_idle_and_in_any_case_after_hours(site: Site) -> None:
    await site.sign_in()
    for _ in range(16):
        site.clock.advance(timedelta(minutes=29))
        assert (await site.browser.get("/")).status_code == 200
    site.clock.advance(timedelta(minutes=29))
    assert (await site.browser.get("/")).status_code == 303
    await site.sign_in()
    site.clock.advance(timedelta(minutes=30))
    assert (await site.browser.get("/")).status_code == 303


async def test_signing_out_ends_the_session_on_our_side(site: Site) -> None:
    await site.sign_in()
    session_id = site.browser.cookies["__Host-journey-session"]
    answer = await site.browser.post("/signout", headers=SAME)
    # A page that asks for a sign-in would lead the form on to the issuer, which form-action 'self' refuses.
    assert (answer.status_code, answer.headers["location"]) == (303, "/signed-out")
    assert (await site.browser.get("/signed-out")).status_code == 200
    assert await site.sessions.find(session_id) is None
    assert (await site.browser.get("/signout")).status_code == 405


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (SAME, 200),
        ({"origin": HERE}, 200),
        ({}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "https://evil.example.org"}, 403),
        ({"sec-fetch-site": "cross-site", "origin": HERE}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "none"}, 403),
    ],
)
async def test_a_change_with_a_cookie_must_come_from_our_own_pages(
    site: Site, headers: dict[str, str], status: int
) -> None:
    await site.sign_in()
    assert (await site.browser.post("/seen", headers=headers)).status_code == status


async def test_a_route_for_both_takes_a_token_or_a_session(site: Site) -> None:
    assert (await site.browser.get("/due")).status_code == 401
    assert (await site.browser.get("/due", headers=site.issuer.headers(subject="machine"))).json() == "machine"
    await site.sign_in()
    assert (await site.browser.get("/due")).json() == "amira"
    assert (await site.browser.get("/due", headers={"Authorization": "Bearer x"})).status_code == 401


async def test_an_issuer_that_is_away_is_503(site: Site) -> None:
    site.issuer.reachable = False
    assert (await site.browser.get("/signin")).status_code == 503
