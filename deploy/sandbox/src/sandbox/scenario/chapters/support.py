"""The police refer Amira to a support service, which takes her on."""

from collections.abc import Sequence

from sandbox.scenario import cast
from sandbox.scenario.agencies import publish, referral
from sandbox.scenario.letters import letters
from sandbox.scenario.people import status
from sandbox.scenario.steps import Step
from sandbox.scenario.tale import Tale
from sandbox.scenario.telling import news_of, notified_in_the_evening, opens_everything
from sandbox.scenario.waiting import demand, until

DUTY = "R4-REFERRAL"


async def referral_is_made(tale: Tale) -> None:
    """Owed within two working days of the report; the referral itself meets it."""

    async def owed() -> bool:
        now = await status(tale.world, cast.AMIRA, of=tale.known.amira)
        return any(duty.duty_id == DUTY for duty in now.owed)

    async def met() -> bool:
        return not await owed()

    await until("a referral is owed to her", owed)
    data = {**referral(cast.FIRST_CRIME, number=cast.AMIRAS_NUMBER, referral_id="REF-301"), "referred_by": "police"}
    at = await tale.world.clock.now()
    await publish(tale.world, "support", "referral-made", data, id_="story-referral-1", at=at)
    await until("the duty to refer her is met", met)


async def referral_is_accepted(tale: Tale) -> None:
    """It is morning, and she may only be reached in the evening: the news waits."""
    data = {
        **referral(cast.FIRST_CRIME, number=cast.AMIRAS_NUMBER, referral_id="REF-301"),
        "service_phone": "01632 960402",
    }
    at = await tale.world.clock.now()
    await publish(tale.world, "support", "referral-accepted", data, id_="story-accepted-1", at=at)
    await news_of(tale, "support.referral-made", "support.referral-accepted")
    demand(not await letters(tale.world), "a message left outside her safe hours")


async def she_is_notified(tale: Tale) -> None:
    await notified_in_the_evening(tale, await news_of(tale, "support.referral-made", "support.referral-accepted"))


async def she_opens_both(tale: Tale) -> None:
    await opens_everything(tale, officer=cast.POLICE_OFFICER)


STEPS: Sequence[Step] = (
    Step("A referral to support is made, which meets the duty to refer her", referral_is_made),
    Step("The referral is accepted; the news waits for a safe hour", referral_is_accepted),
    Step("In the evening one neutral message leaves for both", she_is_notified),
    Step("She signs in and opens both: she is told, and nothing is due", she_opens_both),
)
