"""Signing in and out through the browser's eyes, against an issuer in memory."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Annotated, Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import httpx2
import pytest
from chassis.errors import PermanentFailure
from chassis.http.app import create_app
from chassis.security.client_key import ClientKey
from chassis.security.issuer import Issuer
from chassis.security.oidc import OidcClient, SignInFailed, challenge_of
from chassis.security.principal import Principal
from chassis.security.sessions import MemorySessions
from chassis.security.signin import SignIn
from chassis.testing.clock import FakeClock
from chassis.testing.issuer import FakeIssuer
from fastapi import APIRouter, Depends
from joserfc import jwt
from joserfc.jwk import ECKey
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
        app = create_app(
            "test",
            routers=[self.signin.router(), self._pages()],
            readiness={},
            forms_lead_to=self.signin.forms_lead_to,
        )
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
    site.browser.cookies.clear()
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
    goodbye = urlsplit(answer.headers["location"])
    asked = parse_qs(goodbye.query)
    assert (answer.status_code, goodbye.path, goodbye.netloc) == (303, "/logout", "issuer.example.org")
    assert asked["post_logout_redirect_uri"] == [f"{HERE}/signed-out"]
    assert asked["id_token_hint"][0].count(".") == 2
    assert answer.headers["clear-site-data"] == '"cache", "cookies", "storage"'
    assert "form-action 'self' https://issuer.example.org" in answer.headers["content-security-policy"]
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


async def test_signing_out_ends_our_session_though_the_issuer_is_away(site: Site) -> None:
    await site.sign_in()
    site.signin._oidc._issuer._discovery = None
    site.issuer.reachable = False
    answer = await site.browser.post("/signout", headers=SAME)
    assert (answer.status_code, answer.headers["location"]) == (303, "/signed-out")
    assert (await site.browser.get("/")).status_code == 303


async def test_two_tabs_sign_in_beside_one_another(site: Site) -> None:
    first, second = await site.begin("/signin?return_to=/due"), await site.begin("/signin?return_to=/")
    earlier = site.issuer.sign_in(first, subject="amira")
    answer = await site.browser.get(f"/signin/callback?{earlier}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/due")
    later = site.issuer.sign_in(second, subject="amira")
    assert (await site.browser.get(f"/signin/callback?{later}")).headers["location"] == "/"
    assert (await site.browser.get("/")).json() == "amira"


async def test_a_browser_keeps_four_attempts_and_forgets_the_oldest(site: Site) -> None:
    begun = []
    for _ in range(6):
        begun.append(await site.begin())
        site.clock.advance(timedelta(seconds=1))
    assert len([name for name in site.browser.cookies if "-signin-" in name]) == 4
    oldest = site.issuer.sign_in(begun[1])
    assert (await site.browser.get(f"/signin/callback?{oldest}")).status_code == 401
    kept = site.issuer.sign_in(begun[2])
    assert (await site.browser.get(f"/signin/callback?{kept}")).status_code == 303


async def test_an_attempt_lasts_ten_minutes(site: Site) -> None:
    query = site.issuer.sign_in(await site.begin())
    site.clock.advance(timedelta(minutes=10))
    assert (await site.browser.get(f"/signin/callback?{query}")).status_code == 401


@pytest.mark.parametrize("query", ["", "error=access_denied&state=x", "code=x&state=y"])
async def test_a_callback_that_cannot_be_finished_leads_who_is_signed_in_to_the_first_page(
    site: Site, query: str
) -> None:
    await site.sign_in()
    answer = await site.browser.get(f"/signin/callback?{query}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert (await site.browser.get("/")).json() == "amira"


async def test_every_sign_in_asks_the_issuer_to_ask_the_person_again(site: Site) -> None:
    assert parse_qs(urlsplit(await site.begin()).query)["prompt"] == ["login"]


async def test_with_a_key_of_its_own_a_client_signs_what_it_asks_and_proves_itself() -> None:
    clock, issuer = FakeClock(), FakeIssuer()
    sent: list[dict[str, str]] = []
    key = ECKey.generate_key("P-256")

    def answer(request: httpx2.Request) -> httpx2.Response:
        sent.append(dict(parse_qsl(request.content.decode())) | dict(request.headers))
        return issuer._answer(request)

    http = httpx2.AsyncClient(transport=httpx2.MockTransport(answer))
    oidc = OidcClient(
        Issuer(issuer.address, http=http, clock=clock),
        client_id="journey",
        secret=SecretStr("unused"),
        redirect_uri=f"{HERE}/signin/callback",
        http=http,
        clock=clock,
        key=ClientKey(SecretStr(key.as_pem(private=True).decode()), client_id="journey", clock=clock),
        levels='["Cl.Cm"]',
    )
    asked = dict(parse_qsl(urlsplit(await oidc.address(oidc.attempt(return_to="/"))).query))
    assert set(asked) == {"response_type", "client_id", "scope", "request"}
    signed = jwt.decode(asked["request"], key, algorithms=["ES256"]).claims
    assert (signed["iss"], signed["aud"], signed["prompt"]) == ("journey", issuer.address, "login")
    assert (signed["vtr"], signed["code_challenge_method"]) == ('["Cl.Cm"]', "S256")
    for _ in range(2):
        with pytest.raises(SignInFailed):
            await oidc.redeem("code", oidc.attempt(return_to="/"))
    proofs = [jwt.decode(one["client_assertion"], key, algorithms=["ES256"]).claims for one in sent[-2:]]
    assert {proof["sub"] for proof in proofs} == {"journey"}
    assert len({proof["jti"] for proof in proofs}) == 2
    assert not [one for one in sent if "authorization" in one]


@pytest.mark.parametrize("key", ["", "SENTINEL", ECKey.generate_key("P-384").as_pem(private=True).decode()])
def test_a_client_key_that_is_none_of_ours_is_refused_without_being_repeated(key: str) -> None:
    with pytest.raises(PermanentFailure, match="OIDC_CLIENT_KEY must be a private key on P-256") as refused:
        ClientKey(SecretStr(key), client_id="journey", clock=FakeClock())
    assert "SENTINEL" not in str(refused.value)


async def test_the_issuer_ends_every_session_of_a_person(site: Site) -> None:
    await site.sign_in("amira")
    other = await site.sessions.open("bela", roles=())
    assert (await site.browser.get("/signin/session")).status_code == 204
    token = site.issuer.logout_token(client_id="journey", subject="amira")
    assert (await site.browser.post("/signin/ended", data={"logout_token": token})).status_code == 200
    assert (await site.browser.get("/signin/session")).status_code == 401
    assert await site.sessions.find(other) is not None


@pytest.mark.parametrize(
    "wrong",
    [
        {"events": None},
        {"events": {}},
        {"events": []},
        {"nonce": "n"},
        {"aud": "other"},
        {"iss": "https://x"},
        {"exp": 1},
    ],
)
async def test_a_logout_token_that_is_none_ends_nothing(site: Site, wrong: dict[str, Any]) -> None:
    await site.sign_in("amira")
    token = site.issuer.logout_token(**{"client_id": "journey", "subject": "amira", **wrong})
    answer = await site.browser.post("/signin/ended", data={"logout_token": token})
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/logout-refused")
    assert (await site.browser.get("/signin/session")).status_code == 204


async def test_asking_whether_the_session_lives_does_not_keep_it_alive(site: Site) -> None:
    await site.sign_in()
    for _ in range(29):
        site.clock.advance(timedelta(minutes=1))
        assert (await site.browser.get("/signin/session")).status_code == 204
    site.clock.advance(timedelta(minutes=1))
    assert (await site.browser.get("/signin/session")).status_code == 401


async def test_exit_ends_the_session_and_makes_the_browser_forget(site: Site) -> None:
    await site.sign_in()
    answer = await site.browser.get("/exit")
    assert (answer.status_code, answer.headers["clear-site-data"]) == (303, '"cache", "cookies", "storage"')
    assert (await site.browser.get("/")).status_code == 303


@pytest.mark.parametrize("path", ["/signed-out", "/nowhere", "/signin/callback"])
async def test_exit_is_on_every_plain_page(site: Site, path: str) -> None:
    page = (await site.browser.get(path, headers={"accept": "text/html"})).text
    assert '<a href="/exit"' in page
    assert "/session.js" in page


async def test_an_issuer_that_is_away_is_503(site: Site) -> None:
    site.issuer.reachable = False
    assert (await site.browser.get("/signin")).status_code == 503
