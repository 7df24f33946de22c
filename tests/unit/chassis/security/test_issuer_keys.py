"""The keys of an issuer, over HTTP: asked for beside a request or before it, and what serves while it is away."""

import asyncio
from datetime import timedelta
from functools import partial

import httpx2
import pytest
from chassis.security.bearer import Bearer, TokenRefused
from chassis.security.issuer import Issuer, IssuerAway, IssuerMismatch
from chassis.testing.clock import FakeClock
from chassis.testing.issuer import FakeIssuer
from support.deadline import until


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def issuer(clock: FakeClock) -> FakeIssuer:
    return FakeIssuer(clock=clock)


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
