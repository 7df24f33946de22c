"""What follows when an officer decides about a court's message: taken back, told, or still waiting."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from chassis.clock import SystemClock
from intake.courts.store import DatabaseHearingBook
from intake.documents.document import Document, DocumentKind, DocumentState
from intake.documents.filing import Filing
from intake.documents.store import DatabaseDocumentBook
from intake.recording.fingerprints import Fingerprints
from support.hearing_messages import HEARING, OFFENCE, SECOND_OFFENCE, hearing, message, offence, plea, result, verdict
from support.intake_door import Door

pytestmark = [pytest.mark.servers, pytest.mark.usefixtures("noon")]

DAY = "2026-11-20"
RECEIVED = datetime(2026, 11, 20, 16, 5, tzinfo=UTC)


def found(*offences: dict[str, Any], **more: Any) -> dict[str, Any]:
    return hearing(days=(f"{DAY}T10:00:00Z",), offences=list(offences), **more)


def guilty(id_: str = OFFENCE, *, results: list[dict[str, Any]]) -> dict[str, Any]:
    return offence(id_, convictionDate=DAY, judicialResults=results)


async def list_hearing(door: Door, *offences: dict[str, Any]) -> None:
    headers = door.headers("common-platform", scope="hearings:write")
    sent = message(found(*offences))
    assert (await door.http.post(f"/hearing/{HEARING}", content=sent, headers=headers)).status_code == 200


async def share(door: Door, *offences: dict[str, Any], hour: int = 16) -> None:
    headers = door.headers("common-platform", scope="hearings:write")
    sent = message(found(*offences), shared=f"{DAY}T{hour}:00:00Z")
    assert (await door.http.post(f"/hearing/{HEARING}/result", content=sent, headers=headers)).status_code == 200


async def waiting(door: Door) -> list[dict[str, Any]]:
    headers = door.headers("officer-app", scope="", roles=("officer",))
    listed: list[dict[str, Any]] = (await door.http.get("/documents", headers=headers)).json()
    return listed


async def decide(door: Door, decision: str, *, document: str | None = None) -> str:
    document = document or (await waiting(door))[0]["document_id"]
    answer = await door.officer(f"/documents/{document}/decision", {"decision": decision})
    assert answer.status_code == 200, answer.text
    state: str = answer.json()["state"]
    return state


async def types(door: Door) -> list[str]:
    return [recorded["type"] for recorded in await door.log()]


async def sentence_that_is_gone(door: Door) -> dict[str, Any]:
    """A sentence was shared, and then the hearing without it."""
    await list_hearing(door)
    await share(door, guilty(results=[result("r1", orderedDate=DAY)]))
    await share(door, guilty(results=[]), hour=17)
    [sentence] = await door.log("court.sentence-passed.v1")
    return sentence


async def test_a_result_that_is_gone_is_retracted_once_an_officer_confirms_it(door: Door) -> None:
    sentence = await sentence_that_is_gone(door)
    assert await door.log("court.event-retracted.v1") == []
    assert (await waiting(door))[0]["why"] == "result-gone r1"
    assert await decide(door, "confirmed") == "confirmed"
    [retracted] = await door.log("court.event-retracted.v1")
    assert retracted["data"]["original_id"] == sentence["id"]
    async with door.pool.acquire() as connection:
        state = await connection.fetchval("SELECT hash FROM log WHERE id = $1", sentence["id"])
    assert retracted["data"]["corrects_state"] == state.hex()
    assert await waiting(door) == []


async def test_of_two_officers_who_decide_at_once_one_is_told_that_it_was_decided(door: Door) -> None:
    await sentence_that_is_gone(door)
    path = f"/documents/{(await waiting(door))[0]['document_id']}/decision"
    answers = await asyncio.gather(*(door.officer(path, {"decision": "confirmed"}) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
    assert len(await door.log("court.event-retracted.v1")) == 1


async def test_a_dismissed_question_has_no_consequence_and_is_not_asked_again(door: Door) -> None:
    await sentence_that_is_gone(door)
    assert await decide(door, "dismissed") == "dismissed"
    await share(door, guilty(results=[]), hour=17)
    await share(door, guilty(results=[]), hour=18)
    assert await waiting(door) == []
    assert await door.log("court.event-retracted.v1") == []


async def test_a_result_that_comes_back_answers_the_question_and_may_go_again(door: Door) -> None:
    await sentence_that_is_gone(door)
    [asked] = await waiting(door)
    await share(door, guilty(results=[result("r1", orderedDate=DAY)]), hour=18)
    assert await waiting(door) == []
    late = await door.officer(f"/documents/{asked['document_id']}/decision", {"decision": "confirmed"})
    assert late.status_code == 409
    assert (await types(door))[-1] == "court.sentence-passed.v1"
    await share(door, guilty(results=[]), hour=19)
    assert await decide(door, "confirmed") == "confirmed"
    await share(door, guilty(results=[result("r1", orderedDate=DAY)]), hour=20)
    assert (await types(door))[-2:] == ["court.event-retracted.v1", "court.sentence-passed.v1"]


async def test_one_of_two_results_that_is_gone_corrects_the_sentence_and_the_corrected_state(door: Door) -> None:
    first, second = result("r1", orderedDate=DAY), result("r2", text="FO - Fine", orderedDate=DAY)
    await list_hearing(door)
    await share(door, guilty(results=[first]), guilty(SECOND_OFFENCE, results=[second]))
    amended = result("r2", text="FO - Fine of more", orderedDate=DAY)
    await share(door, guilty(results=[]), guilty(SECOND_OFFENCE, results=[amended]), hour=17)
    [amendment] = await door.log("court.event-corrected.v1")
    assert amendment["data"]["replacement"]["data"]["result_ids"] == ["r1", "r2"]
    assert await decide(door, "confirmed") == "confirmed"
    correction = (await door.log("court.event-corrected.v1"))[-1]
    replacement = correction["data"]["replacement"]["data"]
    assert (replacement["result_ids"], replacement["offence_ids"]) == (["r2"], [SECOND_OFFENCE])
    assert correction["data"]["corrects_state"] != amendment["data"]["corrects_state"]
    assert correction["data"]["original_id"] == amendment["data"]["original_id"]


async def test_what_is_of_no_known_class_waits_on_with_the_decision_noted(door: Door) -> None:
    await list_hearing(door)
    await share(door, guilty(results=[result("r1", text="QQQ - Something new", orderedDate=DAY)]))
    [asked] = await waiting(door)
    assert (asked["why"], asked["decided_at"]) == ("unknown-result-class r1", None)
    assert await decide(door, "confirmed") == "question"
    [still] = await waiting(door)
    assert still["decided_at"] is not None
    assert await door.log("court.sentence-passed.v1") == []
    assert await decide(door, "dismissed") == "dismissed"
    assert await waiting(door) == []


async def test_a_part_that_is_not_understood_waits_on_with_the_decision_noted(door: Door) -> None:
    await list_hearing(door, offence(plea=plea("PERHAPS", day=DAY)))
    assert await decide(door, "confirmed") == "question"
    [still] = await waiting(door)
    assert still["why"].startswith("unread plea.pleaValue/")
    assert still["decided_at"] is not None
    assert await types(door) == ["court.trial-date-set.v1"], "what is understood was told"


async def test_a_part_that_is_understood_by_now_is_told_when_an_officer_confirms_it(door: Door) -> None:
    await list_hearing(door)
    asks, hearings = ("unread/plea.pleaValue/x/0",), DatabaseHearingBook(door.pool)
    before = await hearings.state(HEARING)
    asked = msgspec.structs.replace(before, asked=asks, revision=before.revision + 1)
    await DatabaseDocumentBook(door.pool).apply([hearings.saving(asked, after=before.revision)])
    raw = message(found(offence(plea=plea("GUILTY", day=DAY))))
    state = DocumentState.QUESTION
    await left_by_an_older_release(door, raw, kind=DocumentKind.HEARING, state=state, asks=asks, compared=True)
    async with door.pool.acquire() as connection:
        await connection.execute("UPDATE document SET received_at = business_now() + '1 s' WHERE state = 'question'")
    await decide(door, "confirmed")
    assert await types(door) == ["court.trial-date-set.v1", "court.plea-entered.v1"]


async def test_a_case_that_left_the_hearing_loses_its_date_once_an_officer_confirms_it(door: Door) -> None:
    both = found()
    both["prosecutionCases"].append({**both["prosecutionCases"][0], "id": "other", "prosecutionCaseIdentifier": None})
    headers = door.headers("common-platform", scope="hearings:write")
    for sent in (both, found()):
        answer = await door.http.post(f"/hearing/{HEARING}", content=message(sent), headers=headers)
        assert answer.status_code == 200
    [first, second] = await door.log("court.trial-date-set.v1")
    assert (await waiting(door))[0]["why"] == "case-gone other"
    assert await decide(door, "confirmed") == "confirmed"
    [retracted] = await door.log("court.event-retracted.v1")
    assert retracted["data"]["original_id"] in {first["id"], second["id"]}
    assert retracted["caseid"] == second["caseid"]
    assert (await door.http.post(f"/hearing/{HEARING}", content=message(both), headers=headers)).status_code == 200
    assert (await types(door))[-1] == "court.trial-date-set.v1", "back in the hearing, it is listed again"


@pytest.mark.parametrize("decision", ["confirmed", "dismissed"])
async def test_a_hearing_without_its_days_is_told_so_only_by_an_officer(door: Door, decision: str) -> None:
    await list_hearing(door)
    headers = door.headers("common-platform", scope="hearings:write")
    undated = message({**found(), "hearingDays": []})
    assert (await door.http.post(f"/hearing/{HEARING}", content=undated, headers=headers)).status_code == 200
    assert await types(door) == ["court.trial-date-set.v1"]
    assert await decide(door, decision) == decision
    told = [] if decision == "dismissed" else ["court.trial-date-changed.v1"]
    assert await types(door) == ["court.trial-date-set.v1", *told]
    assert await waiting(door) == []


async def left_by_an_older_release(door: Door, raw: bytes, *, kind: DocumentKind, **more: Any) -> Document:
    """A message that a release which knew less could make nothing of."""
    filing = Filing(
        vault=door.vault,
        clock=SystemClock(),
        fingerprints=Fingerprints(bytes(32)),
        kept=timedelta(days=365),
    )
    document = replace(await filing.document(raw, kind=kind, about=HEARING, received_at=RECEIVED), **more)
    book = DatabaseDocumentBook(door.pool)
    assert await book.apply([book.keeping(document)])
    return document


async def test_a_result_whose_class_is_known_by_now_is_told_when_an_officer_confirms_it(door: Door) -> None:
    asks = ("unknown-result-class/r1",)
    await list_hearing(door)
    hearings = DatabaseHearingBook(door.pool)
    before = await hearings.state(HEARING)
    asked = msgspec.structs.replace(before, asked=asks, revision=before.revision + 1)
    await DatabaseDocumentBook(door.pool).apply([hearings.saving(asked, after=before.revision)])
    raw = message(found(guilty(results=[result("r1", orderedDate=DAY)])), shared=f"{DAY}T16:00:00Z")
    kind, state = DocumentKind.HEARING_RESULT, DocumentState.QUESTION
    await left_by_an_older_release(door, raw, kind=kind, state=state, asks=asks, compared=True)
    assert await decide(door, "confirmed") == "confirmed"
    assert await types(door) == ["court.trial-date-set.v1", "court.sentence-passed.v1"]
    assert (await hearings.state(HEARING)).asked == ()


async def test_a_parked_message_that_can_be_read_by_now_is_told_when_an_officer_confirms_it(door: Door) -> None:
    raw = message(found(offence(verdict=verdict("GUILTY", day=DAY))), shared=f"{DAY}T16:00:00Z")
    await left_by_an_older_release(door, raw, kind=DocumentKind.HEARING_RESULT, state=DocumentState.PARKED)
    assert await decide(door, "confirmed") == "applied"
    assert await types(door) == ["court.trial-date-set.v1", "court.verdict-reached.v1"]
    assert await waiting(door) == []


async def test_a_parked_message_that_a_later_one_has_overtaken_tells_nothing_of_its_listing(door: Door) -> None:
    raw = message(hearing(days=("2026-12-09T10:00:00Z",)))
    document = await left_by_an_older_release(door, raw, kind=DocumentKind.HEARING, state=DocumentState.PARKED)
    await list_hearing(door)
    assert await decide(door, "confirmed", document=document.id) == "older"
    assert await types(door) == ["court.trial-date-set.v1"]


async def test_parked_results_are_told_although_a_later_listing_came(door: Door) -> None:
    raw = message(found(guilty(results=[result("r1", orderedDate=DAY)])), shared=f"{DAY}T16:00:00Z")
    await left_by_an_older_release(door, raw, kind=DocumentKind.HEARING_RESULT, state=DocumentState.PARKED)
    await list_hearing(door)
    assert await decide(door, "confirmed") == "applied"
    assert await types(door) == ["court.trial-date-set.v1", "court.sentence-passed.v1"]


async def test_a_message_that_is_no_longer_kept_can_only_be_dismissed(door: Door) -> None:
    kind = DocumentKind.HEARING_RESULT
    document = await left_by_an_older_release(
        door, message(found()), kind=kind, state=DocumentState.PARKED, sealed=None
    )
    path = f"/documents/{document.id}/decision"
    assert (await door.officer(path, {"decision": "confirmed"})).status_code == 409
    assert await decide(door, "dismissed") == "dismissed"
