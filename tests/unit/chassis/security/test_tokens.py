"""Tokens for our own calls: asked for once, renewed in time, and each failure named for what it is."""

import asyncio
from datetime import timedelta

import httpx2
import pytest
from chassis.errors import TransientFailure
from chassis.security.issuer import Issuer
from chassis.security.tokens import AccessTokens, ClientCredentials, FixedToken, TokenDelayed, TokenNotGranted
from chassis.testing.clock import FakeClock
from chassis.testing.issuer import FakeIssuer
from pydantic import SecretStr


def _tokens(issuer: FakeIssuer, clock: FakeClock) -> ClientCredentials:
    http = httpx2.AsyncClient(transport=issuer.transport())
    return ClientCredentials(
        Issuer(issuer.address, http=http, clock=clock),
        client_id="journey",
        secret=SecretStr("not-a-secret"),
        audience="throughline-test",
        http=http,
        clock=clock,
    )


async def test_many_callers_share_one_token_until_it_is_about_to_expire() -> None:
    clock = FakeClock()
    issuer = FakeIssuer(clock=clock)
    tokens = _tokens(issuer, clock)
    first = set(await asyncio.gather(*(tokens.token() for _ in range(5))))
    assert len(first) == 1
    assert issuer.requests.count("/token") == 1
    clock.advance(timedelta(seconds=571))
    assert await tokens.token() not in first
    assert issuer.requests.count("/token") == 2


@pytest.mark.parametrize(("status", "error"), [(401, TokenNotGranted), (503, TokenDelayed), (429, TokenDelayed)])
async def test_a_refusal_and_a_delay_are_different_failures(status: int, error: type[Exception]) -> None:
    clock = FakeClock()
    issuer = FakeIssuer(clock=clock)
    issuer.token_status = status
    with pytest.raises(error):
        await _tokens(issuer, clock).token()


async def test_an_issuer_away_is_transient() -> None:
    clock = FakeClock()
    issuer = FakeIssuer(clock=clock)
    issuer.reachable = False
    with pytest.raises(TransientFailure):
        await _tokens(issuer, clock).token()


async def test_the_fake_serves_where_the_real_one_does() -> None:
    tokens: AccessTokens = FixedToken("t")
    assert await tokens.token() == "t"


async def test_services_reach_the_issuer_inside_while_browsers_are_sent_outside() -> None:
    issuer = FakeIssuer(clock=FakeClock())
    hosts: list[str] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        hosts.append(request.url.host)
        return issuer.transport().handle_request(request)

    http = httpx2.AsyncClient(transport=httpx2.MockTransport(answer))
    reached = Issuer(issuer.address, http=http, clock=FakeClock(), inside="http://issuer:8080")
    await reached.key_set(key_id=None)
    assert set(hosts) == {"issuer"}
    found = await reached.discovery()
    assert found.token_endpoint == "http://issuer:8080/token"
    assert found.authorization_endpoint == f"{issuer.address}/authorize"
