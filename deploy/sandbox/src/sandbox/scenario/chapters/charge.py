"""A prosecutor authorises a charge, and an officer says which defendant harmed Amira."""

from collections.abc import Sequence

from sandbox.scenario import cast
from sandbox.scenario.agencies import crime, publish, urn
from sandbox.scenario.calls import Service, as_person, expect
from sandbox.scenario.people import status
from sandbox.scenario.steps import Step
from sandbox.scenario.tale import Tale
from sandbox.scenario.telling import news_of, told_the_same_evening
from sandbox.scenario.waiting import demand


async def references_are_linked(tale: Tale) -> None:
    """From now on the URN, which the court will use, names the same case as the force's crime reference."""
    at = await tale.world.clock.now()
    data = {"references": [crime(cast.FIRST_CRIME), urn()]}
    await publish(tale.world, "cps", "case-references-linked", data, id_="story-references", at=at)


async def charge_is_authorised(tale: Tale) -> None:
    """Named by its URN alone, it reaches Amira's timeline all the same."""
    offence = {"offence_id": cast.OFFENCE_ID, "code": cast.OFFENCE_CODE, "title": cast.OFFENCE_TITLE}
    at = await tale.world.clock.now()
    data = {"references": [urn()], "offences": [offence]}
    await publish(tale.world, "cps", "charge-authorised", data, id_="story-charge", at=at)


async def officer_links_her(tale: Tale) -> None:
    """Links are made by publishers or confirmed by officers, never guessed."""
    await link_to_her_offence(tale, cast.AMIRA, answer=403)
    await link_to_her_offence(tale, cast.POLICE_OFFICER)
    news = await news_of(tale, "cps.charge-authorised")
    demand(len(news) == 1, "the charge is more than once on her timeline")
    demand(news[0].case_id == tale.known.first_case, "the charge is of another case")


async def link_to_her_offence(tale: Tale, officer: str, *, answer: int = 201) -> None:
    """Of all that is on record of the case this offence of this defendant is hers."""
    link = {
        "case_id": tale.known.first_case,
        "defendant_id": cast.DEFENDANT_ID,
        "offence_ids": [cast.OFFENCE_ID],
        "why": "The charge is for the burglary of her flat.",
    }
    path = f"/victims/{tale.known.amira}/links"
    expect(await as_person(tale.world, officer, Service.INTAKE, "POST", path, body=link), answer)


async def she_is_told(tale: Tale) -> None:
    owed = await status(tale.world, cast.AMIRA, of=tale.known.amira)
    demand(any(duty.duty_id == "R6-CHARGE" for duty in owed.owed), "telling her of the charge is not owed")
    await told_the_same_evening(tale, "cps.charge-authorised", officer=cast.POLICE_OFFICER)


STEPS: Sequence[Step] = (
    Step("The CPS links the crime reference and the URN", references_are_linked),
    Step("The CPS authorises a charge", charge_is_authorised),
    Step("The officer links Amira to the defendant", officer_links_her),
    Step("She is told of the charge in the evening, which meets the duty", she_is_told),
)
