"""What victims and officers do and see, each with a token of their own."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from pydantic import TypeAdapter

from sandbox.scenario import cast
from sandbox.scenario.answers import Decisions, DueItem, DueList, DueVictim, Status, Timeline, Waiting
from sandbox.scenario.calls import Service, as_person, expect
from sandbox.world import World

CONTACTS = uuid.UUID("0d6a3f6f-7c11-5a53-9a55-8f0c8b1e7d1c")


async def timeline(world: World, reader: str, *, of: str) -> Timeline:
    """A victim's timeline as this person may see it."""
    answer = await as_person(world, reader, Service.JOURNEY, "GET", f"/victims/{of}/timeline")
    return Timeline.model_validate_json(expect(answer, 200).content)


async def status(world: World, reader: str, *, of: str) -> Status:
    """Where things are for a victim."""
    answer = await as_person(world, reader, Service.JOURNEY, "GET", f"/victims/{of}")
    return Status.model_validate_json(expect(answer, 200).content)


async def decisions(world: World, reader: str, *, of: str) -> Decisions:
    """What was decided about a victim's news; for officers."""
    answer = await as_person(world, reader, Service.NOTIFICATIONS, "GET", f"/victims/{of}/decisions")
    return Decisions.model_validate_json(expect(answer, 200).content)


async def due_list(world: World, officer: str) -> DueList:
    """An officer's due list."""
    answer = await as_person(world, officer, Service.WITNESS_CARE, "GET", "/due")
    return DueList.model_validate_json(expect(answer, 200).content)


async def in_care_of(world: World, officer: str, *, victim: str) -> DueVictim | None:
    """This victim on the officer's own list, if she is there."""
    due = await due_list(world, officer)
    return next((one for one in due.mine if one.victim_id == victim), None)


async def waiting_for_anybody(world: World, officer: str, *, name: str) -> DueVictim | None:
    """Somebody of this name whom nobody has taken over."""
    due = await due_list(world, officer)
    return next((one for one in due.unassigned if one.name == name), None)


async def take_over(world: World, officer: str, *, victim: str, name: str, role: str, phone: str) -> None:
    """This officer becomes the victim's single point of contact."""
    person = {"name": name, "role": role, "phone": phone, "email": "contact@example.org"}
    path = f"/victims/{victim}/contact-person"
    expect(await as_person(world, officer, Service.WITNESS_CARE, "POST", path, body=person), 204)


async def let_in(world: World, officer: str, *, victim: str, persona: str) -> None:
    """This sign-in may see the victim's timeline from now on."""
    path, subject = f"/victims/{victim}/access", {"subject": cast.SUBJECTS[persona]}
    expect(await as_person(world, officer, Service.WITNESS_CARE, "POST", path, body=subject), 204)


async def record_contact(world: World, officer: str, *, victim: str, about: DueItem, at: datetime) -> None:
    """The officer told the victim in person what this line of the due list is about."""
    met = {"news_ids": about.news_ids, "duty_keys": about.duty_keys}
    await _record(world, officer, victim=victim, key=about.key, at=at, met=met)


async def record_talk(world: World, officer: str, *, victim: str, key: str, at: datetime) -> None:
    """The officer told the victim in person something that is on no list."""
    await _record(world, officer, victim=victim, key=key, at=at, met={})


async def waiting_documents(world: World, officer: str) -> list[Waiting]:
    """What agencies sent that waits for an officer."""
    answer = await as_person(world, officer, Service.INTAKE, "GET", "/documents")
    return TypeAdapter(list[Waiting]).validate_json(expect(answer, 200).content)


async def decide(world: World, officer: str, *, about: Waiting, decision: str) -> str:
    """The officer confirms what a message says, or dismisses it; what becomes of it."""
    path, body = f"/documents/{about.document_id}/decision", {"decision": decision}
    state: str = expect(await as_person(world, officer, Service.INTAKE, "POST", path, body=body), 200).json()["state"]
    return state


async def _record(
    world: World, officer: str, *, victim: str, key: str, at: datetime, met: Mapping[str, object]
) -> None:
    made_at = at.isoformat(timespec="seconds")
    contact = {"contact_id": str(uuid.uuid5(CONTACTS, key)), "made_at": made_at, "how": "in-person", **met}
    path = f"/victims/{victim}/contacts"
    expect(await as_person(world, officer, Service.WITNESS_CARE, "POST", path, body=contact), 204)
