"""Victims of a running system who may be sent a message at any hour, and what became of their news."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sandbox.scenario import cast
from sandbox.scenario.calls import Service, as_person, expect
from sandbox.scenario.people import decisions, timeline
from support.deadline import until
from support.load import INTAKE, Agencies, accepted, identified, reported

NEWS = "support.referral-accepted.v1"
DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


@dataclass
class Victims:
    """Some victims by the number of their crime; `turns` counts the news that each was owed so far."""

    agencies: Agencies
    ids: Mapping[int, str]
    turns: int = 0

    async def have_news(self) -> None:
        """One more piece of news for each, acknowledged by intake."""
        self.turns += 1
        await self.agencies.publish("support", [accepted(number, turn=self.turns) for number in self.ids])

    async def all_notified(self, *, seconds: float = 90.0) -> None:
        """Waits until a message left about every piece of news; business time passes while we wait, as retries need."""
        world = self.agencies.world

        async def notified() -> bool:
            await world.clock.advance_by(timedelta(seconds=30))
            left = [await self._notified(victim) for victim in self.ids.values()]
            return left == [self.turns] * len(left)

        await until(notified, "a message about every piece of news has left", seconds=seconds)

    async def on_their_timelines(self) -> None:
        """Every piece of news is on its victim's timeline exactly once."""
        for number, victim in self.ids.items():
            seen = await timeline(self.agencies.world, cast.POLICE_OFFICER, of=victim)
            found = Counter(entry.event.id for entry in seen.entries if entry.type == NEWS)
            assert found == {f"load-news-{number}-{turn}": 1 for turn in range(1, self.turns + 1)}

    async def _notified(self, victim: str) -> int:
        found = (await decisions(self.agencies.world, cast.POLICE_OFFICER, of=victim)).decisions
        return sum(one.event_type == NEWS and one.notified_at is not None for one in found)


async def promised_victims(agencies: Agencies, count: int) -> Victims:
    """So many victims of a crime each, whose officer agreed with them that e-mail is safe at any hour."""
    numbers = [agencies.next_number() for _ in range(count)]
    await agencies.publish("police", [reported(number) for number in numbers])
    await agencies.publish("police", [identified(number) for number in numbers])
    ids = {number: await _victim_id(agencies, number) for number in numbers}
    for number, victim in ids.items():
        await _agree(agencies, number, victim)
    return Victims(agencies, ids)


async def _victim_id(agencies: Agencies, number: int) -> str:
    token = await agencies.world.as_system("sandbox-police", audience=INTAKE)
    address = f"{agencies.world.addresses.intake}/events/load-victim-{number}"
    answer = expect(await agencies.world.http.get(address, headers=token), 200)
    return str(answer.json()["event"]["victimid"])


async def _agree(agencies: Agencies, number: int, victim: str) -> None:
    terms = {
        "channels": [{"kind": "email", "safe": "safe", "address": f"v{number}@example.org"}],
        "windows": [{"days": DAYS, "starts": "00:00", "ends": "23:59"}],
    }
    path, first = f"/victims/{victim}/contact-promise", {"If-None-Match": "*"}
    world, officer = agencies.world, cast.POLICE_OFFICER

    async def agreed() -> bool:
        answer = await as_person(world, officer, Service.NOTIFICATIONS, "PUT", path, body=terms, headers=first)
        return expect(answer, 200, 404).status_code == 200

    await until(agreed, "notifications has heard of the victim, and the officer agreed their promise", seconds=60)
