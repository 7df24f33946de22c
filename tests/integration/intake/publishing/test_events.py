"""`POST /events` over a real database: what is taken, what is refused, and what a receipt promises."""

import json
from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from chassis.key_ring import KeyRing
from support.intake_door import FORCE, Door, crime_reported, open_door, victim_identified

pytestmark = [pytest.mark.servers, pytest.mark.usefixtures("noon")]


async def test_a_crime_is_recorded_with_a_receipt_and_its_words_are_sealed(door: Door) -> None:
    answer = await door.send(crime_reported())
    assert answer.status_code == 200, answer.text
    receipt = answer.json()["results"][0]["receipt"]
    assert (receipt["id"], receipt["source"], receipt["position"]) == ("crime-1", FORCE, 1)
    assert not receipt["duplicate"]
    [recorded] = await door.log()
    assert recorded["caseid"]
    assert recorded["data"]["offence"]["subject"] == f"case/{recorded['caseid']}"


async def test_the_same_event_again_gets_the_first_receipt_marked_duplicate(door: Door) -> None:
    first = (await door.send(crime_reported())).json()["results"][0]["receipt"]
    again = (await door.send(crime_reported())).json()["results"][0]["receipt"]
    assert again == {**first, "duplicate": True}
    assert len(await door.log()) == 1


async def test_what_was_sent_before_the_digest_key_changed_is_the_same_afterwards(
    database: Callable[[str], str],
) -> None:
    dsn, old, new = database("intake"), bytes(32), b"n" * 32
    async with open_door(dsn, digest_keys=KeyRing.alone(old)) as door:
        first = receipt_of(await door.send(crime_reported()))
    async with open_door(dsn, digest_keys=KeyRing({"2027": new, "": old})) as door:
        assert receipt_of(await door.send(crime_reported())) == {**first, "duplicate": True}
        assert (await door.send(crime_reported(more={"channel": "phone"}))).status_code == 409
        second = receipt_of(await door.send(crime_reported(2)))
    async with open_door(dsn, digest_keys=KeyRing({"2027": new})) as door:
        assert receipt_of(await door.send(crime_reported(2))) == {**second, "duplicate": True}


def receipt_of(answer: httpx2.Response) -> dict[str, Any]:
    receipt: dict[str, Any] = answer.json()["results"][0]["receipt"]
    return receipt


async def test_the_same_id_with_other_content_is_refused_and_noted(door: Door) -> None:
    await door.send(crime_reported())
    answer = await door.send(crime_reported(more={"channel": "phone"}))
    assert answer.status_code == 409
    assert len(await door.log()) == 1
    async with door.pool.acquire() as connection:
        noted = await connection.fetchrow("SELECT type, key, body FROM log ORDER BY position DESC LIMIT 1")
    assert noted["type"] == "intake.event-refused.v1"
    assert noted["key"] is None
    assert b"Burglary" not in noted["body"]


async def test_a_refused_event_does_not_stop_its_neighbours(door: Door) -> None:
    await door.send(crime_reported(2))
    events = [
        crime_reported(1),
        {**crime_reported(3), "type": "police.crime-imagined.v1"},
        crime_reported(2, more={"channel": "phone"}),
        crime_reported(4, source="urn:police:elsewhere"),
        {**crime_reported(5), "type": "cps.charge-authorised.v1"},
        crime_reported(6, more={"offence": 7}),
        crime_reported(7, doubt="future-time"),
        crime_reported(8),
    ]
    answer = await door.send_batch(events, client="west-yorkshire")
    assert answer.status_code == 207
    statuses = [result["status"] for result in answer.json()["results"]]
    assert statuses == [200, 422, 409, 403, 422, 422, 422, 200]
    assert "imagined" not in answer.text
    assert len(await door.log()) == 3


async def test_binary_mode_records_the_same_event(door: Door) -> None:
    event = crime_reported()
    headers = {f"ce-{name}": str(event[name]) for name in ("specversion", "id", "source", "type", "time")}
    answer = await door.http.post(
        "/events",
        content=json.dumps(event["data"]),
        headers={**door.headers("west-yorkshire"), **headers, "content-type": "application/json"},
    )
    assert answer.status_code == 200, answer.text
    assert (await door.send(event)).json()["results"][0]["receipt"]["duplicate"]


async def test_requests_that_are_bad_in_themselves_store_nothing(door: Door) -> None:
    async def status(content: bytes, kind: str = "application/cloudevents+json", **headers: str) -> int:
        sent = {**door.headers("west-yorkshire"), "content-type": kind, **headers}
        answer = await door.http.post("/events", content=content, headers=sent)
        assert answer.headers["content-type"] == "application/problem+json"
        assert "Amira" not in answer.text
        return answer.status_code

    good = json.dumps(crime_reported()).encode()
    assert await status(good, "text/plain") == 415
    assert await status(b"{Amira") == 400
    assert await status(b'"Amira"') == 422
    for content in (b"[%b]" % b",".join([good] * 1001), good, b"[%b" % good):
        assert await status(content, "application/cloudevents-batch+json") == 400
    assert await status(b'{"data":' + b"[" * 4000 + b"]" * 4000 + b"}") == 400
    assert await status(b'{"Amira":"' + b"a" * 5_000_000 + b'"}') == 413
    for token in (
        "",
        "Bearer nonsense",
        "Bearer " + door.issuer.token(aud="throughline-journey", scope="events:publish"),
    ):
        assert await status(good, Authorization=token) == 401
    assert await status(good, **door.issuer.headers(client_id="west-yorkshire", scope="log:read")) == 403
    assert await door.log() == []


async def test_a_naming_of_the_victim_makes_one_victim_and_a_link(door: Door) -> None:
    await door.send_batch([crime_reported(1), victim_identified(1), victim_identified(2)], client="west-yorkshire")
    identified = await door.log("police.victim-identified.v1")
    links = await door.log("intake.victim-linked.v1")
    assert len({event["victimid"] for event in identified}) == 1
    assert len({event["caseid"] for event in identified}) == 2
    assert {link["data"]["case_id"] for link in links} == {event["caseid"] for event in identified}
    again = await door.send(victim_identified(1))
    assert again.json()["results"][0]["receipt"]["duplicate"]
    assert len(await door.log("intake.victim-linked.v1")) == 2


async def test_a_publisher_reads_its_own_events_and_no_others(door: Door) -> None:
    await door.send(crime_reported())
    own = await door.http.get("/events/crime-1", headers=door.headers("west-yorkshire"))
    assert own.status_code == 200
    assert own.json()["event"]["id"] == "crime-1"
    other = await door.http.get("/events/crime-1", headers=door.headers("south-yorkshire"))
    unknown = await door.http.get("/events/crime-9", headers=door.headers("west-yorkshire"))
    assert (other.status_code, unknown.status_code) == (404, 404)


async def test_a_receipt_says_when_and_why_nobody_is_told_until_an_officer_has_looked(door: Door) -> None:
    ahead, plain = crime_reported(1, time="2199-01-01T00:00:00Z"), crime_reported(2)
    answer = await door.send_batch([ahead, plain, {**plain, "id": ""}], client="west-yorkshire")
    held, good, refused = answer.json()["results"]
    assert held["receipt"]["held"] == ["future-time"]
    assert "held" not in good["receipt"]
    assert refused["status"] == 422
    kept = await door.log("police.crime-reported.v1")
    assert [event.get("doubt") for event in kept] == ["future-time", None]
