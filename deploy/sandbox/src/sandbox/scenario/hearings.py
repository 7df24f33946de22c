"""Invented hearings in the shape that HMCTS Common Platform sends: one whole snapshot each time."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime

from sandbox.scenario import cast
from sandbox.scenario.calls import Service, as_system, expect
from sandbox.world import World

CLIENT = "sandbox-common-platform"
JSON = "application/json"
WORDINGS = 200
Part = Mapping[str, object]


async def confirm(world: World, hearing: Part) -> None:
    """A hearing was listed, or its listing changed."""
    await _send(world, f"/hearing/{hearing['id']}", {"hearing": hearing})


async def share_results(world: World, hearing: Part, *, at: datetime) -> None:
    """A hearing was resulted, or its results amended and shared again."""
    await _send(world, f"/hearing/{hearing['id']}/result", {"hearing": hearing, "sharedTime": instant(at)})


def hearing(
    hearing_id: str, *, sitting: datetime, kind: str = "Trial", offence: Part | None = None
) -> dict[str, object]:
    """A hearing of the one case in the story; `offence` adds to its one offence."""
    return {
        "id": hearing_id,
        "type": {"id": "6e1bef55-7e13-4615-9b3a-7f64ad1e3b70", "description": kind},
        "jurisdictionType": "CROWN",
        "courtCentre": _court_centre(),
        "hearingDays": [{"sittingDay": instant(sitting), "listedDurationMinutes": 240, "listingSequence": 0}],
        "prosecutionCases": [_case(offence or {})],
    }


def moved_because_no_court_was_free(listed: Mapping[str, object]) -> dict[str, object]:
    """The same hearing with the court's own reason for moving it."""
    return {
        **listed,
        "crackedIneffectiveTrial": {
            "id": "7b0c0f0a-3c25-4f3f-9f4e-0d6a3a3c7101",
            "code": "K",
            "type": "Vacated",
            "description": "No court time available",
        },
    }


def guilty_and_sentenced(hearing_id: str, *, on: datetime, weeks: int) -> dict[str, object]:
    """A verdict of guilty and a sentence of so many weeks; another number under the same result id amends it."""
    day = on.date().isoformat()
    return {
        "convictionDate": day,
        "verdict": {
            "originatingHearingId": hearing_id,
            "verdictDate": day,
            "verdictType": {"description": "Guilty", "category": "Guilty", "categoryType": "GUILTY_BY_JURY_CONVICTED"},
        },
        "judicialResults": [_imprisonment(hearing_id, day=day, weeks=weeks)],
    }


def of_many_offences(hearing_id: str, *, on: datetime, offences: int) -> dict[str, object]:
    """The story's offence among so many others of one person, each with a sentence and a long wording."""
    day = on.date().isoformat()
    ids = [cast.OFFENCE_ID, *(f"{cast.OFFENCE_ID[:-6]}{number:06x}" for number in range(1, offences))]
    many = [_sentenced(id_, hearing_id, day=day, result_id=f"{id_[:-12]}a{id_[-11:]}") for id_ in ids]
    case = _case({})
    defendants = [{"id": cast.DEFENDANT_ID, "prosecutionCaseId": cast.CASE_ID, "offences": many}]
    return {
        **hearing(hearing_id, sitting=on, kind="Sentence"),
        "prosecutionCases": [{**case, "defendants": defendants}],
    }


def appeal_against_sentence(hearing_id: str, *, sitting: datetime) -> dict[str, object]:
    """A hearing of a court application alone."""
    found = hearing(hearing_id, sitting=sitting, kind="Appeal against Sentence")
    application = {
        "id": cast.APPEAL_ID,
        "type": {"id": "57810183-a5c2-3195-8748-c6b97eda1ebd", "type": "Appeal against sentence"},
        "applicationStatus": "FINALISED",
        "applicationReceivedDate": sitting.date().isoformat(),
    }
    return {**found, "prosecutionCases": [], "courtApplications": [application]}


def instant(moment: datetime) -> str:
    """As Common Platform writes moments."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


async def _send(world: World, path: str, message: Part) -> None:
    content = json.dumps(message).encode()
    answer = await as_system(world, CLIENT, Service.INTAKE, "POST", path, content=content, content_type=JSON)
    expect(answer)


def _court_centre() -> Part:
    return {
        "id": "f8254db1-1683-483e-afb3-b87fde5a0a26",
        "code": "C45XX00",
        "name": "Humberton Crown Court",
        "roomId": "9e4932f7-97b2-3010-b942-ddd2624e4dd8",
        "roomName": "Courtroom 3",
        "address": {"address1": "1 Assize Street", "address2": "Humberton"},
    }


def _case(offence: Part) -> Part:
    return {
        "id": cast.CASE_ID,
        "initiationCode": "C",
        "prosecutionCaseIdentifier": {
            "prosecutionAuthorityId": "4e0e3a4f-3c2b-4d5a-9a38-0b6a3a3c7102",
            "prosecutionAuthorityCode": "CPS",
            "caseURN": cast.URN,
        },
        "defendants": [
            {
                "id": cast.DEFENDANT_ID,
                "prosecutionCaseId": cast.CASE_ID,
                "personDefendant": {"personDetails": {"firstName": "Invented", "lastName": "Person", "gender": "MALE"}},
                "offences": [_offence(offence)],
            }
        ],
    }


def _sentenced(offence_id: str, hearing_id: str, *, day: str, result_id: str) -> Part:
    result = {**_imprisonment(hearing_id, day=day, weeks=1), "judicialResultId": result_id}
    wording = "Invented wording of an invented charge. " * WORDINGS
    return {**_offence({}), "id": offence_id, "wording": wording, "convictionDate": day, "judicialResults": [result]}


def _offence(more: Part) -> Part:
    return {
        "id": cast.OFFENCE_ID,
        "offenceDefinitionId": "2f1b0c7e-9d7c-4b67-8a59-0d6a3a3c7103",
        "offenceCode": cast.OFFENCE_CODE,
        "offenceTitle": cast.OFFENCE_TITLE,
        "wording": "Invented wording of an invented charge.",
        **more,
    }


def _imprisonment(hearing_id: str, *, day: str, weeks: int) -> Part:
    return {
        "judicialResultId": cast.SENTENCE_ID,
        "judicialResultTypeId": "b65fb5f1-b11d-4a95-a198-3b81333c7cf9",
        "label": "Imprisonment",
        "isConvictedResult": False,
        "category": "FINAL",
        "cjsCode": "1002",
        "orderedHearingId": hearing_id,
        "orderedDate": day,
        "resultText": f"IMP - Imprisonment for {weeks} weeks",
        "judicialResultPrompts": [
            {"label": "Imprisonment Period", "promptReference": "imprisonmentPeriod", "value": f"{weeks} Weeks"}
        ],
    }
