"""Common Platform messages of invented cases, in the published shape."""

import copy
import json
from typing import Any

HEARING = "8a5b0d4e-0000-4000-8000-000000000001"
NEXT_HEARING = "8a5b0d4e-0000-4000-8000-000000000002"
CASE = "8a5b0d4e-0000-4000-8000-00000000000c"
DEFENDANT = "8a5b0d4e-0000-4000-8000-00000000000d"
OFFENCE, SECOND_OFFENCE = "8a5b0d4e-0000-4000-8000-0000000000a1", "8a5b0d4e-0000-4000-8000-0000000000a2"
URN = "13AB1234526"


def hearing(
    *,
    type_: str = "Trial",
    days: tuple[str, ...] = ("2026-12-01T10:00:00.000Z",),
    offences: list[dict[str, Any]] | None = None,
    id_: str = HEARING,
    **more: Any,
) -> dict[str, Any]:
    """A hearing of one case with one defendant."""
    return {
        "id": id_,
        "type": {"id": "t", "description": type_},
        "jurisdictionType": "CROWN",
        "courtCentre": {"id": "c", "code": "B13CC00", "name": "Leeds Crown Court", "roomName": "Court 4"},
        "hearingDays": [{"sittingDay": day, "listedDurationMinutes": 360, "listingSequence": 1} for day in days],
        "prosecutionCases": [
            {
                "id": CASE,
                "prosecutionCaseIdentifier": {"caseURN": URN, "prosecutionAuthorityCode": "CPS"},
                "defendants": [{"id": DEFENDANT, "offences": offences or [offence()]}],
            }
        ],
        **more,
    }


def offence(id_: str = OFFENCE, **more: Any) -> dict[str, Any]:
    return {"id": id_, "offenceCode": "TH68023", "offenceTitle": "Burglary", "wording": "stole from A N Other", **more}


def plea(value: str, *, day: str = "2026-12-01", hearing_id: str | None = HEARING) -> dict[str, Any]:
    return {"pleaValue": value, "pleaDate": day, **({"originatingHearingId": hearing_id} if hearing_id else {})}


def verdict(category: str, *, day: str = "2026-12-01", hearing_id: str | None = HEARING) -> dict[str, Any]:
    found = {"verdictDate": day, "verdictType": {"categoryType": category, "description": "in words"}}
    return {**found, **({"originatingHearingId": hearing_id} if hearing_id else {})}


def result(id_: str = "r1", *, text: str = "IMP - Imprisonment", **more: Any) -> dict[str, Any]:
    return {
        "judicialResultId": id_,
        "judicialResultTypeId": "rt",
        "label": "Imprisonment",
        "resultText": text,
        "category": "FINAL",
        "orderedHearingId": HEARING,
        "orderedDate": "2026-12-01",
        "judicialResultPrompts": [
            {"label": "Length", "value": "2 Years", "promptReference": "imprisonmentPeriod"},
        ],
        **more,
    }


def held_at(found: dict[str, Any], *courts: str | None) -> dict[str, Any]:
    """The hearing with each of its days in a court of its own; None leaves that day's court unsaid."""
    days = [
        {**day, **({"courtCentreId": court, "courtRoomId": "r"} if court else {})}
        for day, court in zip(found["hearingDays"], courts, strict=True)
    ]
    return {**found, "hearingDays": days}


def message(found: dict[str, Any], *, shared: str | None = None) -> bytes:
    return json.dumps({"hearing": found, **({"sharedTime": shared} if shared else {})}).encode()


def changed(found: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {**copy.deepcopy(found), **more}


TWO_DAYS = ("2026-12-01T10:00:00Z", "2026-12-02T10:00:00Z")
HERE, ELSEWHERE, THIRD = "c", "8a5b0d4e-0000-4000-8000-0000000000cc", "8a5b0d4e-0000-4000-8000-0000000000cd"


def two_days(*courts: str | None) -> dict[str, Any]:
    return held_at(hearing(days=TWO_DAYS), *courts)
