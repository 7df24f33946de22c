"""Only the real release tells her anything, and only once an officer confirmed whose prison number it is."""

from collections.abc import Sequence
from datetime import timedelta

from sandbox.scenario import cast
from sandbox.scenario.calls import Service, as_person, expect
from sandbox.scenario.days import morning_comes
from sandbox.scenario.letters import letters
from sandbox.scenario.movements import IMMEDIATE_LANE, released
from sandbox.scenario.people import timeline
from sandbox.scenario.steps import Step
from sandbox.scenario.tale import Tale
from sandbox.scenario.telling import hers, told_the_same_evening
from sandbox.scenario.waiting import demand, until

INSIDE = timedelta(days=14)
RELEASED = "prison.offender-released"


async def prison_number_is_confirmed(tale: Tale) -> None:
    path = f"/cases/{tale.known.first_case}/defendants/{cast.DEFENDANT_ID}/prison-number"
    number = {"number": cast.PRISON_NUMBER}
    expect(await as_person(tale.world, cast.AMIRA, Service.INTAKE, "POST", path, body=number), 403)
    expect(await as_person(tale.world, cast.WITNESS_CARE_OFFICER, Service.INTAKE, "POST", path, body=number), 204)

    async def on_record() -> bool:
        seen = await timeline(tale.world, cast.WITNESS_CARE_OFFICER, of=tale.known.amira)
        return bool(seen.of("intake.offender-linked"))

    await until("the confirmation is on the officer's view of her timeline", on_record)
    demand(not (await hers(tale)).of("intake.offender-linked"), "she sees what is for officers")


async def sent_to_court(tale: Tale) -> None:
    """Its silence is checked with the real release, which comes after it in the same order."""
    world = tale.world
    await world.clock.advance_by(INSIDE)
    at = await morning_comes(world)
    tale.known.ordinary_messages = len(await letters(world))
    await released(world, reason="SENT_TO_COURT", at=at)
    await released(world, reason="RELEASED", at=at, lane=IMMEDIATE_LANE)


async def really_released(tale: Tale) -> None:
    """One item, one message: nothing of the journey to court, nothing of the lane that is often undone."""
    world = tale.world
    at = await world.clock.now()
    await released(world, reason="RELEASED", at=at)
    await released(world, reason="RELEASED", at=at)
    news = await told_the_same_evening(tale, RELEASED, officer=cast.WITNESS_CARE_OFFICER)
    demand(len(news) == 1, f"one release is {len(news)} items on her timeline")
    told = [entry.type for entry in (await hers(tale)).entries if entry.type.startswith("prison.")]
    demand(told == [f"{RELEASED}.v1"], f"she was told more of prison than the release: {told}")
    left = len(await letters(world)) - tale.known.ordinary_messages
    demand(left == 1, f"{left} messages left about one release")


STEPS: Sequence[Step] = (
    Step("The officer confirms which prison number is the defendant's", prison_number_is_confirmed),
    Step("prisoner.released with the reason SENT_TO_COURT comes", sent_to_court),
    Step("The real release comes: it alone is told, once", really_released),
)
