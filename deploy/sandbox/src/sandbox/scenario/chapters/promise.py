"""Amira agrees how she is to be told: email, weekday evenings only, every 28 days, never by phone."""

from collections.abc import Sequence

from sandbox.scenario import cast
from sandbox.scenario.calls import Service, as_person, expect
from sandbox.scenario.steps import Step
from sandbox.scenario.tale import Tale
from sandbox.scenario.telling import hers
from sandbox.scenario.waiting import demand, until

TERMS = {
    "channels": [
        {"kind": "email", "safe": "safe", "address": cast.AMIRAS_EMAIL},
        {"kind": "phone", "safe": "not-safe"},
        {"kind": "sms", "safe": "unknown", "address": cast.AMIRAS_PHONE},
    ],
    "windows": [
        {
            "days": ["monday", "tuesday", "wednesday", "thursday", "friday"],
            "starts": "17:30",
            "ends": "20:30",
        }
    ],
    "frequency_days": 28,
    "language": "en",
    "code_word": "kingfisher",
}


async def amira_agrees(tale: Tale) -> None:
    """With her own token; a stranger's answers as if there were no such victim."""
    world, path = tale.world, f"/victims/{tale.known.amira}/contact-promise"

    async def let_in() -> bool:
        answer = await as_person(world, cast.AMIRA, Service.NOTIFICATIONS, "PUT", path, body=TERMS, headers=FIRST)
        if answer.status_code != 404:
            expect(answer, 200)
        return answer.status_code == 200

    expect(await as_person(world, cast.STRANGER, Service.NOTIFICATIONS, "PUT", path, body=TERMS, headers=FIRST), 404)
    await until("Amira's own sign-in may agree her promise", let_in)


async def promise_is_kept(tale: Tale) -> None:
    """It reads as she agreed it, cannot be overwritten unread, and its addresses are nobody else's to see."""
    world, path = tale.world, f"/victims/{tale.known.amira}/contact-promise"
    answer = expect(await as_person(world, cast.AMIRA, Service.NOTIFICATIONS, "GET", path), 200)
    agreed = answer.json()
    demand(
        agreed["frequency_days"] == 28 and agreed["channels"][0]["address"] == cast.AMIRAS_EMAIL, "it reads otherwise"
    )
    demand(agreed["agreed_by"] == "victim" and answer.headers["ETag"] == '"1"', "it is not hers, or not the first")
    again = await as_person(world, cast.AMIRA, Service.NOTIFICATIONS, "PUT", path, body=TERMS, headers=FIRST)
    expect(again, 412)
    expect(await as_person(world, cast.BEN, Service.NOTIFICATIONS, "GET", path), 404)

    async def on_the_timeline() -> bool:
        return bool((await hers(tale)).of("notifications.contact-promise-agreed"))

    await until("the promise is on her timeline", on_the_timeline)


FIRST = {"If-None-Match": "*"}

STEPS: Sequence[Step] = (
    Step("Amira agrees her contact promise: email, weekday evenings, every 28 days, no phone", amira_agrees),
    Step("The promise is kept as she agreed it, and can't be overwritten unread", promise_is_kept),
)
