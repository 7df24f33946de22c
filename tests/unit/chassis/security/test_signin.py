"""Signing in through the browser's eyes, against an issuer in memory."""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from chassis.errors import PermanentFailure
from chassis.security.oidc import challenge_of
from support.signin_site import HERE, SAME, Site


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


async def test_an_issuer_that_is_away_is_503(site: Site) -> None:
    site.issuer.reachable = False
    assert (await site.browser.get("/signin")).status_code == 503


async def test_a_session_keeps_the_access_token_only_where_the_service_acts_for_its_people() -> None:
    for site, keeps in ((Site(), False), (Site(delegates=True), True)):
        async with site.browser:
            await site.sign_in()
            session_id = site.browser.cookies["__Host-journey-session"]
            assert bool(await site.sessions.access(session_id)) is keeps
