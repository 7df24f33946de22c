"""Acting elsewhere for who is signed in: one exchange for many callers, and each failure named for its cure."""

import asyncio
from datetime import timedelta

import httpx2
import pytest
from chassis.security.client_key import ASSERTION_TYPE, ClientKey
from chassis.security.delegation import ActsFor, Delegation, DelegationRefused, FixedDelegation, SignInSpent
from chassis.security.issuer import Issuer, IssuerAway
from chassis.security.sessions import MemorySessions
from chassis.security.token_endpoint import TokenEndpoint
from chassis.testing.clock import FakeClock
from chassis.testing.issuer import FakeIssuer
from joserfc.jwk import ECKey
from pydantic import SecretStr

JOURNEY, INTAKE = "throughline-journey", "throughline-intake"


class Desk:
    """A service whose people are signed in, and its issuer."""

    def __init__(self, key: ClientKey | None = None, *, answers: httpx2.Response | None = None) -> None:
        self.clock = FakeClock()
        self.issuer = FakeIssuer(clock=self.clock)
        self.sessions = MemorySessions(clock=self.clock)
        self.sent: list[httpx2.Request] = []
        self._answers = answers
        self.asked, self.go_on = asyncio.Event(), asyncio.Event()
        self.go_on.set()
        http = httpx2.AsyncClient(transport=httpx2.MockTransport(self._answer))
        issuer = Issuer(self.issuer.address, http=http, clock=self.clock)
        tokens = TokenEndpoint(issuer, client_id="desk", secret=SecretStr("not-a-secret"), http=http, key=key)
        self.delegation = Delegation(self.sessions, tokens, clock=self.clock)

    async def signed_in(self, subject: str = "officer-1") -> str:
        access = self.issuer.token(subject=subject, roles=("officer",), lifetime=timedelta(hours=8))
        return await self.sessions.open(subject, roles={"officer"}, access=access)

    async def _answer(self, request: httpx2.Request) -> httpx2.Response:
        self.sent.append(request)
        self.asked.set()
        await self.go_on.wait()
        if self._answers is not None and request.url.path == "/token":
            return self._answers
        return self.issuer._answer(request)


async def test_many_callers_share_one_exchange_until_its_token_is_about_to_end() -> None:
    desk = Desk()
    session_id = await desk.signed_in()
    first = set(await asyncio.gather(*(desk.delegation.token_for(session_id, JOURNEY) for _ in range(5))))
    assert len(first) == 1
    desk.clock.advance(timedelta(seconds=269))
    assert await desk.delegation.token_for(session_id, JOURNEY) in first
    assert len(desk.issuer.exchanges) == 1
    desk.clock.advance(timedelta(seconds=1))
    assert await desk.delegation.token_for(session_id, JOURNEY) not in first
    assert len(desk.issuer.exchanges) == 2


async def test_each_person_and_each_audience_has_a_token_of_its_own() -> None:
    desk = Desk()
    one, two = await desk.signed_in("officer-1"), await desk.signed_in("officer-2")
    asked = [(one, JOURNEY), (one, INTAKE), (two, JOURNEY)]
    given = [await desk.delegation.token_for(session_id, audience) for session_id, audience in asked]
    assert len(set(given)) == 3
    assert [form["audience"] for form in desk.issuer.exchanges] == [JOURNEY, INTAKE, JOURNEY]
    assert len({form["subject_token"] for form in desk.issuer.exchanges}) == 2


async def test_what_is_sent_is_an_exchange_by_the_standard() -> None:
    desk = Desk()
    session_id = await desk.signed_in()
    await desk.delegation.token_for(session_id, JOURNEY)
    assert desk.issuer.exchanges == [
        {
            "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange",
            "subject_token": await desk.sessions.access(session_id),
            "subject_token_type": "urn:ietf:params:oauth:token-type:access_token",
            "requested_token_type": "urn:ietf:params:oauth:token-type:access_token",
            "audience": JOURNEY,
        }
    ]
    assert desk.sent[-1].headers["authorization"].startswith("Basic ")


async def test_a_client_with_a_key_of_its_own_proves_itself_by_it() -> None:
    pem = ECKey.generate_key("P-256").as_pem(private=True).decode()
    granted = httpx2.Response(200, json={"access_token": "token", "expires_in": 300})
    desk = Desk(ClientKey(SecretStr(pem), client_id="desk", clock=FakeClock()), answers=granted)
    assert await desk.delegation.token_for(await desk.signed_in(), JOURNEY) == "token"
    assert ASSERTION_TYPE.rpartition(":")[2] in desk.sent[-1].content.decode()
    assert "authorization" not in desk.sent[-1].headers


async def test_a_token_goes_with_its_session_however_long_it_would_last() -> None:
    desk = Desk()
    session_id = await desk.signed_in()
    await desk.delegation.token_for(session_id, JOURNEY)
    await desk.sessions.end(session_id)
    with pytest.raises(SignInSpent):
        await desk.delegation.token_for(session_id, JOURNEY)


async def test_a_session_without_an_access_token_asks_nobody() -> None:
    desk = Desk()
    for session_id in ("", "unknown", await desk.sessions.open("officer-1", roles={"officer"})):
        with pytest.raises(SignInSpent):
            await desk.delegation.token_for(session_id, JOURNEY)
    assert not desk.sent


@pytest.mark.parametrize(
    ("error", "status", "failure"),
    [
        ("invalid_request", 400, SignInSpent),
        ("invalid_grant", 400, SignInSpent),
        ("access_denied", 403, SignInSpent),
        ("invalid_client", 401, DelegationRefused),
        ("unauthorized_client", 400, DelegationRefused),
        ("unsupported_grant_type", 400, DelegationRefused),
        ("invalid_target", 400, DelegationRefused),
        ("invalid_scope", 400, DelegationRefused),
        ("slow_down", 429, IssuerAway),
        ("server_error", 503, IssuerAway),
    ],
)
async def test_each_refusal_is_named_for_its_cure(error: str, status: int, failure: type[Exception]) -> None:
    desk = Desk()
    desk.issuer.token_error, desk.issuer.token_status = error, status
    session_id = await desk.signed_in()
    with pytest.raises(failure):
        await desk.delegation.token_for(session_id, JOURNEY)
    desk.issuer.token_error, desk.issuer.token_status = "", 200
    assert await desk.delegation.token_for(session_id, JOURNEY)


@pytest.mark.parametrize("sent_back", [False, True])
async def test_who_is_refused_what_was_granted_before_is_signed_out_everywhere(*, sent_back: bool) -> None:
    """Guards a role that the issuer took away."""
    desk = Desk()
    here, elsewhere, another = [await desk.signed_in(who) for who in ("officer-1", "officer-1", "officer-2")]
    await desk.delegation.token_for(here, JOURNEY)
    await desk.delegation.token_for(another, JOURNEY)
    desk.issuer.token_error = "invalid_request"
    if sent_back:
        desk.delegation.forget(here, JOURNEY)
    else:
        desk.clock.advance(timedelta(minutes=6))
    with pytest.raises(SignInSpent):
        await desk.delegation.token_for(here, JOURNEY)
    assert [await desk.sessions.find(one) is not None for one in (here, elsewhere, another)] == [False, False, True]


@pytest.mark.parametrize(("error", "status"), [("invalid_client", 401), ("invalid_target", 400), ("slow_down", 429)])
async def test_a_refusal_that_is_not_about_the_person_signs_nobody_out(error: str, status: int) -> None:
    desk = Desk()
    session_id = await desk.signed_in()
    await desk.delegation.token_for(session_id, JOURNEY)
    desk.issuer.token_error, desk.issuer.token_status = error, status
    desk.clock.advance(timedelta(minutes=6))
    with pytest.raises((DelegationRefused, IssuerAway)):
        await desk.delegation.token_for(session_id, JOURNEY)
    assert await desk.sessions.find(session_id)


async def test_whom_nobody_ever_granted_a_token_stays_signed_in() -> None:
    desk = Desk()
    session_id = await desk.signed_in()
    desk.issuer.token_error = "invalid_request"
    with pytest.raises(SignInSpent):
        await desk.delegation.token_for(session_id, JOURNEY)
    assert await desk.sessions.find(session_id)


@pytest.mark.parametrize(
    "answer",
    [
        httpx2.Response(200, json={"no": "token"}),
        httpx2.Response(200, text="SENTINEL"),
        httpx2.Response(404, text="no such page"),
        httpx2.Response(400, json=["SENTINEL"]),
        httpx2.Response(302, headers={"Location": "https://elsewhere.example.org"}),
    ],
)
async def test_an_answer_that_cannot_be_read_is_no_answer(answer: httpx2.Response) -> None:
    desk = Desk(answers=answer)
    with pytest.raises(IssuerAway) as away:
        await desk.delegation.token_for(await desk.signed_in(), JOURNEY)
    assert "SENTINEL" not in str(away.value)


async def test_an_issuer_away_costs_many_callers_one_question_and_no_error_repeats_a_token() -> None:
    desk = Desk()
    session_id = await desk.signed_in()
    await desk.delegation.token_for(session_id, JOURNEY)
    desk.issuer.reachable, asked = False, len(desk.sent)
    asking = (desk.delegation.token_for(session_id, INTAKE) for _ in range(5))
    failures = await asyncio.gather(*asking, return_exceptions=True)
    assert {type(each) for each in failures} == {IssuerAway}
    assert len(desk.sent) == asked + 1
    assert not [each for each in failures if await desk.sessions.access(session_id) in repr(each)]
    assert await desk.delegation.token_for(session_id, JOURNEY)


async def test_what_was_refused_elsewhere_is_asked_for_anew() -> None:
    desk = Desk()
    session_id = await desk.signed_in()
    first = await desk.delegation.token_for(session_id, JOURNEY)
    desk.delegation.forget(session_id, JOURNEY)
    assert await desk.delegation.token_for(session_id, JOURNEY) != first


async def test_who_stops_waiting_leaves_the_others_their_token() -> None:
    desk = Desk()
    session_id = await desk.signed_in()
    desk.go_on.clear()
    left = asyncio.create_task(desk.delegation.token_for(session_id, JOURNEY))
    stayed = asyncio.create_task(desk.delegation.token_for(session_id, JOURNEY))
    await desk.asked.wait()
    left.cancel()
    desk.go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await left
    assert await stayed
    assert len(desk.issuer.exchanges) == 1


async def test_the_fake_serves_where_the_real_one_does() -> None:
    acts: ActsFor = FixedDelegation()
    assert await acts.token_for("session", JOURNEY) == JOURNEY
    with pytest.raises(SignInSpent):
        await acts.token_for("", JOURNEY)
