"""A whole running system, and what the acceptance tests do with it."""

from dataclasses import dataclass

from sandbox.system.running import RunningSystem
from sandbox.world import World
from support.evidence import assert_kept, assert_told_once, facts_have_come
from support.load import Agencies
from support.promised import Victims


@dataclass(frozen=True)
class Everything:
    """The system from inside and from outside, who publishes into it, and the victims who may be sent messages."""

    system: RunningSystem
    world: World
    agencies: Agencies
    victims: Victims

    async def lost_and_repeated_nothing(self) -> None:
        """Waits until all is settled: every acknowledged fact kept and shown once, each piece of news told once."""
        await assert_kept(self.world, self.agencies.acknowledged)
        await facts_have_come(self.system, self.agencies.acknowledged)
        await self.victims.on_their_timelines()
        await self.victims.all_notified()
        await assert_told_once(self.world)
        assert not self.system.programs.ended()
