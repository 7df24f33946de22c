"""Her single point of contact changes from the police officer to a witness care officer."""

from collections.abc import Sequence

from sandbox.scenario import cast
from sandbox.scenario.calls import expect
from sandbox.scenario.people import in_care_of, status, take_over
from sandbox.scenario.steps import Step
from sandbox.scenario.tale import Tale
from sandbox.scenario.waiting import demand, until

NAME = "Ellis Barrow"


async def witness_care_takes_over(tale: Tale) -> None:
    """The one who takes over says so; until then the giver stays."""
    world, amira = tale.world, tale.known.amira
    before = (await status(world, cast.AMIRA, of=amira)).contact
    demand(before is not None and before.name == "Sgt Dana Marsh", "the police officer did not answer to her")
    await take_over(
        world,
        cast.WITNESS_CARE_OFFICER,
        victim=amira,
        name=NAME,
        role="witness-care-officer",
        phone="01632 960420",
    )

    async def she_sees_it() -> bool:
        contact = (await status(world, cast.AMIRA, of=amira)).contact
        return contact is not None and contact.name == NAME

    async def lists_agree() -> bool:
        given = await in_care_of(world, cast.POLICE_OFFICER, victim=amira)
        taken = await in_care_of(world, cast.WITNESS_CARE_OFFICER, victim=amira)
        return given is None and taken is not None

    await until("Amira's timeline names the witness care officer", she_sees_it)
    await until("she is on the witness care officer's list, and on the police officer's no more", lists_agree)


async def page_shows_her(tale: Tale) -> None:
    """What the officer signs in to says the same as the list that programs read."""
    world = tale.world
    async with world.browser(cast.WITNESS_CARE_OFFICER, at=world.addresses.witness_care) as browser:
        page = expect(await browser.get("/"), 200).text
    demand(cast.AMIRAS_NAME in page, "Amira is not on the witness care officer's page")


STEPS: Sequence[Step] = (
    Step("The witness care officer takes over from the police officer", witness_care_takes_over),
    Step("Signed in, the witness care officer sees her on their page", page_shows_her),
)
