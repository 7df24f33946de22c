"""Access tokens: what is accepted, and everything that is not."""

import base64
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Annotated, Any

import httpx2
import pytest
from chassis.http.app import create_app
from chassis.http.problems import NotAllowed
from chassis.security.bearer import TokenRefused
from chassis.security.principal import Principal
from chassis.testing.clock import FakeClock
from chassis.testing.issuer import FakeIssuer
from fastapi import APIRouter, Depends
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey


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


def test_a_principal_demands() -> None:
    with pytest.raises(NotAllowed):
        Principal("s").demand_role("officer")
    Principal("s", roles=frozenset({"officer"})).demand_role("officer", "auditor")
