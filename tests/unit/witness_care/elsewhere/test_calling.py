"""Other services asked as the officer: whatever happens there, the desk gets an outcome it can show."""

import asyncio
from collections.abc import Callable

import httpx2
import pytest
from chassis.security.delegation import DelegationRefused, FixedDelegation, SignInSpent
from chassis.security.issuer import IssuerAway
from structlog.testing import capture_logs
from witness_care.elsewhere.calling import HttpPeers
from witness_care.elsewhere.memory_peers import MemoryPeers
from witness_care.elsewhere.peer import NotThere, Outcome, Peer, Peers, Refused, Said, SignInAgain, Unreachable

PATH = "/victims/0193aaaa-0000-7000-8000-000000000001/timeline"
URLS = {peer: f"https://{peer.value}.example.org/" for peer in Peer}


class There:
    """The services elsewhere, and the desk that asks them."""

    def __init__(self, *answers: httpx2.Response | Exception, seconds: float = 2.5) -> None:
        self.asked: list[httpx2.Request] = []
        self._answers = list(answers)
        self.delegation = FixedDelegation()
        self.http = httpx2.AsyncClient(transport=httpx2.MockTransport(self._answer))
        self.peers = HttpPeers(self.http, self.delegation, URLS, seconds)

    async def get(self, peer: Peer = Peer.JOURNEY) -> Outcome:
        return await self.peers.get("session", peer, PATH)

    async def _answer(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(request)
        if not self._answers:
            await asyncio.Event().wait()
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def refused(status: int, detail: object = "Ask somebody else.") -> httpx2.Response:
    return httpx2.Response(status, json={"type": "/problems/x", "title": "No", "status": status, "detail": detail})


@pytest.mark.parametrize("peer", list(Peer))
async def test_each_service_is_asked_at_its_address_with_a_token_for_it_alone(peer: Peer) -> None:
    there = There(httpx2.Response(200, json={"entries": []}))
    assert await there.get(peer) == Said({"entries": []})
    (request,) = there.asked
    assert str(request.url) == f"https://{peer.value}.example.org{PATH}"
    assert request.headers["authorization"] == f"Bearer throughline-{peer.value}"


async def test_what_is_posted_is_json_and_an_empty_answer_is_one() -> None:
    there = There(httpx2.Response(204))
    assert await there.peers.post("session", Peer.INTAKE, "/links", {"same": True}) == Said(None)
    (request,) = there.asked
    assert (request.method, request.content) == ("POST", b'{"same":true}')
    assert request.headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (refused(404), NotThere()),
        (refused(410), NotThere()),
        (refused(403), Refused(403, "Ask somebody else.")),
        (refused(409), Refused(409, "Ask somebody else.")),
        (refused(422, ["odd"]), Refused(422, "")),
        (httpx2.Response(400, text="odd"), Refused(400, "")),
        (httpx2.Response(400, json=["odd"]), Refused(400, "")),
        (refused(429), Unreachable()),
        (refused(500), Unreachable()),
        (refused(503), Unreachable()),
        (httpx2.Response(303, headers={"Location": "https://evil.example.org"}), Unreachable()),
        (httpx2.Response(200, text="<p>not JSON"), Unreachable()),
        (httpx2.ConnectError("away"), Unreachable()),
        (httpx2.ReadTimeout("slow"), Unreachable()),
    ],
)
async def test_each_answer_has_its_outcome(answer: httpx2.Response | Exception, outcome: Outcome) -> None:
    there = There(answer)
    assert await there.get() == outcome
    assert len(there.asked) == 1


async def test_who_does_not_answer_in_time_is_unreachable() -> None:
    assert await There(seconds=0.01).get() == Unreachable()


async def test_a_token_refused_there_is_asked_for_anew_once() -> None:
    there = There(refused(401), httpx2.Response(200, json=1))
    assert await there.get() == Said(1)
    assert there.delegation.forgotten == [("session", "throughline-journey")]
    there = There(refused(401), refused(401))
    assert await there.get() == Unreachable()
    assert len(there.asked) == 2


async def test_a_sign_in_that_is_spent_and_an_issuer_away_are_told_apart_and_nobody_is_asked() -> None:
    there = There()
    there.delegation.failure = SignInSpent()
    assert await there.get() == SignInAgain()
    there.delegation.failure = IssuerAway("the token endpoint does not answer")
    assert await there.get() == Unreachable()
    assert not there.asked


@pytest.mark.parametrize(
    "answer",
    [refused(401), refused(500), httpx2.Response(200, text="SENTINEL"), httpx2.ConnectError("SENTINEL"), None],
)
async def test_what_went_wrong_is_logged_without_tokens_addresses_and_answers(
    answer: httpx2.Response | Exception | None,
) -> None:
    there = There(*[answer] * 2 if answer else (), seconds=0.1)
    with capture_logs() as lines:
        assert await there.get() == Unreachable()
    (line,) = lines
    assert line["source"] == "journey"
    assert not [word for word in ("SENTINEL", "throughline-", "session", "/victims") if word in str(line)]


async def test_a_client_that_may_not_act_is_an_operators_to_correct() -> None:
    there = There()
    there.delegation.failure = DelegationRefused("the issuer refuses to let this client act elsewhere (invalid_target)")
    with capture_logs() as lines:
        assert await there.get() == Unreachable()
    assert [line["log_level"] for line in lines] == ["error"]


@pytest.mark.parametrize("path", ["", "@evil.example.org/", ".evil.example.org"])
async def test_a_path_cannot_lead_to_another_host(path: str) -> None:
    there = There(httpx2.Response(200))
    with pytest.raises(ValueError, match="begins with a slash"):
        await there.peers.get("session", Peer.INTAKE, path)
    assert not there.asked


def _real() -> Peers:
    return There(httpx2.Response(200, json=[1]), refused(404)).peers


def _fake() -> Peers:
    return MemoryPeers({(Peer.INTAKE, "/kept"): Said([1])})


@pytest.mark.parametrize("made", [_real, _fake])
async def test_the_fake_answers_as_the_real_one_does(made: Callable[[], Peers]) -> None:
    peers = made()
    assert await peers.get("session", Peer.INTAKE, "/kept") == Said([1])
    assert await peers.post("session", Peer.INTAKE, "/other", {}) == NotThere()
    assert await peers.get("", Peer.INTAKE, "/kept") == SignInAgain()


async def test_the_fake_may_be_away_or_spent_and_remembers_what_it_was_asked() -> None:
    peers = MemoryPeers(away={Peer.JOURNEY})
    assert await peers.get("session", Peer.JOURNEY, "/a") == Unreachable()
    peers.spent = True
    assert await peers.post("session", Peer.JOURNEY, "/b", 1) == SignInAgain()
    assert peers.asked == [("session", Peer.JOURNEY, "/a")]
    assert peers.sent == [("session", Peer.JOURNEY, "/b", 1)]
