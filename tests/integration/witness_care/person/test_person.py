"""One victim's page shows what each service keeps of them, each part or why not, and its acts reach who decides."""

import re

import pytest
from support.desk_timeline import entry
from support.desk_world import AMIRA, BEN, World, a_named_victim_with_a_contact_due
from witness_care.elsewhere.peer import Outcome, Peer, Refused, Said, Unreachable

TIMELINE, PROMISE, REPORTS = (
    (Peer.JOURNEY, f"/victims/{AMIRA}/timeline"),
    (Peer.NOTIFICATIONS, f"/victims/{AMIRA}/contact-promise"),
    (Peer.INTAKE, f"/victims/{AMIRA}/reports"),
)
AGREED = {
    "version": 3,
    "agreed_by": "officer",
    "language": "en",
    "code_word": "sycamore",
    "channels": [
        {"kind": "email", "safe": "safe", "address": "amira@example.org"},
        {"kind": "phone", "safe": "not-safe", "address": "07700 900123"},
    ],
    "windows": [{"days": ["monday"], "starts": "09:00", "ends": "17:00"}],
    "frequency_days": 7,
}
REPORT = {
    "reference": "R-7KQM-2XTW-HN4D",
    "received_at": "2026-03-01T09:00:00Z",
    "share_with_police": False,
    "contact": "after six, at her sister's",
}
LINKED = entry("link/1", type="intake.victim-linked.v1", news_id=None, what="Linked to a case")
DOUBTED = entry("odd event", doubt="future-time", defendants=["d1"], what="The court reached a verdict")
OFFICER = "officer-1"


async def opened(world: World, *, path: str = "/person", form: dict[str, str] | None = None, session: str = "") -> str:
    """What the page says, in a browser in which somebody's page was opened."""
    answer = await world.http.post(path, data=form or {"victim": AMIRA}, headers=world.browser(session))
    return str(answer.headers.get("location", answer.text))


@pytest.fixture
async def session(world: World) -> str:
    await a_named_victim_with_a_contact_due(world)
    opened_session = await world.sessions.open(OFFICER, roles=("officer",))
    await opened(world, session=opened_session)
    return opened_session


async def page(world: World, session: str) -> str:
    answer = await world.http.get("/person", headers=world.browser(session))
    assert answer.status_code == 200, answer.text
    return answer.text


async def test_all_that_is_kept_stands_on_it(world: World, session: str) -> None:
    world.peers.answers |= {
        TIMELINE: Said({"entries": [DOUBTED, LINKED]}),
        PROMISE: Said(AGREED),
        REPORTS: Said([REPORT]),
    }
    shown = await page(world, session)
    for words in (
        "Amira Example",
        "sycamore",
        "amira@example.org: safe",
        "every 7 days",
        "Monday, 9am to 5pm",
        "after six, at her sister&#39;s",
        "The court reached a verdict",
        "In doubt: it is said to have happened after we heard of it",
        "Tell them yourself",
    ):
        assert words in shown
    assert "07700 900123" not in shown, "no number by which they must not be rung"


async def test_each_part_that_cannot_be_had_says_why_and_the_others_are_there(world: World, session: str) -> None:
    world.peers.answers |= {PROMISE: Said(AGREED), REPORTS: Said([])}
    world.peers.away = {Peer.JOURNEY}
    shown = await page(world, session)
    assert "sycamore" in shown
    assert "the service that keeps it does not answer" in shown
    world.peers.spent = True
    assert "/signin?return_to=/person" in await page(world, session)


async def test_nothing_agreed_is_said_as_that(world: World, session: str) -> None:
    assert "Nothing was agreed yet." in await page(world, session)


async def test_nobody_is_shown_where_nobody_was_chosen_or_is_known(world: World) -> None:
    for choice in ("", BEN):
        fresh = await world.sessions.open(OFFICER, roles=("officer",))
        if choice:
            await world.sessions.choose(fresh, choice)
        answer = await world.http.get("/person", headers=world.browser(fresh))
        assert answer.status_code == 404


@pytest.mark.parametrize(
    ("path", "form", "asked", "body"),
    [
        (
            "/person/doubt",
            {"source": "https://court.example.org", "event_id": "odd/event"},
            "/events/odd%2Fevent/doubt-cleared?source=https%3A%2F%2Fcourt.example.org",
            None,
        ),
        ("/person/link", {"link_id": "link/1", "why": "Another Amira"}, "/links/link%2F1/revocation", "why"),
        (
            "/person/victim-of",
            {"case_id": "case-1", "defendant_id": "d1", "why": "The charge names her"},
            f"/victims/{AMIRA}/links",
            "case_id defendant_id why",
        ),
        (
            "/person/number",
            {"case_id": "case-1", "defendant_id": "d1", "number": "A1234AA"},
            "/cases/case-1/defendants/d1/prison-number",
            "number",
        ),
        (
            "/person/number-withdrawal",
            {"case_id": "case-1", "defendant_id": "d1", "number": "A1234AA", "why": "Another man"},
            "/cases/case-1/defendants/d1/prison-number/withdrawal",
            "number why",
        ),
    ],
)
async def test_an_act_is_asked_of_intake_and_its_answer_is_said(
    world: World, session: str, path: str, form: dict[str, str], asked: str, body: str | None
) -> None:
    key = (Peer.INTAKE, asked)
    world.peers.answers[key] = Said(None)
    assert await opened(world, path=path, form=form, session=session) == "/person"
    assert world.peers.sent[-1] == (session, *key, {name: form[name] for name in body.split()} if body else None)
    outcomes: dict[str, Outcome] = {
        "Another officer was first.": Refused(409, "Another officer was first."),
        "does not answer": Unreachable(),
    }
    for words, outcome in outcomes.items():
        world.peers.answers[key] = outcome
        assert words in await opened(world, path=path, form=form, session=session)


async def test_an_act_sent_twice_from_one_page_is_one_decision_and_from_another_page_another(
    world: World, session: str
) -> None:
    """Guards the id that the page carries."""
    world.peers.answers[TIMELINE] = Said({"entries": [LINKED]})
    pages = [await page(world, session) for _ in range(2)]
    ids = [re.findall(r'name="page_id" value="([^"]+)"', one)[0] for one in pages]
    form = {"link_id": "link/1", "why": "Another Amira"}
    sent = [form | {"page_id": ids[0]}, form | {"page_id": ids[0]}, form | {"page_id": ids[1]}]
    sent += [form | {"page_id": ids[0], "why": "Not hers"}]
    for one in sent:
        shown = await opened(world, path="/person/link", form=one, session=session)
        assert ids[sent.index(one) == 2] in shown, "nobody answered: the page may send the same again"
    decided = [body["decision_id"] for *_, body in world.peers.sent if isinstance(body, dict)]
    assert (decided[0] == decided[1], len(set(decided))) == (True, 3)


@pytest.mark.parametrize(
    ("path", "form", "words"),
    [
        ("/person/link", {"link_id": "link-1", "why": " "}, "Say why the link is wrong"),
        ("/person/number", {"case_id": "case-1", "defendant_id": "d1"}, "Enter the prison number"),
        (
            "/person/number-withdrawal",
            {"case_id": "case-1", "defendant_id": "d1", "number": "A1234AA"},
            "Enter the number, and why it was wrong",
        ),
    ],
)
async def test_an_act_that_lacks_something_is_asked_for_again_and_nothing_is_sent(
    world: World, session: str, path: str, form: dict[str, str], words: str
) -> None:
    assert words in await opened(world, path=path, form=form, session=session)
    assert world.peers.sent == []
