"""Access tokens: what is accepted, and everything that is not."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from typing import Annotated, Any

import httpx2
import pytest
from chassis.http.app import create_app
from chassis.http.problems import NotAllowed
from chassis.security.bearer import Bearer, TokenRefused
from chassis.security.issuer import Issuer, IssuerAway, IssuerMismatch
from chassis.security.principal import Principal
from chassis.testing.clock import FakeClock
from chassis.testing.issuer import FakeIssuer
from fastapi import APIRouter, Depends
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey
from support.deadline import until


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def issuer(clock: FakeClock) -> FakeIssuer:
    return FakeIssuer(clock=clock)


@pytest.fixture
async def client(issuer: FakeIssuer) -> AsyncIterator[httpx2.AsyncClient]:
    router, bearer = APIRouter(), issuer.bearer()

    @router.post("/events")
    async def publish(caller: Annotated[Principal, Depends(bearer.require_scope("events:publish"))]) -> str:
        return caller.client_id

    @router.get("/due")
    async def due(caller: Annotated[Principal, Depends(bearer.require_role("officer", "auditor"))]) -> str:
        return caller.subject

    app = create_app("test", routers=[router], readiness={})
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://test") as client:
        yield client


async def test_a_right_token_names_the_caller(issuer: FakeIssuer) -> None:
    token = issuer.token(subject="s", client_id="c", scope="log:read events:publish", roles=("officer",))
    principal = await issuer.bearer().verify(token)
    assert principal == Principal("s", "c", frozenset({"officer"}), frozenset({"log:read", "events:publish"}))


@pytest.mark.parametrize("act", [{"sub": "desk"}, {"sub": "desk", "act": {"sub": "other"}}, {}, "odd", ["odd"]])
async def test_a_token_by_which_a_client_acts_is_of_the_person_and_names_the_client(
    issuer: FakeIssuer, act: object
) -> None:
    token = issuer.token(subject="officer-1", client_id="desk", roles=("officer",), act=act)
    assert await issuer.bearer().verify(token) == Principal("officer-1", "desk", frozenset({"officer"}))


def _unsigned(issuer: FakeIssuer, alg: str) -> str:
    claims = issuer.token().split(".")[1]
    header = base64.urlsafe_b64encode(json.dumps({"alg": alg, "typ": "at+jwt"}).encode()).rstrip(b"=").decode()
    return f"{header}.{claims}."


def _signed_with(key: Any, alg: str, issuer: FakeIssuer) -> str:
    now = int(issuer.clock.now().timestamp())
    claims = {"iss": issuer.address, "aud": issuer.audience, "sub": "s", "exp": now + 60}
    head = {"alg": alg, "typ": "at+jwt", "kid": "key-1"}
    return jwt.encode(head, claims, key, algorithms=[alg])


@pytest.mark.parametrize(
    "make",
    [
        lambda issuer: _unsigned(issuer, "none"),
        lambda issuer: _unsigned(issuer, "ES256"),
        lambda issuer: issuer.token().rpartition(".")[0] + ".AAAA",
        lambda issuer: issuer.token(lifetime=timedelta(seconds=-60)),
        lambda issuer: issuer.token(aud="throughline-other"),
        lambda issuer: issuer.token(aud=None),
        lambda issuer: issuer.token(iss="https://elsewhere.example.org"),
        lambda issuer: issuer.token(exp=None),
        lambda issuer: issuer.token(exp=float("inf")),
        lambda issuer: issuer.token(sub=None),
        lambda issuer: issuer.token(nbf=int(issuer.clock.now().timestamp()) + 61),
        lambda issuer: issuer.token(exp="soon"),
        lambda issuer: issuer.token(exp=True),
        lambda issuer: issuer.token(aud={"throughline-test": 1}),
        lambda issuer: issuer.token(iss=["https://issuer.example.org"]),
        lambda issuer: issuer.token(header={"typ": "logout+jwt"}),
        lambda issuer: issuer.token(header={"typ": ""}),
        lambda issuer: issuer.token(header={"typ": None}),
        lambda issuer: issuer.token(header={"typ": "JWT"}),
        lambda issuer: issuer.id_token(client_id=issuer.audience, nonce="n"),
        lambda issuer: issuer.token(nonce="n"),
        lambda issuer: issuer.token(at_hash="h"),
        lambda issuer: issuer.logout_token(client_id=issuer.audience, subject="s"),
        lambda issuer: issuer.token(lifetime=timedelta(minutes=20, seconds=1)),
        lambda issuer: issuer.token(lifetime=timedelta(hours=8)),
        lambda issuer: issuer.token(exp=10**30),
        lambda issuer: issuer.token(exp=10**400, iat=10**400),
        lambda issuer: issuer.token(lifetime=timedelta(minutes=22), iat=None),
        lambda issuer: issuer.token(lifetime=timedelta(minutes=5), iat=int(issuer.clock.now().timestamp()) - 16 * 60),
        lambda issuer: issuer.token(iat="now"),
        lambda issuer: _signed_with(ECKey.generate_key("P-256"), "ES256", issuer),
        lambda issuer: _signed_with(RSAKey.generate_key(2048), "RS256", issuer),
        lambda issuer: _signed_with(OctKey.generate_key(256), "HS256", issuer),
        lambda _: "not-a-token",
        lambda _: "a.b.c",
        lambda _: "",
    ],
)
async def test_a_wrong_token_is_refused(issuer: FakeIssuer, make: Any) -> None:
    with pytest.raises(TokenRefused):
        await issuer.bearer().verify(make(issuer))


@pytest.mark.parametrize(
    ("claims", "wanted"),
    [
        ({"scope": ["log:read", "events:publish"]}, {"scopes": {"log:read", "events:publish"}}),
        ({"scope": 7}, {"scopes": set()}),
        ({"roles": ["officer", 7, None, {"x": 1}]}, {"roles": {"officer"}}),
        ({"client_id": 7}, {"client_id": ""}),
        ({"aud": ["elsewhere", 7, "throughline-test"]}, {"subject": "subject-1"}),
        ({"iss": "https://issuer.example.org/"}, {"subject": "subject-1"}),
    ],
)
async def test_a_claim_in_an_odd_form_gives_no_more_than_it_says_and_stops_nothing(
    issuer: FakeIssuer, claims: dict[str, Any], wanted: dict[str, Any]
) -> None:
    principal = await issuer.bearer().verify(issuer.token(**claims))
    assert {name: getattr(principal, name) for name in wanted} == wanted


@pytest.mark.parametrize("seconds", [-59, 59])
async def test_the_clock_of_another_machine_may_differ_by_less_than_a_minute(issuer: FakeIssuer, seconds: int) -> None:
    now = int(issuer.clock.now().timestamp())
    claims: dict[str, Any] = {"exp": now + seconds} if seconds < 0 else {"nbf": now + seconds, "iat": now + seconds}
    assert (await issuer.bearer().verify(issuer.token(**claims))).subject == "subject-1"


@pytest.mark.parametrize("says_since_when", [True, False])
async def test_a_token_of_twenty_minutes_by_a_clock_before_ours_is_taken(
    issuer: FakeIssuer, *, says_since_when: bool
) -> None:
    given = int(issuer.clock.now().timestamp()) + 59
    token = issuer.token(iat=given if says_since_when else None, exp=given + 20 * 60)
    assert (await issuer.bearer().verify(token)).subject == "subject-1"


async def test_a_refusal_is_a_401_problem_that_repeats_nothing(client: httpx2.AsyncClient, issuer: FakeIssuer) -> None:
    expired = issuer.token(lifetime=timedelta(minutes=-2))
    for headers in ({}, {"Authorization": "Basic YTpi"}, {"Authorization": f"Bearer {expired}"}):
        answer = await client.post("/events", headers=headers)
        assert (answer.status_code, answer.json()["type"]) == (401, "/problems/token-refused")
        assert answer.headers["www-authenticate"].startswith("Bearer")
        assert expired not in answer.text


async def test_a_token_without_the_scope_or_role_is_403(client: httpx2.AsyncClient, issuer: FakeIssuer) -> None:
    assert (await client.post("/events", headers=issuer.headers(scope="events:read"))).status_code == 403
    assert (await client.post("/events", headers=issuer.headers(scope="events:publish"))).json() == "client-1"
    assert (await client.get("/due", headers=issuer.headers(roles=("victim",)))).status_code == 403
    assert (await client.get("/due", headers=issuer.headers(roles=("officer",)))).json() == "subject-1"


async def test_a_remembered_token_still_expires(issuer: FakeIssuer, clock: FakeClock) -> None:
    bearer, token = issuer.bearer(), issuer.token(lifetime=timedelta(seconds=30))
    await bearer.verify(token)
    clock.advance(timedelta(seconds=29))
    await bearer.verify(token)
    clock.advance(timedelta(seconds=61))
    with pytest.raises(TokenRefused):
        await bearer.verify(token)


async def test_a_remembered_token_is_checked_again_after_a_minute(issuer: FakeIssuer, clock: FakeClock) -> None:
    bearer, token = issuer.bearer(), issuer.token()
    await bearer.verify(token)
    issuer.rotate()
    await bearer.verify(token)
    clock.advance(timedelta(seconds=61))
    with pytest.raises(TokenRefused):
        await bearer.verify(token)


def _over_http(issuer: FakeIssuer, clock: FakeClock) -> tuple[Bearer, Issuer]:
    keys = Issuer(issuer.address, http=httpx2.AsyncClient(transport=issuer.transport()), clock=clock)
    return Bearer(issuer=issuer.address, audience=issuer.audience, keys=keys, clock=clock), keys


async def test_keys_are_asked_for_once_and_again_for_an_unknown_key_id(issuer: FakeIssuer, clock: FakeClock) -> None:
    bearer, _ = _over_http(issuer, clock)
    await bearer.verify(issuer.token())
    await bearer.verify(issuer.token(subject="another"))
    assert issuer.requests == ["/.well-known/openid-configuration", "/jwks"]
    issuer.rotate()
    clock.advance(timedelta(seconds=11))
    await bearer.verify(issuer.token())
    assert issuer.requests.count("/jwks") == 2


async def test_made_up_key_ids_do_not_make_us_flood_the_issuer(issuer: FakeIssuer, clock: FakeClock) -> None:
    bearer, _ = _over_http(issuer, clock)
    for number in range(20):
        with pytest.raises(TokenRefused):
            await bearer.verify(issuer.token(header={"kid": f"made-up-{number}"}))
    assert issuer.requests.count("/jwks") == 1


async def test_the_last_copy_of_the_keys_serves_while_the_issuer_is_away(issuer: FakeIssuer, clock: FakeClock) -> None:
    bearer, _ = _over_http(issuer, clock)
    await bearer.verify(issuer.token())
    issuer.reachable = False
    clock.advance(timedelta(hours=3))
    assert (await bearer.verify(issuer.token())).subject == "subject-1"


def _held_back(issuer: FakeIssuer) -> tuple[httpx2.AsyncClient, asyncio.Event]:
    """The issuer answers for its keys only while the event is set."""
    go_on = asyncio.Event()
    go_on.set()

    async def answer(request: httpx2.Request) -> httpx2.Response:
        if request.url.path == "/jwks":
            issuer.requests.append("asked for keys")
            await go_on.wait()
        return issuer._answer(request)

    return httpx2.AsyncClient(transport=httpx2.MockTransport(answer)), go_on


def _asked(issuer: FakeIssuer) -> int:
    return issuer.requests.count("asked for keys")


async def test_keys_that_are_not_fresh_any_more_are_asked_for_beside_requests(
    issuer: FakeIssuer, clock: FakeClock
) -> None:
    http, go_on = _held_back(issuer)
    keys = Issuer(issuer.address, http=http, clock=clock)
    bearer = Bearer(issuer=issuer.address, audience=issuer.audience, keys=keys, clock=clock)
    await bearer.verify(issuer.token())
    for minutes in (11, 8):
        clock.advance(timedelta(minutes=minutes))
        go_on.clear()
        async with asyncio.timeout(5):
            await asyncio.gather(*(bearer.verify(issuer.token(jti=str(number))) for number in range(20)))
    await until(partial(_has_asked, issuer, 2), "the keys are asked for once more")
    old = issuer.token(jti="of the key that goes")
    issuer.rotate()
    go_on.set()
    await until(lambda: _refused(bearer, old), "the key that went is known to be gone")
    assert _asked(issuer) == 2


async def test_keys_that_are_old_are_asked_for_before_they_are_used(issuer: FakeIssuer, clock: FakeClock) -> None:
    bearer, _ = _over_http(issuer, clock)
    await bearer.verify(issuer.token())
    clock.advance(timedelta(minutes=21))
    old = issuer.token()
    issuer.rotate()
    with pytest.raises(TokenRefused):
        await bearer.verify(old)


async def test_an_issuer_that_is_away_beside_requests_is_asked_again_no_sooner_than_its_keys_are_due(
    issuer: FakeIssuer, clock: FakeClock
) -> None:
    http, _ = _held_back(issuer)
    keys = Issuer(issuer.address, http=http, clock=clock)
    await keys.key_set(key_id=None)
    issuer.reachable = False
    for asked in (2, 3):
        clock.advance(timedelta(minutes=11))
        for _ in range(5):
            assert (await keys.key_set(key_id=None)).usable
            await until(partial(_has_asked, issuer, asked), "the keys are asked for")


async def _has_asked(issuer: FakeIssuer, times: int) -> bool:
    return _asked(issuer) == times


async def _refused(bearer: Bearer, token: str) -> bool:
    try:
        await bearer.verify(token)
    except TokenRefused:
        return True
    bearer._remembered.clear()
    return False


async def test_keys_never_read_are_an_outage_not_a_refusal(issuer: FakeIssuer, clock: FakeClock) -> None:
    bearer, _ = _over_http(issuer, clock)
    issuer.reachable = False
    with pytest.raises(IssuerAway):
        await bearer.verify(issuer.token())


async def test_nobody_queues_for_an_issuer_that_is_away(issuer: FakeIssuer, clock: FakeClock) -> None:
    asked = 0

    async def away(_: httpx2.Request) -> httpx2.Response:
        nonlocal asked
        asked += 1
        raise httpx2.ConnectError("away")

    bearer = Bearer(
        issuer=issuer.address,
        audience=issuer.audience,
        keys=Issuer(issuer.address, http=httpx2.AsyncClient(transport=httpx2.MockTransport(away)), clock=clock),
        clock=clock,
    )
    for answer in await asyncio.gather(*(bearer.verify(issuer.token()) for _ in range(20)), return_exceptions=True):
        assert isinstance(answer, IssuerAway)
    assert asked == 1


async def test_an_issuer_that_names_itself_otherwise_is_not_believed(issuer: FakeIssuer, clock: FakeClock) -> None:
    http = httpx2.AsyncClient(transport=issuer.transport())
    with pytest.raises(IssuerMismatch):
        await Issuer("https://other.example.org", http=http, clock=clock).discovery()


def test_a_principal_demands() -> None:
    with pytest.raises(NotAllowed):
        Principal("s").demand_role("officer")
    Principal("s", roles=frozenset({"officer"})).demand_role("officer", "auditor")
