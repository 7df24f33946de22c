"""The world of one seed: writers, processes on two databases, a broker, and what happens to them all."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar, Final

from chassis.consumer.memory_topic import MemoryTopic

from simulation.broker import MadeUpBroker
from simulation.chance import Chance
from simulation.process import Process
from simulation.server import Database
from simulation.statements import STATEMENTS
from simulation.statements.log import PARTITIONS, start_log

TOPIC: Final = "intake.events"
STORM_SECONDS: Final = 20.0
CALM_SECONDS: Final = 60.0
LOOK_SECONDS: Final = 15.0
END_SECONDS: Final = 1.0
STORMY_END_SECONDS: Final = 25.0

Life = Callable[[Process], Awaitable[None]]


class Broken(AssertionError):
    """What must hold does not."""


@dataclass
class World:
    """Everything that a seed decides about."""

    chance: Chance
    owner: Database = field(init=False)
    reader: Database = field(init=False)
    broker: MadeUpBroker = field(init=False)
    running: dict[str, Process] = field(default_factory=dict)
    ending: bool = False
    broken: Broken | None = None
    _events: "list[asyncio.Future[None]]" = field(default_factory=list)

    def __post_init__(self) -> None:
        self.owner = Database("owner", self.chance, STATEMENTS)
        self.reader = Database("reader", self.chance, STATEMENTS)
        self.broker = MadeUpBroker(MemoryTopic(TOPIC, partitions=PARTITIONS), self.chance)

    async def begin(self) -> None:
        """Make what a migration makes."""
        await start_log(self.owner)

    def now(self) -> datetime:
        """The clock of every process here."""
        return self.owner.clock_timestamp()

    async def keep(self, name: str, *lives: Life) -> None:
        """Run a process and start it again whenever it has ended."""
        while not self.ending:
            process = self.running[name] = Process(name, *lives)
            task = process.start()
            await asyncio.wait([task])
            if not task.cancelled() and task.exception() is not None:
                self.broken = self.broken or Broken(f"{name} ended by itself: {task.exception()!r}")
                return
            await self.chance.moment()

    async def storm(self) -> None:
        """Let things happen for a while; afterwards nothing fails any more."""
        until = self.seconds() + STORM_SECONDS
        while self.seconds() < until and self.chance.trouble:
            await asyncio.sleep(self.chance.seconds(0.05, 3.0))
            self._happen()
        self.chance.calm = True
        await asyncio.gather(*self._events)

    async def calm(
        self, done: Callable[[], bool], what: Callable[[], str], look: Callable[[], Awaitable[None]]
    ) -> None:
        """Wait until everything that was to happen has happened, while a person looks now and then. Raises Broken."""
        until, look_at = self.seconds() + CALM_SECONDS, self.seconds()
        while not done():
            if self.broken is not None:
                raise self.broken
            if self.seconds() > until:
                raise Broken(f"{CALM_SECONDS:.0f} s after the last fault: {what()}")
            if self.seconds() >= look_at:
                await look()
                look_at = self.seconds() + LOOK_SECONDS
            await asyncio.sleep(0.5)

    def verify(self) -> None:
        """Nobody locked against the one order. Raises Broken."""
        if self.owner.deadlocks or self.reader.deadlocks:
            raise Broken("transactions waited for each other in a circle")

    async def end(self, keepers: "Sequence[asyncio.Task[None]]") -> None:
        """Tell every process to end. Raises Broken when one does not within a second."""
        self.ending = True
        for process in self.running.values():
            process.tell_to_end()
        _, left = await asyncio.wait(keepers, timeout=END_SECONDS)
        if left:
            raise Broken(f"told to end, still running after a second: {sorted(task.get_name() for task in left)}")

    def seconds(self) -> float:
        """Since the beginning."""
        return asyncio.get_running_loop().time()

    def _happen(self) -> None:
        self._HAPPENINGS[self.chance.below(len(self._HAPPENINGS))](self)

    def _kill(self) -> None:
        process = self._any_process()
        self._say(f"{process.name} is killed")
        process.kill()
        self._later(self._ends(process, within=END_SECONDS))

    def _tell_to_end(self) -> None:
        process = self._any_process()
        self._say(f"{process.name} is told to end")
        process.tell_to_end()
        self._later(self._ends(process, within=STORMY_END_SECONDS))

    def _stop(self) -> None:
        process, seconds = self._any_process(), self.chance.seconds(0.5, 18.0)
        self._say(f"{process.name} stands still for {seconds:.1f} s")
        process.freeze(seconds)

    def _break_connections(self) -> None:
        database = self._any_database()
        self._say(f"the backends of {database.name} are ended")
        database.break_connections()

    def _restart_database(self) -> None:
        database = self._any_database()
        self._say(f"{database.name} is restarted")
        self._later(database.restart(self.chance.seconds(0.1, 6.0)))

    def _move_clock(self) -> None:
        database, minutes = self._any_database(), self.chance.below(90)
        self._say(f"business time of {database.name} moves on by {minutes} min")
        database.move_clock(minutes)

    def _restart_broker(self) -> None:
        self._say("the broker is restarted")
        self._later(self.broker.restart(self.chance.seconds(0.1, 6.0)))

    def _lose_topic(self) -> None:
        self._say("the broker loses everything")
        self.broker.topic.wipe()

    def _stall(self) -> None:
        self._say("the consumer's connection stalls")
        self.broker.topic.freeze()

    _HAPPENINGS: ClassVar[tuple[Callable[["World"], None], ...]] = (
        _kill,
        _kill,
        _tell_to_end,
        _stop,
        _break_connections,
        _restart_database,
        _move_clock,
        _restart_broker,
        _lose_topic,
        _stall,
    )

    def _any_process(self) -> Process:
        return list(self.running.values())[self.chance.below(len(self.running))]

    def _any_database(self) -> Database:
        return (self.owner, self.reader)[self.chance.below(2)]

    async def _ends(self, process: Process, *, within: float) -> None:
        if not await process.ended(within=within):
            self.broken = self.broken or Broken(f"{process.name} was to end, and its tasks go on after {within} s")

    def _later(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._events.append(task)

    def _say(self, what: str) -> None:
        self.chance.drawn.append(f"{self.seconds():.4f} {what}")
