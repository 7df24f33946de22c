"""Ben was harmed by the same burglary: he sees his own journey, and nothing that is only Amira's."""

from collections.abc import Sequence

from sandbox.scenario import cast
from sandbox.scenario.agencies import publish, referral, victim_identified
from sandbox.scenario.answers import DueVictim, Timeline
from sandbox.scenario.calls import Service, as_person, expect
from sandbox.scenario.days import morning_comes
from sandbox.scenario.people import let_in, timeline, waiting_for_anybody
from sandbox.scenario.steps import Step
from sandbox.scenario.tale import Tale
from sandbox.scenario.telling import hers
from sandbox.scenario.waiting import demand, eventually

ONLY_HERS = (
    "intake.report-received",
    "notifications.contact-promise-agreed",
    "witness-care.contact-assigned",
    "witness-care.contact-made",
    "court.verdict-reached",
    "court.sentence-passed",
    "court.event-corrected",
    "prison.offender-released",
)
REFERRAL = "support.referral-made"


async def ben_is_identified(tale: Tale) -> None:
    world = tale.world
    at = await morning_comes(world)
    person = victim_identified(cast.FIRST_CRIME, number=cast.BENS_NUMBER, name=cast.BENS_NAME)
    help_ = {**referral(cast.FIRST_CRIME, number=cast.BENS_NUMBER, referral_id="REF-303"), "referred_by": "police"}
    await publish(world, "police", "victim-identified", person, id_="story-victim-3", at=at)
    await publish(world, "support", "referral-made", help_, id_="story-referral-3", at=at)

    async def look() -> DueVictim | None:
        return await waiting_for_anybody(world, cast.POLICE_OFFICER, name=cast.BENS_NAME)

    tale.known.ben = (await eventually("Ben is on the list of victims whom nobody has taken over", look)).victim_id
    await let_in(world, cast.POLICE_OFFICER, victim=tale.known.ben, persona=cast.BEN)


async def ben_sees_only_his(tale: Tale) -> None:
    """The crime is his too; reports, promises, contacts and the second crime are not."""
    world = tale.world

    async def complete() -> Timeline | None:
        path = f"/victims/{tale.known.ben}/timeline"
        if (await as_person(world, cast.BEN, Service.JOURNEY, "GET", path)).status_code != 200:
            return None
        found = await timeline(world, cast.BEN, of=tale.known.ben)
        return found if found.of("police.crime-reported") and found.of(REFERRAL) else None

    his = await eventually("the crime and his referral are on Ben's timeline", complete)
    demand_only_his(his, tale)
    await demand_closed(tale)
    referrals = (await hers(tale)).of(REFERRAL)
    demand(len(referrals) == 2, f"Amira sees {len(referrals)} referrals, not her own two")


async def demand_closed(tale: Tale) -> None:
    """What is Amira's answers Ben as if there were no such victim."""
    for path in (f"/victims/{tale.known.amira}", f"/victims/{tale.known.amira}/timeline"):
        expect(await as_person(tale.world, cast.BEN, Service.JOURNEY, "GET", path), 404)
    promise = f"/victims/{tale.known.amira}/contact-promise"
    expect(await as_person(tale.world, cast.BEN, Service.NOTIFICATIONS, "GET", promise), 404)


def demand_only_his(his: Timeline, tale: Tale) -> None:
    """Nothing on Ben's timeline is only Amira's, and nothing is of a case that is not his. Raises NotSo."""
    demand(his.victim_id == tale.known.ben, "it is somebody else's timeline")
    seen = [entry.type for entry in his.of(*ONLY_HERS)]
    demand(not seen, f"Ben sees what is only Amira's: {seen}")
    demand(len(his.of("police.crime-reported")) == 1, "Ben sees a crime that is not his")
    demand(len(his.of(REFERRAL)) == 1, "Ben sees a referral that is not his")


async def ben_never_saw_hers(tale: Tale) -> None:
    """Nobody linked him to the accused, so what concerns the accused went to his officer and not to him."""
    demand_only_his(await timeline(tale.world, cast.BEN, of=tale.known.ben), tale)
    await demand_closed(tale)


STEPS: Sequence[Step] = (
    Step("The police identify Ben as a second victim of the burglary", ben_is_identified),
    Step("Ben sees the crime and what is his, and nothing of Amira's", ben_sees_only_his),
)
