"""The desk and notifications, each hearing what the other says: about one thing stands one line, whatever is undone."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

import pytest
from chassis.consumer.events import Arrival, read
from chassis.testing.clock import FakeClock
from notifications.delivery.providers.memory import MemoryProvider
from notifications.hearing.consumer import KNOWN, Ears
from notifications.ledger.memory import MemoryLedgers
from notifications.officer_contacts.facts import OfficerContactDue, OfficerContactWithdrawn
from notifications.promise.memory_seals import MemorySeals
from support.desk_world import AMIRA, MADE, NEWS, WHEN, World, some_news
from support.notifications_world import World as Notifications
from support.notifications_world import email_promise


@dataclass(slots=True)
class Both:
    """The desk on its database, notifications on its fake ledger."""

    desk: World
    notifications: Notifications
    ledgers: MemoryLedgers
    clock: FakeClock
    heard: int = 0
    said: int = 0

    async def journey_says(self, type_: str, data: dict[str, Any]) -> None:
        await self.desk.hear(type_, data)
        await self._notifications_hear(await self.desk.arrival(type_, data, victim=AMIRA))

    async def contact(self, name: str, said: dict[str, Any]) -> None:
        made = {"contact_id": contact_id(name), "made_at": self.clock.now().isoformat(), "how": "phone"}
        assert (await self.desk.call("POST", f"/victims/{AMIRA}/contacts", made | said)).status_code == 204
        await self._pass_on()

    async def take_back(self, name: str) -> None:
        path = f"/victims/{AMIRA}/contacts/{contact_id(name)}/withdrawal"
        assert (await self.desk.call("POST", path)).status_code == 204
        await self._pass_on()

    async def agree_a_channel(self) -> None:
        await self.notifications.agree(email_promise(), victim=AMIRA)
        await self._pass_on()

    def asked(self) -> set[str]:
        """The contacts that notifications holds for open."""
        return {contact for key, contact in self.ledgers.state.asked.items() if key not in self.ledgers.state.made}

    async def lines(self) -> list[str]:
        due = await self.desk.due()
        return [line["key"] for who in (*due["mine"], *due["unassigned"]) for line in who["items"]]

    async def _notifications_hear(self, arrival: Arrival) -> None:
        async with self.desk.pool.acquire() as connection:
            await Ears(self.ledgers).apply(connection, [read(arrival, known=KNOWN)])
        await self._pass_on()

    async def _pass_on(self) -> None:
        """What the desk has said since to notifications, and what that has said since to the desk."""
        async with self.desk.pool.acquire() as connection:
            rows = await connection.fetch(_SAID_BY_THE_DESK, self.heard)
        for row in rows:
            self.heard = row["position"]
            await self._notifications_hear(Arrival("topic", 0, 1, 1, AMIRA, WHEN, None, row["body"]))
        for fact in self.ledgers.state.facts[self.said :]:
            self.said += 1
            if isinstance(fact, OfficerContactDue | OfficerContactWithdrawn):
                type_, data = fact.said()
                await self.desk.hear(type_, data.model_dump(mode="json"))


@pytest.fixture
def both(world: World) -> Both:
    clock = FakeClock(WHEN)
    ledgers = MemoryLedgers(clock)
    return Both(world, Notifications(ledgers, clock, MemorySeals(), MemoryProvider()), ledgers, clock)


def contact_id(name: str) -> str:
    return str(uuid5(UUID(MADE), name))


_SAID_BY_THE_DESK = """
SELECT position, body FROM log WHERE position > $1 AND type LIKE 'witness-care.contact-%' ORDER BY position"""
ARRIVED = ("journey.news-arrived.v1", some_news(NEWS, "court.trial-date-changed.v1"))
DOUBTFUL = (ARRIVED[0], ARRIVED[1] | {"reach": "officer"})
REPLACED = (ARRIVED[0], ARRIVED[1] | {"standing": False})
NOT_HERS = ("journey.news-withdrawn.v1", {"news_id": NEWS, "at": WHEN.isoformat()})
TOLD, RIGHTED = {"news_ids": [NEWS]}, {"put_right": [NEWS]}


@pytest.mark.parametrize(
    ("happens", "lines"),
    [
        ([ARRIVED, TOLD], 0),
        ([ARRIVED, TOLD, "told"], 1),
        ([DOUBTFUL, TOLD, "told"], 1),
        ([DOUBTFUL, "channel", ARRIVED], 0),
        ([DOUBTFUL, REPLACED], 0),
        ([DOUBTFUL, NOT_HERS], 0),
        ([ARRIVED, TOLD, "channel", "told"], 0),
        ([ARRIVED, NOT_HERS, RIGHTED], 0),
        ([ARRIVED, NOT_HERS, RIGHTED, "righted"], 1),
        ([ARRIVED, TOLD, NOT_HERS, RIGHTED, ARRIVED, "righted", "told"], 1),
        ([ARRIVED, TOLD, REPLACED, "told"], 0),
    ],
)
async def test_about_one_thing_stands_one_line_and_both_sides_hold_it_for_open(
    both: Both, happens: list[Any], lines: int
) -> None:
    for what in happens:
        both.clock.advance(timedelta(hours=1))
        if isinstance(what, tuple):
            await both.journey_says(*what)
        elif isinstance(what, dict):
            await both.contact("told" if what == TOLD else "righted", what)
        elif what == "channel":
            await both.agree_a_channel()
        else:
            await both.take_back(what)
    found = await both.lines()
    assert (len(found), set(found)) == (lines, both.asked())
