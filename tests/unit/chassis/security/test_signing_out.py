"""How a session ends: by signing out, by leaving, by the issuer, and by time."""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from support.signin_site import HERE, SAME, Site


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


async def test_signing_out_ends_our_session_though_the_issuer_is_away(site: Site) -> None:
    await site.sign_in()
    site.signin._oidc._issuer._discovery = None
    site.issuer.reachable = False
    answer = await site.browser.post("/signout", headers=SAME)
    assert (answer.status_code, answer.headers["location"]) == (303, "/signed-out")
    assert (await site.browser.get("/")).status_code == 303


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
