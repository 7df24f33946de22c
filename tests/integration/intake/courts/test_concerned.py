"""Two defendants and two victims in one case: each victim's linked defendant only, and the hearing of both to both."""

from typing import Any

import pytest
from contracts.corrections import EventCorrected, EventRetracted
from contracts.events import parse_recorded
from contracts.facts import CaseFact
from support.hearing_messages import DEFENDANT, HEARING, OFFENCE, URN, hearing, message, offence, result, verdict
from support.intake_door import CPS, ISSUER, Door, event, victim_identified

pytestmark = [pytest.mark.servers, pytest.mark.usefixtures("noon")]

DAY = "2026-11-20"
SECOND_DEFENDANT = "8a5b0d4e-0000-4000-8000-00000000000e"
SECOND_OFFENCE = "8a5b0d4e-0000-4000-8000-0000000000b1"
MINE, THEIRS = {DEFENDANT: (OFFENCE,)}, {SECOND_DEFENDANT: (SECOND_OFFENCE,)}


def of_two(first: dict[str, Any], second: dict[str, Any], *, day: str = DAY) -> dict[str, Any]:
    found = hearing(days=(f"{day}T10:00:00Z",), offences=[first])
    found["prosecutionCases"][0]["defendants"].append({"id": SECOND_DEFENDANT, "offences": [second]})
    return found


def convicted(id_: str, result_id: str, **more: Any) -> dict[str, Any]:
    return offence(
        id_, verdict=verdict("GUILTY", day=DAY), judicialResults=[result(result_id, orderedDate=DAY, **more)]
    )


async def send(door: Door, found: dict[str, Any], *, shared: str | None = None) -> None:
    path = f"/hearing/{HEARING}/result" if shared else f"/hearing/{HEARING}"
    headers = door.headers("common-platform", scope="hearings:write")
    answer = await door.http.post(path, content=message(found, shared=shared), headers=headers)
    assert answer.status_code == 200


async def two_victims(door: Door) -> dict[str, dict[str, tuple[str, ...]]]:
    """By victim id: the defendant whose victim an officer says each is, and the offences."""
    sent = [victim_identified(victim="V-1"), victim_identified(victim="V-2")]
    await door.send_batch(sent, client="west-yorkshire")
    crime = {"scheme": "crime-reference", "issuer": ISSUER, "value": "13/000001/26"}
    urn = {"scheme": "urn", "issuer": "cps", "value": URN}
    linked = event("linked", "cps.case-references-linked.v1", {"references": [crime, urn]}, source=CPS)
    assert (await door.send(linked)).status_code == 200
    victims = [identified["victimid"] for identified in await door.log("police.victim-identified.v1")]
    case = (await door.log())[0]["caseid"]
    links = dict(zip(victims, (MINE, THEIRS), strict=True))
    for victim, accused in links.items():
        [(defendant, offences)] = accused.items()
        form = {"case_id": case, "defendant_id": defendant, "offence_ids": offences}
        assert (await door.officer(f"/victims/{victim}/links", form)).status_code == 201
    return links


async def told_to(door: Door, accused: dict[str, tuple[str, ...]]) -> list[str]:
    """What of the court's events concerns a victim with this link, by what the recorded events say themselves."""
    [(defendant, offences)] = accused.items()
    heard: list[str] = []
    for recorded in await door.log():
        if not recorded["type"].startswith("court."):
            continue
        data = parse_recorded(recorded).data
        if isinstance(data, EventCorrected):
            data = data.replacement.data
        assert isinstance(data, CaseFact), recorded["type"]
        of_their_offences = not data.concerned_offences or set(offences) & set(data.concerned_offences)
        if defendant in data.concerned_defendants and of_their_offences:
            heard.append(recorded["type"].split(".")[1])
    return heard


async def test_each_victim_hears_of_their_own_defendant_and_both_hear_of_the_hearing(door: Door) -> None:
    links = await two_victims(door)
    first, second = offence(OFFENCE), offence(SECOND_OFFENCE)
    await send(door, of_two(first, second, day="2026-11-19"))
    await send(door, of_two(first, second))
    shared = of_two(convicted(OFFENCE, "r1"), second)
    await send(door, shared, shared=f"{DAY}T16:00:00Z")
    both = of_two(convicted(OFFENCE, "r1"), convicted(SECOND_OFFENCE, "r2"))
    await send(door, both, shared=f"{DAY}T17:00:00Z")
    amended = of_two(convicted(OFFENCE, "r1"), convicted(SECOND_OFFENCE, "r2", text="FO - Fine"))
    await send(door, amended, shared=f"{DAY}T18:00:00Z")
    hearing_news = ["trial-date-set", "trial-date-changed"]
    own_news = ["verdict-reached", "sentence-passed"]
    first_victim, second_victim = links.values()
    assert await told_to(door, first_victim) == [*hearing_news, *own_news]
    assert await told_to(door, second_victim) == [*hearing_news, *own_news, "event-corrected"]


async def test_a_hearing_sent_again_with_one_of_two_accused_moves_the_trial_of_that_one_alone(door: Door) -> None:
    links = await two_victims(door)
    await send(door, of_two(offence(OFFENCE), offence(SECOND_OFFENCE), day="2026-11-19"))
    await send(door, hearing(days=(f"{DAY}T10:00:00Z",), offences=[offence(OFFENCE)]))
    [listed] = await door.log("court.trial-date-set.v1")
    [moved] = await door.log("court.trial-date-changed.v1")
    assert set(listed["data"]["defendant_ids"]) == {DEFENDANT, SECOND_DEFENDANT}
    assert moved["data"]["defendant_ids"] == [DEFENDANT]
    first_victim, second_victim = links.values()
    assert await told_to(door, first_victim) == ["trial-date-set", "trial-date-changed"]
    assert await told_to(door, second_victim) == ["trial-date-set"]


async def test_a_verdict_and_a_sentence_name_one_defendant_and_their_offences(door: Door) -> None:
    await send(door, of_two(offence(OFFENCE), offence(SECOND_OFFENCE)))
    both = of_two(convicted(OFFENCE, "r1"), convicted(SECOND_OFFENCE, "r2"))
    await send(door, both, shared=f"{DAY}T16:00:00Z")
    for type_ in ("court.verdict-reached.v1", "court.sentence-passed.v1"):
        found = {one["data"]["defendant_id"]: tuple(one["data"]["offence_ids"]) for one in await door.log(type_)}
        assert found == MINE | THEIRS


async def test_a_retraction_names_the_event_whose_defendant_it_concerns(door: Door) -> None:
    await send(door, of_two(offence(OFFENCE), offence(SECOND_OFFENCE)))
    both = of_two(convicted(OFFENCE, "r1"), convicted(SECOND_OFFENCE, "r2"))
    await send(door, both, shared=f"{DAY}T16:00:00Z")
    taken_back = of_two(convicted(OFFENCE, "r1"), convicted(SECOND_OFFENCE, "r2", isDeleted=True))
    await send(door, taken_back, shared=f"{DAY}T17:00:00Z")
    [retraction] = await door.log("court.event-retracted.v1")
    sentences = {one["id"]: one["data"]["defendant_id"] for one in await door.log("court.sentence-passed.v1")}
    data = parse_recorded(retraction).data
    assert isinstance(data, EventRetracted)
    assert sentences[data.original_id] == SECOND_DEFENDANT
