"""Project intake's facts: keep each once, note who belongs where, and settle the journeys that they touch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec
from chassis.database import Connection
from contracts.ids import VictimId

from journey.facts.fact import EventKey, Fact
from journey.facts.news import TOLD_TO_SOMEBODY
from journey.facts.persons import Join
from journey.facts.said import NOTHING_SAID
from journey.facts.ties import Clearance, IdentityChange
from journey.facts.warning import Warned, warned_among
from journey.projection.ports import Announcements, Facts, Freshness, TakingTurns, Ties, Victims, Warnings
from journey.projection.settling import Settling


class IntakeFact(msgspec.Struct, frozen=True, gc=False):
    """A fact of intake, and what else it means to us: a change of who belongs where, the digest of a warning in it."""

    fact: Fact
    change: IdentityChange | None = None
    warning: str | None = None

    @property
    def bears_on_a_journey(self) -> bool:
        """May it change what is news to somebody, or what is owed?"""
        fact = self.fact
        return (
            self.change is not None
            or fact.type in TOLD_TO_SOMEBODY
            or fact.original is not None
            or fact.thread is not None
            or fact.said is not NOTHING_SAID
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeProjection:
    """Takes intake's facts in, a batch at a time, inside the transaction that moves the consumer's offset."""

    turns: TakingTurns
    facts: Facts
    ties: Ties
    settling: Settling
    announcements: Announcements
    freshness: Freshness
    victims: Victims
    warnings: Warnings

    async def take_in(self, connection: Connection, batch: Sequence[IntakeFact]) -> None:
        """Apply the batch; what is already here has no second effect."""
        bearing = any(item.bears_on_a_journey for item in batch)
        await (self.turns.settle_alone if bearing else self.turns.keep_beside_others)(connection)
        new = await self.facts.add(connection, [item.fact for item in batch])
        fresh = _only(batch, new)
        await self.ties.note(connection, [item.change for item in fresh if item.change])
        heard = await self._heard_of(connection, new)
        warned = await self._warned(connection, new, {item.fact.key: item.warning for item in fresh if item.warning})
        warned += await self._warned_of_another_id(connection, fresh)
        if heard or warned:
            # Before the news of the same facts, so that none of it goes out by a way that is not safe any more.
            await self.announcements.announce(connection, heard=heard, warned=warned)
        if bearing and new:
            await self._settle(connection, fresh)
        await self.freshness.note(connection, new)

    async def _settle(self, connection: Connection, fresh: Sequence[IntakeFact]) -> None:
        touched = [item for item in fresh if item.bears_on_a_journey]
        victims = {item.fact.victim_id for item in touched if item.fact.victim_id}
        cases = {item.fact.case_id for item in touched if item.fact.case_id}
        cleared = [item.change.fact for item in touched if isinstance(item.change, Clearance)]
        for fact in (await self.facts.named(connection, cleared)).values() if cleared else ():
            victims |= {fact.victim_id} if fact.victim_id else set()
            cases |= {fact.case_id} if fact.case_id else set()
        victims |= await self.ties.victims_of(connection, cases)
        traces = {item.fact.key: item.fact.traceparent for item in fresh if item.fact.traceparent}
        at = max(item.fact.recorded_at for item in fresh)
        await self.settling.settle(connection, victims, at=at, traces=traces)

    async def _heard_of(self, connection: Connection, new: Sequence[Fact]) -> list[Fact]:
        """The first fact of each victim whom none has named before."""
        first: dict[VictimId, Fact] = {}
        for fact in new:
            if fact.victim_id:
                first.setdefault(fact.victim_id, fact)
        anew = await self.victims.note(connection, first) if first else set()
        return [fact for victim_id, fact in first.items() if victim_id in anew]

    async def _warned(self, connection: Connection, new: Sequence[Fact], said: Mapping[EventKey, str]) -> list[Warned]:
        """The warnings that these facts bring or change, in order of recording."""
        amended = {fact.victim_id for fact in new if fact.original and fact.victim_id}
        warned = await self._warned_again(connection, amended, new) if amended else []
        if said:
            warned += await self._warned_first(
                connection, [fact for fact in new if fact.victim_id not in amended], said
            )
        return sorted(warned, key=lambda one: one.fact.position)

    async def _warned_of_another_id(self, connection: Connection, fresh: Sequence[IntakeFact]) -> list[Warned]:
        """What makes contact unsafe with one id does so with the one under which she goes on."""
        joins = [item for item in fresh if isinstance(item.change, Join)]
        if not joins:
            return []
        warned = []
        for item in joins:
            together = await self.settling.ever_joined(connection, {VictimId(item.fact.victim_id or "")})
            if await self.warnings.any_of(connection, together):
                warned.append(Warned(item.fact, stands=True))
        return warned

    async def _warned_first(
        self, connection: Connection, facts: Sequence[Fact], said: Mapping[EventKey, str]
    ) -> list[Warned]:
        """Of victims about whom nothing was put right in the batch: each text the first time that it comes."""
        first: dict[tuple[VictimId, str], Fact] = {}
        for fact in facts:
            if fact.victim_id and (digest := said.get(fact.key)):
                first.setdefault((fact.victim_id, digest), fact)
        anew = await self.warnings.note(connection, first) if first else set()
        return [Warned(fact, stands=True) for pair, fact in first.items() if pair in anew]

    async def _warned_again(self, connection: Connection, victims: set[VictimId], new: Sequence[Fact]) -> list[Warned]:
        """Of victims about whom something was put right: told by all that ever named them."""
        keys = {fact.key for fact in new}
        standing: dict[VictimId, set[str]] = {}
        warned: list[Warned] = []
        for victim_id, history in (await self.warnings.history(connection, victims)).items():
            said, standing[victim_id] = warned_among(history, new=keys)
            warned += said
        await self.warnings.replace(connection, standing)
        return warned


def _only(batch: Sequence[IntakeFact], new: Sequence[Fact]) -> Sequence[IntakeFact]:
    if len(new) == len(batch):
        return batch
    keys = {fact.key for fact in new}
    return [item for item in batch if item.fact.key in keys]
