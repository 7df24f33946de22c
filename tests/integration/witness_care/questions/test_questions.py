"""What no machine could tell is listed, read where that is asked for, and decided by an officer."""

import pytest
from support.desk_world import World
from witness_care.elsewhere.peer import Outcome, Peer, Refused, Said, Unreachable

WAITING = {
    "document_id": "document-1",
    "kind": "hearing",
    "hearing_id": "h-1",
    "state": "question",
    "why": "An application is not read yet.",
    "received_at": "2026-03-01T09:00:00Z",
    "due_at": "2026-03-03T17:00:00Z",
    "decided_at": None,
    "times": 3,
}
LIST = (Peer.INTAKE, "/documents")
CONTENT = (Peer.INTAKE, "/documents/document-1/content")
VERDICT = (Peer.INTAKE, "/documents/document-1/decision")


@pytest.fixture
async def session(world: World) -> str:
    world.peers.answers[LIST] = Said([WAITING])
    return await world.sessions.open("officer-1", roles=("officer",))


async def sent(world: World, session: str, path: str, **form: str) -> str:
    answer = await world.http.post(path, data={"document_id": "document-1", **form}, headers=world.browser(session))
    return str(answer.headers.get("location", answer.text))


async def test_each_says_what_it_is_why_it_waits_and_until_when(world: World, session: str) -> None:
    shown = (await world.http.get("/questions", headers=world.browser(session))).text
    for words in (
        "a hearing",
        "An application is not read yet.",
        "3 like it came",
        "Held until 3 March 2026 at 5pm",
        "Decide by 5 March 2026 at 5pm",
    ):
        assert words in shown
    assert world.peers.asked == [(session, *LIST)], "no message is opened before somebody asks for it"


async def test_what_no_one_holds_is_to_be_decided_in_two_working_days(world: World, session: str) -> None:
    world.peers.answers[LIST] = Said([WAITING | {"due_at": None}])
    shown = (await world.http.get("/questions", headers=world.browser(session))).text
    assert "Decide by 3 March 2026 at 5pm" in shown
    assert "Held" not in shown


async def test_a_message_is_read_where_it_is_decided(world: World, session: str) -> None:
    world.peers.answers[CONTENT] = Said({"content": '{"hearing":{"id":"<b>h-1</b>"}}'})
    shown = await sent(world, session, "/questions/content")
    assert "&lt;b&gt;h-1&lt;/b&gt;" in shown
    world.peers.answers[CONTENT] = Said({"content": "not JSON"})
    assert "not JSON" in await sent(world, session, "/questions/content")
    world.peers.answers[CONTENT] = Refused(409, "It is no longer kept.")
    assert "It is no longer kept." in await sent(world, session, "/questions/content")


@pytest.mark.parametrize("verdict", ["confirmed", "dismissed"])
async def test_a_verdict_goes_to_intake_and_a_refusal_is_said(world: World, session: str, verdict: str) -> None:
    world.peers.answers[VERDICT] = Said({"state": verdict})
    assert await sent(world, session, "/questions/verdict", verdict=verdict) == "/questions"
    assert world.peers.sent == [(session, *VERDICT, {"decision": verdict})]
    world.peers.answers[VERDICT] = Refused(409, "Somebody decided it already.")
    assert "Somebody decided it already." in await sent(world, session, "/questions/verdict", verdict=verdict)


@pytest.mark.parametrize("outcome", [Unreachable(), Said({"not": "a list"})])
async def test_while_intake_does_not_answer_the_page_says_so(world: World, session: str, outcome: Outcome) -> None:
    world.peers.answers[LIST] = outcome
    shown = await world.http.get("/questions", headers=world.browser(session))
    assert shown.status_code == 200
    assert "does not answer" in shown.text
