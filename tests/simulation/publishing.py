"""The owner's side: writers at two doors, and two relays of which one works."""

import asyncio
import hashlib
from dataclasses import dataclass, field
from typing import Final

from chassis.errors import Fenced, TransientFailure
from chassis.log.group_commit import GroupCommit
from chassis.log.queue import Limits
from chassis.log.records import LogRecord, NewEvent, Receipt, Submission
from chassis.log.verify import verify_chain
from chassis.relay.relay import Relay
from chassis.relay.session import Target

from simulation.connection import pool_of
from simulation.process import Process
from simulation.tables import Work
from simulation.world import TOPIC, Broken, World

TYPE: Final = "police.crime-reported.v1"
SOURCE: Final = "urn:test:police"
_KEYS: Final = 7
_LIMITS: Final = Limits(flush_events=8, seconds=5.0)
_EPOCH: Final = 1


@dataclass
class Publishing:
    """Writers, doors and relays."""

    world: World
    doors: dict[str, GroupCommit] = field(default_factory=dict)
    accepted: dict[str, Receipt] = field(default_factory=dict)

    async def door(self, process: Process) -> None:
        """One process of the service that owns the log."""
        pool = pool_of(self.world.owner, process)
        async with GroupCommit(pool, _EPOCH, limits=_LIMITS) as door:
            self.doors[process.name] = door
            try:
                await door.watch()
            finally:
                del self.doors[process.name]

    async def relay(self, process: Process) -> None:
        """One relay."""
        pool = pool_of(self.world.owner, process)
        target = Target(self.world.broker.for_relay(process), TOPIC)
        await Relay(pool, target).run()

    async def write(self, writer: int, count: int) -> None:
        """Send events one after the other, each until there is a receipt for it."""
        for number in range(count):
            event = _event(f"{writer}-{number}", f"case-{self.world.chance.below(_KEYS)}", self.world)
            await asyncio.sleep(self.world.chance.seconds(0.0, 0.8))
            await self._insist(event)

    def log(self) -> list[LogRecord]:
        """The log as it stands."""
        rows = dict(self.world.owner.table("log").seen(Work()))
        fields = LogRecord.__struct_fields__
        return [LogRecord(*(rows[position][field] for field in fields)) for position in sorted(rows)]

    def relayed(self) -> bool:
        """Whether the topic ends where the log ends."""
        head = self.world.owner.table("log_head").get(Work(), "only") or {}
        records = self.world.broker.topic.records
        ends = {at: held[-1].pseq for at, held in records.items() if held}
        return all(ends.get(at, 0) == last for at, last in enumerate(head["pseqs"]))

    def left(self) -> str:
        """What has not happened yet."""
        return f"{len(self.accepted)} accepted, {len(self.log())} on the log, relayed: {self.relayed()}"

    def verify(self) -> None:
        """What was accepted is on the log, once, and the log is whole. Raises Broken."""
        log = self.log()
        verify_chain(log)
        placed = {record.id: record for record in log}
        if len(placed) != len(log):
            raise Broken("an event stands twice on the log")
        for id_, receipt in self.accepted.items():
            record = placed.get(id_)
            if record is None or (record.position, record.hash) != (receipt.position, receipt.hash):
                raise Broken(f"{id_} was accepted as {receipt.position}, and is not there")

    async def _insist(self, event: NewEvent) -> None:
        while event.id not in self.accepted:
            receipt = await self._send(event)
            if receipt is not None:
                self.accepted[event.id] = receipt
                return
            await asyncio.sleep(self.world.chance.seconds(0.05, 0.5))

    async def _send(self, event: NewEvent) -> Receipt | None:
        doors = list(self.doors.values())
        if not doors:
            return None
        door = doors[self.world.chance.below(len(doors))]
        try:
            (answer,) = await door.append(Submission((event,)))
        except (TransientFailure, Fenced):
            return None
        if not isinstance(answer, Receipt):
            raise Broken(f"{event.id} was refused: {answer}")
        return answer


def _event(id_: str, key: str, world: World) -> NewEvent:
    body = b'{"id":"%s","source":"%s","type":"%s","time":"2026-11-02T08:00:00Z","data":{}}' % (
        id_.encode(),
        SOURCE.encode(),
        TYPE.encode(),
    )
    return NewEvent(
        id=id_,
        source=SOURCE,
        type=TYPE,
        stream=f"case/{key}",
        version=None,
        key=key,
        occurred_at=world.now(),
        body=body,
        digest=hashlib.sha256(body).digest(),
    )
