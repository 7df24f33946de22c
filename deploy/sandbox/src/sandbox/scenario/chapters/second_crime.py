"""A second crime against Amira, recorded by the same force: still one timeline."""

from collections.abc import Sequence

from sandbox.scenario import cast
from sandbox.scenario.agencies import crime_reported, publish, referral, victim_identified
from sandbox.scenario.days import morning_comes
from sandbox.scenario.steps import Step
from sandbox.scenario.tale import Tale
from sandbox.scenario.telling import hers, told_the_same_evening
from sandbox.scenario.waiting import demand, until

CRIME = "police.crime-reported"


async def second_crime_is_recorded(tale: Tale) -> None:
    """The force knows her by the same number, so nobody has to guess that she is the same person."""
    at = await morning_comes(tale.world)
    crime = crime_reported(cast.SECOND_CRIME, offence="Criminal damage to a car window")
    person = victim_identified(cast.SECOND_CRIME, number=cast.AMIRAS_NUMBER, name=cast.AMIRAS_NAME)
    await publish(tale.world, "police", "crime-reported", crime, id_="story-crime-2", at=at)
    await publish(tale.world, "police", "victim-identified", person, id_="story-victim-2", at=at)

    async def both_on_one_timeline() -> bool:
        return len((await hers(tale)).of(CRIME)) == 2

    await until("both crimes are on her one timeline", both_on_one_timeline)
    cases = {entry.case_id for entry in (await hers(tale)).of(CRIME)}
    demand(len(cases) == 2, "two crimes were taken for one case")


async def she_is_told(tale: Tale) -> None:
    data = {**referral(cast.SECOND_CRIME, number=cast.AMIRAS_NUMBER, referral_id="REF-302"), "referred_by": "police"}
    at = await tale.world.clock.now()
    await publish(tale.world, "support", "referral-made", data, id_="story-referral-2", at=at)
    await told_the_same_evening(tale, CRIME, "support.referral-made", officer=cast.POLICE_OFFICER)


STEPS: Sequence[Step] = (
    Step("A second crime against her is recorded: still one timeline", second_crime_is_recorded),
    Step("She is told of it, and of a second referral, the same evening", she_is_told),
)
