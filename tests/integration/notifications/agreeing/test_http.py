"""The contact promise over HTTP: who may, which version, what is shown, what is never repeated."""

from collections.abc import AsyncIterator, Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest
from contracts.ids import VictimId
from support.notifications_service import PROMISE, Service, news_data, open_service
from support.notifications_world import AMIRA, BEN, news_of

PATH = f"/victims/{AMIRA}/contact-promise"
BENS_PATH = f"/victims/{BEN}/contact-promise"
MISTYPED = VictimId("0193a000-0000-7000-8000-00000000000c")


@pytest.fixture
async def service(database: Callable[[str], str]) -> AsyncIterator[Service]:
    async with open_service(database("notifications")) as opened:
        await opened.hear("witness-care.access-granted.v1", {"subject": "amira", "granted_by": "officer-1"})
        yield opened


async def test_the_victim_agrees_reads_and_changes_their_own_promise(service: Service) -> None:
    made = await service.call("PUT", PATH, PROMISE, subject="amira", roles=("victim",))
    assert (made.status_code, made.headers["etag"]) == (200, '"1"'), made.text

    read = await service.call("GET", PATH, subject="amira", roles=("victim",))
    assert (read.status_code, read.headers["etag"], read.headers["cache-control"]) == (200, '"1"', "no-store")
    shown = read.json()
    assert shown["channels"][0]["address"] == "amira@example.org"
    assert (shown["code_word"], shown["agreed_by"], shown["zone"]) == ("heron", "victim", "Europe/London")
    assert ("promise-read", f"victim/{AMIRA}") in service.vault.unwraps, "each address read is recorded"

    changed = {**PROMISE, "frequency_days": 7}
    again = await service.call("PUT", PATH, changed, subject="amira", headers={"If-Match": '"1"'})
    assert (again.status_code, again.headers["etag"]) == (200, '"2"')
    public = await service.said("notifications.contact-promise-agreed.v1")
    assert [each["version"] for each in public] == [1, 2]
    assert public[1]["frequency_days"] == 7
    assert public[0]["channels"][0] == {"kind": "email", "safe": "safe"}


async def test_a_change_must_name_the_version_that_was_read(service: Service) -> None:
    await service.agree()
    assert (await service.agree()).status_code == 428
    assert (await service.agree(read=7)).status_code == 412
    blind = await service.call("PUT", PATH, PROMISE, roles=("officer",), headers={"If-None-Match": "*"})
    assert blind.status_code == 412
    assert (await service.agree(read=1)).status_code == 200


async def test_anothers_promise_answers_like_one_that_does_not_exist(service: Service) -> None:
    await service.agree()
    foreign = await service.call("GET", PATH, subject="ben", roles=("victim",))
    unknown = await service.call("GET", BENS_PATH, subject="ben", roles=("victim",))
    assert foreign.status_code == unknown.status_code == 404
    assert foreign.json() == unknown.json()
    assert (await service.call("PUT", PATH, PROMISE, subject="ben", roles=("victim",))).status_code == 404
    assert (await service.http.get(PATH)).status_code == 401


async def test_an_id_that_no_event_has_named_is_not_found_by_an_officer(service: Service) -> None:
    service.vault.reachable = False
    path = f"/victims/{MISTYPED}/contact-promise"
    agreed = await service.call("PUT", path, PROMISE, roles=("officer",))
    read = await service.call("GET", path, roles=("officer",))
    assert agreed.status_code == read.status_code == 404, "the vault must not be asked for a key for nobody"
    assert agreed.json() == read.json()
    assert MISTYPED not in agreed.text
    assert await service.said("notifications.contact-promise-agreed.v1") == []


@pytest.mark.parametrize(
    ("type_", "data"),
    [
        ("journey.news-arrived.v1", news_data("verdict", victim=BEN)),
        ("witness-care.contact-assigned.v1", {"officer": "officer-1", "role": "police-officer"}),
        ("witness-care.access-granted.v1", {"subject": "ben", "granted_by": "officer-1"}),
    ],
)
async def test_any_event_about_a_victim_makes_them_known_to_officers(
    service: Service, type_: str, data: Mapping[str, Any]
) -> None:
    assert (await service.call("PUT", BENS_PATH, PROMISE, roles=("officer",))).status_code == 404
    await service.hear(type_, data, victim=BEN)
    assert (await service.call("PUT", BENS_PATH, PROMISE, roles=("officer",))).status_code == 200
    assert (await service.call("GET", BENS_PATH, roles=("officer",))).status_code == 200


async def test_a_grant_alone_lets_a_victim_agree_their_own_promise(service: Service) -> None:
    granted = {"subject": "ben", "granted_by": "officer-1"}
    await service.hear("witness-care.access-granted.v1", granted, victim=BEN)
    assert (await service.call("PUT", BENS_PATH, PROMISE, subject="ben", roles=("victim",))).status_code == 200


async def test_a_revoked_grant_shows_nothing_any_more(service: Service) -> None:
    await service.agree()
    await service.hear("witness-care.access-revoked.v1", {"subject": "amira", "revoked_by": "officer-1"})
    assert (await service.call("GET", PATH, subject="amira", roles=("victim",))).status_code == 404


@pytest.mark.parametrize(
    "bad",
    [
        {**PROMISE, "channels": [{"kind": "email", "safe": "safe"}]},
        {**PROMISE, "channels": [{"kind": "email", "safe": "probably", "address": "amira@example.org"}]},
        {**PROMISE, "windows": [{"days": ["monday"], "starts": "21:00", "ends": "18:00"}]},
        {**PROMISE, "windows": [{"days": ["monday"], "starts": "24:00", "ends": "25:00"}]},
        {**PROMISE, "zone": "amira@example.org"},
        {**PROMISE, "amira@example.org": 1},
        {"channels": "amira@example.org"},
    ],
)
async def test_terms_that_cannot_be_kept_are_refused_and_not_repeated(service: Service, bad: dict[str, object]) -> None:
    answer = await service.agree(bad)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert "amira@" not in answer.text
    assert "heron" not in answer.text
    assert await service.said("notifications.contact-promise-agreed.v1") == []


async def test_a_vault_that_is_away_stores_nothing(service: Service) -> None:
    service.vault.reachable = False
    assert (await service.agree()).status_code == 503
    assert await service.said("notifications.contact-promise-agreed.v1") == []


async def test_seen_is_recorded_once_by_journey_alone(service: Service) -> None:
    news = await service.news()
    path, body = f"/victims/{AMIRA}/news-seen", {"news_id": news, "seen_at": "2026-11-02T10:00:00Z"}
    assert (await service.call("POST", path, body, roles=("officer",))).status_code == 403
    for _ in range(2):
        answer = await service.call("POST", path, body, scope="news:seen")
        assert answer.status_code == 204, answer.text
    assert await service.said("notifications.news-seen.v1") == [body]


async def test_somebody_elses_item_cannot_be_seen(service: Service) -> None:
    await service.news()
    body = {"news_id": news_of().news_id, "seen_at": "2026-11-02T10:00:00Z"}
    answer = await service.call("POST", f"/victims/{BEN}/news-seen", body, scope="news:seen")
    assert answer.status_code == 404


@pytest.mark.parametrize(("role", "status"), [("officer", 200), ("auditor", 200), ("victim", 403)])
async def test_decisions_are_shown_with_their_history_to_officers_and_auditors(
    service: Service, role: str, status: int
) -> None:
    await service.agree()
    news = await service.news()
    await service.ring_and_carry()
    answer = await service.call("GET", f"/victims/{AMIRA}/decisions", roles=(role,))
    assert answer.status_code == status
    if status == 200:
        [decision] = answer.json()["decisions"]
        assert (decision["news_id"], decision["verdict"]) == (news, "tell-now")
        assert decision["notified_at"] is not None
        assert len(decision["history"]) == 3
        assert "amira@" not in answer.text


@pytest.mark.parametrize("role", ["officer", "auditor"])
async def test_decisions_about_a_victim_whom_nobody_has_named_are_not_an_empty_list(
    service: Service, role: str
) -> None:
    path = f"/victims/{BEN}/decisions"
    answer = await service.call("GET", path, roles=(role,))
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    await service.hear_of(BEN)
    answer = await service.call("GET", path, roles=(role,))
    assert (answer.status_code, answer.json()) == (200, {"decisions": []})


async def test_whom_an_event_reached_is_answered(service: Service) -> None:
    await service.agree()
    await service.news()
    await service.ring_and_carry()
    path = "/reached?event_source=urn:example:court&event_id=verdict"
    answer = await service.call("GET", path, roles=("auditor",))
    assert [each["victim_id"] for each in answer.json()["reached"]] == [AMIRA]


async def test_the_log_is_served_to_whoever_may_read_it(service: Service) -> None:
    await service.agree()
    assert (await service.call("GET", "/log")).status_code == 403
    page = (await service.call("GET", "/log", scope="log:read")).json()
    assert [record["type"] for record in page["records"]] == ["notifications.contact-promise-agreed.v1"]
    assert page["records"][0]["topic"] == "notifications.events"


async def test_a_promise_is_agreed_with_whom_a_first_fact_names_before_anybody_takes_them_over(
    service: Service,
) -> None:
    first = {"event_id": "report-1", "event_source": "urn:test", "at": "2026-11-20T10:00:00Z"}
    await service.hear("journey.victim-heard-of.v1", first, victim=BEN)
    assert (await service.call("PUT", BENS_PATH, PROMISE, roles=("officer",))).status_code == 200
    await service.pass_time(timedelta(days=28, minutes=1))
    await service.ring_and_carry()
    [sent] = await service.said("notifications.message-sent.v1")
    assert sent["kind"] == "nothing-changed"
    assert await service.said("notifications.officer-contact-due.v1") == []
