"""The auditor replays Amira's journey as of a past moment and verifies every chain; journeys are computed anew."""

import asyncio
import json
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sandbox.scenario import cast
from sandbox.scenario.steps import Step
from sandbox.scenario.tale import Tale
from sandbox.scenario.waiting import demand
from sandbox.world import World
from sandbox.world.auditing import AUDITOR, audit_settings

COMMAND = Path(sys.executable).with_name("throughline")
MINUTES = 60
Parsed = Any


class AuditFailed(Exception):
    """The command ended otherwise than it must; the message holds what it said."""


async def replayed_as_of(tale: Tale) -> None:
    """What is replayed as of a moment before the verdict knows of no verdict."""
    moment = tale.known.before_the_verdict
    demand(moment, "there is no past moment to go back to")
    past, now = await _replay(tale, moment), await _replay(tale, None)
    demand(past["contact_officer"] == cast.SUBJECTS[cast.POLICE_OFFICER], "then the police officer answered to her")
    demand(now["contact_officer"] == cast.SUBJECTS[cast.WITNESS_CARE_OFFICER], "now witness care answers to her")
    demand(past["promise_version"] == 1, "her promise was agreed by then")
    demand("court.trial-date-changed.v1" in _types(past), "the moved trial was news by then")
    demand("court.verdict-reached.v1" not in _types(past), "the replay of the past knows of the verdict")
    demand("court.verdict-reached.v1" in _types(now), "the replay of the present does not know of the verdict")
    demand(all(one["met"] for one in now["duties"]), "the replay says that something is still owed to her")


async def chains_are_verified(tale: Tale) -> None:
    found = json.loads(await _audit(tale.world, "verify", "--json"))
    logs, consumed = found["logs"], {one["log"] for one in found["consumers"]}
    demand(set(logs) == {"intake", "journey", "notifications", "witness-care"}, f"not every log was read: {found}")
    demand(all(one["state"] == "whole" and one["whole_to"] for one in logs.values()), f"a log is not whole: {found}")
    demand(consumed == set(logs), f"the consumers of a log were not asked: {found}")


async def nothing_is_said_anew(tale: Tale) -> None:
    """However the facts came in, every journey is what the whole record says."""
    said = await tale.world.processes.run("journey", "rebuild")
    demand(": 0 differences announced." in said, f"a journey computed anew is another: {said}")


async def _replay(tale: Tale, moment: datetime | None) -> Parsed:
    as_of = [] if moment is None else ["--as-of", moment.isoformat()]
    return json.loads(await _audit(tale.world, "replay", tale.known.amira, "--json", *as_of))


def _types(standing: Parsed) -> set[str]:
    return {news["event_type"] for news in standing["news"]}


async def _audit(world: World, *arguments: str) -> str:
    process = await asyncio.create_subprocess_exec(
        COMMAND,
        "audit",
        *arguments,
        env=audit_settings(world.addresses, secret=world.tokens.secrets[AUDITOR]),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, complaint = await asyncio.wait_for(process.communicate(), 2 * MINUTES)
    if process.returncode:
        raise AuditFailed(f"throughline audit ended with {process.returncode}: {complaint.decode()[-500:]}")
    return said.decode()


STEPS: Sequence[Step] = (
    Step("The auditor replays her journey as of a moment before the verdict", replayed_as_of),
    Step("The auditor verifies the chain of every log", chains_are_verified),
    Step("Every journey computed anew from all facts is what was announced", nothing_is_said_anew),
)
