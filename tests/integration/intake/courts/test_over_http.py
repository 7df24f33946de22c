"""Hearings over HTTP: recorded once, kept encrypted, parked and held for officers, corrected by state."""

import asyncio
import json
from typing import Any

import pytest
from support.cases import case_file, personal_words
from support.hearing_messages import (
    HEARING,
    NEXT_HEARING,
    URN,
    hearing,
    held_at,
    message,
    offence,
    plea,
    result,
    verdict,
)
from support.intake_door import CPS, Door, event

pytestmark = [pytest.mark.servers, pytest.mark.usefixtures("noon")]

DAY = "2026-11-20"


async def send(door: Door, content: bytes, *, path: str = f"/hearing/{HEARING}", scope: str = "hearings:write") -> int:
    headers = door.headers("common-platform", scope=scope)
    return (await door.http.post(path, content=content, headers=headers)).status_code


async def send_result(door: Door, *offences: dict[str, Any], shared: str) -> None:
    found = hearing(days=(f"{DAY}T10:00:00Z",), offences=list(offences))
    assert await send(door, message(found, shared=shared), path=f"/hearing/{HEARING}/result") == 200


def done(**more: Any) -> dict[str, Any]:
    return offence(verdict=verdict("GUILTY", day=DAY), judicialResults=[result(orderedDate=DAY, **more)])


async def types(door: Door) -> list[str]:
    return [recorded["type"] for recorded in await door.log()]


async def test_a_trial_is_listed_moved_and_resulted_into_the_case_that_the_urn_names(door: Door) -> None:
    references = [{"scheme": "urn", "issuer": "cps", "value": URN}]
    await door.send(event("charge-1", "cps.charge-authorised.v1", {"references": references}, source=CPS))
    assert await send(door, message(hearing())) == 200
    assert await send(door, message(hearing())) == 200
    assert await send(door, message(hearing(days=(f"{DAY}T10:00:00Z",)))) == 200
    await send_result(door, done(), shared=f"{DAY}T16:00:00Z[UTC]")
    assert await types(door) == [
        "cps.charge-authorised.v1",
        "court.trial-date-set.v1",
        "court.trial-date-changed.v1",
        "court.verdict-reached.v1",
        "court.sentence-passed.v1",
    ]
    assert len({recorded["caseid"] for recorded in await door.log()}) == 1
    changed = (await door.log("court.trial-date-changed.v1"))[0]
    assert changed["data"]["reason"]["kind"] == "asked"
    assert "A N Other" not in json.dumps(await door.log())


async def test_a_day_that_moves_to_another_court_is_recorded_with_that_court_and_told_once(door: Door) -> None:
    found, elsewhere = (
        hearing(days=(f"{DAY}T10:00:00Z", "2026-12-01T10:00:00Z")),
        "8a5b0d4e-0000-4000-8000-0000000000cc",
    )
    for courts in (("c", "c"), ("c", elsewhere), ("c", elsewhere), (None, None)):
        assert await send(door, message(held_at(found, *courts))) == 200
    assert await types(door) == ["court.trial-date-set.v1", "court.trial-date-changed.v1"]
    data = (await door.log())[1]["data"]
    assert [day.get("court_centre_id") for day in data["listing"]["days"]] == [None, elsewhere]
    assert [day.get("court_centre_id") for day in data["previous"]["days"]] == [None, None]


async def test_a_day_in_another_court_is_recorded_with_its_name_where_the_message_has_it(door: Door) -> None:
    york = {"id": "8a5b0d4e-0000-4000-8000-0000000000cc", "code": "C55YK00", "name": "York\nCrown Court"}
    adjourned = result("r-next", category="INTERMEDIARY", nextHearing={"courtCentre": york})
    found = hearing(days=(f"{DAY}T10:00:00Z",), offences=[offence(judicialResults=[adjourned])])
    assert await send(door, message(held_at(found, york["id"]))) == 200
    [listed] = await door.log("court.trial-date-set.v1")
    assert [day["court_name"] for day in listed["data"]["listing"]["days"]] == ["York Crown Court"]


async def test_a_day_in_another_court_has_the_name_that_a_hearing_of_that_court_gave_it(door: Door) -> None:
    york = {"id": "8A5B0D4E-0000-4000-8000-0000000000CC", "code": "C55YK00"}
    for name in ("York", "York Crown Court", "York Crown Court"):
        theirs = hearing(id_=NEXT_HEARING, days=(f"{DAY}T10:00:00Z",), courtCentre={**york, "name": name})
        assert await send(door, message(theirs), path=f"/hearing/{NEXT_HEARING}") == 200
    found = hearing(days=(f"{DAY}T11:00:00Z", "2026-12-01T10:00:00Z"))
    assert await send(door, message(held_at(found, "c", york["id"]))) == 200
    last = (await door.log("court.trial-date-set.v1"))[-1]
    assert [day.get("court_name") for day in last["data"]["listing"]["days"]] == [None, "York Crown Court"]


@pytest.mark.parametrize(("court_id", "name"), [("c\x00", "Leeds"), ("c", "Le\x00eds"), ("c" * 9000, "L" * 9000)])
async def test_an_odd_id_or_name_of_a_court_costs_itself_and_not_the_hearing(
    door: Door, court_id: str, name: str
) -> None:
    court = {"id": court_id, "code": "B13CC00", "name": name}
    found = hearing(days=(f"{DAY}T10:00:00Z",), courtCentre=court)
    assert await send(door, message(found)) == 200
    assert await types(door) == ["court.trial-date-set.v1"]
    assert await send(door, message(held_at(found, "elsewhere\x00"))) == 200


async def test_an_amended_result_is_a_correction_of_the_last_state_and_a_deleted_one_a_retraction(door: Door) -> None:
    await send(door, message(hearing(days=(f"{DAY}T10:00:00Z",))))
    await send_result(door, done(), shared=f"{DAY}T16:00:00Z")
    await send_result(door, done(text="SUSPS - Suspended sentence"), shared=f"{DAY}T17:00:00Z")
    await send_result(door, done(text="SUSPS - Suspended sentence", isDeleted=True), shared=f"{DAY}T18:00:00Z")
    assert (await types(door))[-3:] == [
        "court.sentence-passed.v1",
        "court.event-corrected.v1",
        "court.event-retracted.v1",
    ]
    sentence, corrected, retracted = (await door.log())[-3:]
    assert corrected["data"]["original_id"] == retracted["data"]["original_id"] == sentence["id"]
    assert corrected["data"]["corrects_state"] != retracted["data"]["corrects_state"]


async def test_the_same_snapshot_many_times_at_once_is_told_once(door: Door) -> None:
    answers = await asyncio.gather(*(send(door, message(hearing())) for _ in range(6)))
    assert set(answers) == {200}
    assert await types(door) == ["court.trial-date-set.v1"]
    assert await door.count("document") == 6


async def test_an_unknown_value_is_an_officers_question_and_the_rest_is_told(door: Door) -> None:
    assert await send(door, message(hearing(offences=[offence(plea=plea("PERHAPS"))]))) == 200
    assert await types(door) == ["court.trial-date-set.v1"]
    headers = door.headers("officer-app", scope="", roles=("officer",))
    [waiting] = (await door.http.get("/documents", headers=headers)).json()
    assert (waiting["state"], waiting["hearing_id"]) == ("question", HEARING)
    path = f"/documents/{waiting['document_id']}/decision"
    assert (await door.officer(path, {"decision": "dismissed"})).status_code == 200
    assert (await door.officer(path, {"decision": "dismissed"})).status_code == 409
    assert (await door.http.get("/documents", headers=headers)).json() == []


async def test_a_deletion_is_held_until_its_time_and_a_new_snapshot_overtakes_it(door: Door) -> None:
    headers = door.headers("common-platform", scope="hearings:write")
    officer = door.headers("officer-app", scope="", roles=("officer",))
    await send(door, message(hearing()))
    assert (await door.http.delete(f"/hearing/{HEARING}/delete", headers=headers)).status_code == 200
    [held] = (await door.http.get("/documents", headers=officer)).json()
    path = f"/documents/{held['document_id']}/decision"
    assert (await door.officer(path, {"decision": "confirmed"})).status_code == 409
    async with door.pool.acquire() as connection:
        await connection.execute("SELECT advance_clock('1 hour')")
    assert (await door.officer(path, {"decision": "confirmed"})).status_code == 200
    assert await types(door) == ["court.trial-date-set.v1", "court.event-retracted.v1"]
    await send(door, message(hearing()))
    assert (await types(door))[2:] == ["court.trial-date-set.v1"]
    await door.http.delete(f"/hearing/{HEARING}/delete", headers=headers)
    moved = hearing(days=("2026-12-02T10:00:00Z",), crackedIneffectiveTrial={"code": "K", "type": "Vacated"})
    await send(door, message(moved))
    assert (await door.http.get("/documents", headers=officer)).json() == []


async def delete(door: Door, hearing_id: str) -> None:
    """The court deletes a hearing, and when its time is up an officer confirms that."""
    headers = door.headers("common-platform", scope="hearings:write")
    assert (await door.http.delete(f"/hearing/{hearing_id}/delete", headers=headers)).status_code == 200
    async with door.pool.acquire() as connection:
        await connection.execute("SELECT advance_clock('1 hour')")
        held = await connection.fetchval("SELECT document_id FROM document WHERE state = 'held'")
    assert (await door.officer(f"/documents/{held}/decision", {"decision": "confirmed"})).status_code == 200


async def test_a_hearing_that_only_anothers_result_listed_can_be_deleted_and_listed_again(door: Door) -> None:
    following = {"listedStartDateTime": "2026-12-20T10:00:00Z", "existingHearingId": NEXT_HEARING}
    adjourned = result(text="X - Adjourned", category="INTERMEDIARY", orderedDate=DAY, nextHearing=following)
    await send_result(door, offence(judicialResults=[adjourned]), shared=f"{DAY}T16:00:00Z")
    await delete(door, NEXT_HEARING)
    listed, retracted = (await door.log())[-2:]
    assert listed["data"]["hearing_id"] == NEXT_HEARING
    assert retracted["data"]["original_id"] == listed["id"]
    again = hearing(id_=NEXT_HEARING, type_="Hearing", days=("2026-12-20T10:00:00Z",))
    assert await send(door, message(again), path=f"/hearing/{NEXT_HEARING}") == 200
    assert (await types(door))[-2:] == ["court.event-retracted.v1", "court.hearing-listed.v1"]


async def test_an_amended_next_hearing_is_taken_back_until_that_hearing_speaks_for_itself(door: Door) -> None:
    days = ["2026-12-20T10:00:00Z", "2026-12-21T10:00:00Z", "2026-12-20T10:00:00Z"]
    for hour, day in enumerate(days, start=15):
        adjourned = result(text="X - Adjourned", category="INTERMEDIARY", nextHearing={"listedStartDateTime": day})
        await send_result(door, offence(judicialResults=[adjourned]), shared=f"{DAY}T{hour}:00:00Z")
    listed, retracted = "court.hearing-listed.v1", "court.event-retracted.v1"
    assert (await types(door))[1:] == [listed, listed, retracted, listed, retracted]
    last = (await door.log(listed))[-1]["data"]["hearing_id"]
    path = f"/hearing/{NEXT_HEARING}"
    for day in ("2026-12-20", "2026-12-22"):
        own = hearing(id_=NEXT_HEARING, type_="Hearing", days=(f"{day}T10:00:00Z",))
        assert await send(door, message(own), path=path) == 200
    moved = (await door.log())[6:]
    assert [(one["type"], one["data"]["hearing_id"]) for one in moved] == [("court.hearing-changed.v1", last)]
    await delete(door, NEXT_HEARING)
    assert (await types(door))[7:] == [retracted, retracted]


async def test_a_hearing_that_moved_and_was_deleted_leaves_no_date_and_is_news_when_listed_again(door: Door) -> None:
    await send(door, message(hearing()))
    await send(door, message(hearing(days=("2026-12-08T10:00:00Z",))))
    await delete(door, HEARING)
    told = await door.log()
    assert [one["data"]["original_id"] for one in told[2:]] == [told[1]["id"], told[0]["id"]]
    await send(door, message(hearing()))
    assert (await types(door))[4:] == ["court.trial-date-set.v1"]


async def test_what_is_bad_in_itself_is_refused_and_not_kept(door: Door) -> None:
    assert await send(door, b"{") == 400
    assert await send(door, message(hearing()), path="/hearing/another") == 409
    assert await send(door, message(hearing()), scope="events:publish") == 403
    assert await send(door, b"[" * 5000 + b"]" * 5000) == 400
    assert await door.count("document") == 0


@pytest.mark.parametrize(
    ("content", "waits"),
    [
        (hearing(type_="Tri\x07al"), False),
        (hearing(hearingDays=[{"sittingDay": "2026-12-01T10:00:00Z", "listedDurationMinutes": -5}]), False),
        (hearing(prosecutionCases=[{"id": "", "defendants": []}]), True),
        (
            hearing(prosecutionCases=[{"id": "c", "prosecutionCaseIdentifier": {"caseURN": "é"}, "defendants": []}]),
            True,
        ),
        (hearing(prosecutionCases=[{"id": "c", "defendants": [{"id": "A N Other", "offences": [offence()]}]}]), True),
        (hearing(days=tuple(f"{2027 + n // 300}-01-01T{n % 24:02}:{n % 60:02}:00Z" for n in range(1200))), True),
        (hearing(offences=[offence(wording="x" * 8_000_000)]), False),
        (hearing(offences=[offence(n) for n in map(str, range(400))]), False),
    ],
    ids=[
        "a bell",
        "a negative length",
        "no id",
        "other letters",
        "an id of words",
        "many days",
        "8 MB",
        "400 offences",
    ],
)
async def test_a_message_that_names_its_hearing_is_never_refused(
    door: Door, content: dict[str, Any], *, waits: bool
) -> None:
    assert await send(door, message(content)) == 200
    assert await door.count("document") == 1
    headers = door.headers("officer-app", scope="", roles=("officer",))
    asked = (await door.http.get("/documents", headers=headers)).json()
    assert bool(asked) is waits
    assert await door.log() or asked, "told, or waiting for an officer"
    assert "Other" not in json.dumps(asked)


async def test_a_message_that_is_larger_than_courts_send_is_refused_by_its_size(door: Door) -> None:
    assert await send(door, message(hearing(offences=[offence(wording="x" * 16_000_000)]))) == 413
    assert await door.count("document") == 0


async def test_a_case_with_a_blank_for_a_urn_goes_by_the_courts_own_id(door: Door) -> None:
    cases = [{"id": "c", "prosecutionCaseIdentifier": {"caseURN": " "}, "defendants": []}]
    assert await send(door, message(hearing(prosecutionCases=cases))) == 200
    [listed] = await door.log()
    assert [reference["scheme"] for reference in listed["data"]["references"]] == ["cp-case"]


async def test_raw_messages_are_kept_encrypted_until_their_time(door: Door) -> None:
    await send(door, message(hearing()))
    async with door.pool.acquire() as connection:
        kept = await connection.fetchrow("SELECT sealed, retain_until - received_at AS kept FROM document")
    assert b"A N Other" not in kept["sealed"]
    assert kept["kept"].days == 365


async def test_the_published_sample_tells_nobody(door: Door) -> None:
    sample = json.loads(case_file("common-platform/hearing.json").read_text(encoding="utf-8"))
    for path in (f"/hearing/{sample['id']}", f"/hearing/{sample['id']}/result"):
        assert await send(door, json.dumps({"hearing": sample}).encode(), path=path) == 200
    [listed] = await door.log()
    assert (listed["type"], listed["backfill"]) == ("court.hearing-listed.v1", True)
    assert not [word for word in personal_words(json.dumps(sample)) if word in json.dumps(listed)]
