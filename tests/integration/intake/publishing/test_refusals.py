"""Everything bad that can be sent to intake: refused with what to do, nothing stored, nothing echoed, nobody stopped.

The importer's broken rows are in test_police_import_month.py; a correction of somebody else's event, and what is kept
with a doubt, in test_identity_over_http.py and test_hmpps_over_http.py.
"""

import base64
import json
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from chassis.http.app import BODY_LIMIT_BYTES
from intake.courts.http import LARGEST_MESSAGE
from support.intake_door import FORCE, OTHER_FORCE, Door, crime_reported, event, victim_identified

pytestmark = [pytest.mark.servers, pytest.mark.usefixtures("noon")]

NAME = "Amira Example"
PATHS = {
    "/events": "events:publish",
    "/hearing/8a5b0d4e-0000-4000-8000-000000000001": "hearings:write",
    "/domain-events": "domain-events:write",
}


def bad(**changes: Any) -> dict[str, Any]:
    return {**crime_reported(2, more={"offence": NAME}), **changes}


def with_data(**more: Any) -> dict[str, Any]:
    return crime_reported(2, more={"offence": NAME, **more})


def of_another(original_source: str | None) -> dict[str, Any]:
    """A correction by one force of what another said."""
    data = {
        "original_id": "crime-1",
        "corrects_state": "0" * 64,
        "reason": NAME,
        "replacement": {"type": "police.crime-reported.v1", "data": crime_reported(1)["data"]},
        **({"original_source": original_source} if original_source else {}),
    }
    return event("correction-1", "police.event-corrected.v1", data, source=OTHER_FORCE)


CHARGE = {"references": [{"scheme": "urn", "issuer": "cps", "value": "13AB1234526"}]}
REFUSED = {
    "an unknown type": (bad(type="police.crime-imagined.v1"), 422),
    "an unknown version": (bad(type="police.crime-reported.v99"), 422),
    "no type": ({key: value for key, value in bad().items() if key != "type"}, 422),
    "a failing schema": (with_data(offence={"text": NAME}), 422),
    "a victim with a blank for a number": (victim_identified(2, victim=" ", more={"name": NAME}), 422),
    "a reference that is blank": (with_data(references=[{"scheme": "cps-case", "issuer": "cps", "value": "  "}]), 422),
    "a field that nobody knows, named after a person": (with_data(**{NAME: "x"}), 422),
    "an attribute that can be none": (bad(**{NAME: NAME}), 422),
    "an extension without a plain value": (bad(amira={"text": NAME}), 422),
    "an attribute that only intake sets": (bad(caseid="01930000-0000-7000-8000-000000000001"), 422),
    "a time without a zone": (bad(time="2026-11-20T10:00:00"), 422),
    "a type of another publisher": (event("charge-1", "cps.charge-authorised.v1", CHARGE, source=FORCE), 403),
    "a source that is not theirs": (bad(source=OTHER_FORCE), 403),
}


def demand_helpful(answer: httpx2.Response) -> None:
    """A problem document that says what to do and repeats nothing."""
    assert answer.headers["content-type"] == "application/problem+json"
    assert len(answer.json()["detail"]) > len("Do this.")
    assert NAME not in answer.text
    assert "imagined" not in answer.text


@pytest.mark.parametrize(("sent", "status"), REFUSED.values(), ids=REFUSED)
async def test_a_bad_event_is_refused_alone_and_its_neighbours_are_recorded(
    door: Door, sent: dict[str, Any], status: int
) -> None:
    alone = await door.send(sent, client="west-yorkshire")
    demand_helpful(alone)
    assert await door.log() == []
    among = await door.send_batch([crime_reported(1), sent, crime_reported(3)], client="west-yorkshire")
    assert among.status_code == 207
    assert NAME not in among.text
    statuses = [one["status"] for one in among.json()["results"]]
    assert [alone.status_code, *statuses] == [status, 200, status, 200]
    assert [one["id"] for one in await door.log()] == ["crime-1", "crime-3"]


UNREADABLE = {
    "a member that is there twice": '{"id": "crime-2", ' + json.dumps(bad())[1:],
    "half of a character": json.dumps(with_data(offence=NAME + "\ud800")),
    "no JSON": json.dumps(bad())[:-1] + "?}",
}


@pytest.mark.parametrize("text", UNREADABLE.values(), ids=UNREADABLE)
async def test_what_cannot_be_read_is_refused_alone_with_its_place(door: Door, text: str) -> None:
    headers = door.headers("west-yorkshire", scope="events:publish")
    first, last = (json.dumps(crime_reported(number)) for number in (1, 3))
    alone = await door.http.post(
        "/events", content=text, headers={**headers, "content-type": "application/cloudevents+json"}
    )
    demand_helpful(alone)
    assert alone.status_code == 400
    assert alone.json()["errors"][0]["at"]
    among = await door.http.post(
        "/events",
        content=f"[{first}, {text}, {last}]",
        headers={**headers, "content-type": "application/cloudevents-batch+json"},
    )
    assert [one["status"] for one in among.json()["results"]] == [200, 400, 200]
    assert NAME not in among.text


async def test_the_same_id_with_other_bytes_is_refused_and_the_first_stays(door: Door) -> None:
    await door.send(crime_reported(1))
    answer = await door.send(crime_reported(1, more={"offence": NAME}))
    assert answer.status_code == 409
    demand_helpful(answer)
    assert len(await door.log()) == 1


@pytest.mark.parametrize("original_source", [None, FORCE])
async def test_a_correction_of_somebody_elses_event_is_refused(door: Door, original_source: str | None) -> None:
    await door.send(crime_reported(1))
    answer = await door.send(of_another(original_source))
    assert answer.status_code == 403
    demand_helpful(answer)
    assert len(await door.log()) == 1


@pytest.mark.parametrize(
    ("method", "path", "content"),
    [
        ("GET", "/events/a%00b", None),
        ("DELETE", "/hearing/a%00b/delete", None),
        ("POST", "/links/a%00b/revocation", {"why": "wrong"}),
        ("POST", "/documents/a%00b/decision", {"decision": "confirmed"}),
        ("POST", "/victims/a/links", {"case_id": "a\0b"}),
    ],
)
async def test_the_character_nul_is_refused_in_every_address_and_id(
    door: Door, method: str, path: str, content: dict[str, str] | None
) -> None:
    headers = door.headers("west-yorkshire", scope="events:publish hearings:write", roles=("officer",))
    answer = await door.http.request(method, path, json=content, headers=headers)
    assert answer.status_code == 400
    demand_helpful(answer)
    assert await door.count("document") == 0


@pytest.mark.parametrize(("path", "scope"), PATHS.items())
async def test_a_body_over_its_paths_limit_or_of_deep_json_is_refused_on_every_path(
    door: Door, path: str, scope: str
) -> None:
    headers = {**door.headers("west-yorkshire", scope=scope), "content-type": "application/cloudevents+json"}
    limit = LARGEST_MESSAGE if path.startswith(("/hearing/", "/domain-events")) else BODY_LIMIT_BYTES
    large = json.dumps({NAME: "a" * limit}).encode()
    deep = b'{"data":' + b'{"a":' * 50_000 + b"1" + b"}" * 50_001
    for content, status in ((large, 413), (deep, 400), (deep[: len(deep) // 2], 400)):
        answer = await door.http.post(path, content=content, headers=headers)
        assert answer.status_code == status
        demand_helpful(answer)
    assert await door.log() == []
    assert await door.count("document") == 0


async def test_json_of_any_depth_is_refused_alone_without_a_failure(door: Door) -> None:
    kind = {"content-type": "application/cloudevents-batch+json"}
    headers = {**door.headers("west-yorkshire", scope="events:publish"), **kind}
    depths = [10, 40, 199, 400, *range(900, 1000, 5), 2_000]
    for depth in depths:
        deep = b'{"type":"police.crime-reported.v1","data":' + b'{"a":' * depth + b"1" + b"}" * depth + b"}"
        whole = b"[%b,%b]" % (deep, json.dumps(crime_reported(depth)).encode())
        answer = await door.http.post("/events", content=whole, headers=headers)
        assert answer.status_code == 207, depth
        refused, stored = (result["status"] for result in answer.json()["results"])
        assert (refused in {400, 422}, stored) == (True, 200), depth
    assert len(await door.log()) == len(depths)


async def test_what_an_extension_holds_is_kept_nowhere(door: Door) -> None:
    answer = await door.send(crime_reported(1, amira=NAME), client="west-yorkshire")
    assert answer.status_code == 200
    assert (await door.send(crime_reported(1))).json()["results"][0]["receipt"]["duplicate"]
    assert NAME not in str(await door.log())


@pytest.mark.parametrize(("path", "scope"), PATHS.items())
async def test_tokens_that_are_expired_unsigned_or_for_others_are_refused_on_every_path(
    door: Door, path: str, scope: str
) -> None:
    good = door.issuer.token(client_id="west-yorkshire", scope=scope)
    header, claims, signature = good.split(".")
    for token in (
        door.issuer.token(client_id="west-yorkshire", scope=scope, lifetime=timedelta(minutes=-10)),
        f"{header}.{claims}.",
        f"{_part({'alg': 'none', 'typ': 'at+jwt'})}.{claims}.",
        f"{_part({'alg': 'none', 'typ': 'at+jwt'})}.{claims}.{signature}",
        f"{header}.{_part({'sub': NAME, 'scope': scope})}.{signature}",
        door.issuer.token(client_id="west-yorkshire", scope=scope, aud="throughline-journey"),
        door.issuer.token(client_id="west-yorkshire", scope=scope, iss="https://elsewhere.example.org"),
    ):
        headers = {"Authorization": f"Bearer {token}", "content-type": "application/cloudevents+json"}
        answer = await door.http.post(path, content=json.dumps(bad()), headers=headers)
        assert answer.status_code == 401, token
        demand_helpful(answer)
    assert await door.log() == []
    assert await door.count("document") == 0


def _part(content: dict[str, str]) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()
