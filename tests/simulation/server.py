"""A PostgreSQL that knows the statements of the chassis, each as a function over tables, and can be away."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

from simulation.chance import Chance
from simulation.tables import Table, Work

BEGINNING = datetime(2026, 11, 2, 8, tzinfo=UTC)

Rows: TypeAlias = Sequence[Mapping[str, Any]]
Statement: TypeAlias = "Callable[..., Awaitable[Rows]]"
"""Given the database, the transaction and the arguments, what PostgreSQL would answer."""


class UnknownStatement(AssertionError):
    """The chassis asks what nobody has taught this server: add it to `simulation.statements`."""


class Listening:
    """Where notifications go."""

    def __init__(self) -> None:
        self.heard: dict[str, list[Callable[..., None]]] = {}

    def tell(self, channel: str) -> None:
        """Ring whoever listens."""
        for callback in list(self.heard.get(channel, ())):
            callback(self, 0, channel, "")


@dataclass
class Database:
    """One database: tables by name, the clock that can be moved, and who is connected."""

    name: str
    chance: Chance
    statements: Mapping[str, Statement]
    tables: dict[str, Table] = field(default_factory=dict)
    ahead: timedelta = timedelta()
    up: bool = True
    listening: list[Listening] = field(default_factory=list)
    breaking: list[Callable[[], None]] = field(default_factory=list)
    numbers: int = 0
    deadlocks: int = 0

    def table(self, name: str) -> Table:
        """A table, made when it is first asked for."""
        return self.tables.setdefault(name, Table())

    def statement(self, text: str) -> Statement:
        """What to do for `text`. Raises UnknownStatement."""
        try:
            return self.statements[text]
        except KeyError:
            raise UnknownStatement(text) from None

    def next_number(self) -> int:
        """A sequence of its own: what a rolled back transaction took is lost."""
        self.numbers += 1
        return self.numbers

    def clock_timestamp(self) -> datetime:
        """Real time, in a world whose real time is made up."""
        return BEGINNING + timedelta(seconds=asyncio.get_running_loop().time())

    def business_now(self) -> datetime:
        """Business time."""
        return self.clock_timestamp() + self.ahead

    def move_clock(self, minutes: int) -> None:
        """Business time moves on, and rings, as `advance_clock` does."""
        self.ahead += timedelta(minutes=minutes)
        self.notify(["timer_set"])

    def notify(self, channels: Sequence[str]) -> None:
        """Ring at commit, each connection once a channel."""
        for channel in dict.fromkeys(channels):
            for one in list(self.listening):
                one.tell(channel)

    def break_connections(self) -> None:
        """End every backend, as pg_terminate_backend does."""
        for end in list(self.breaking):
            end()

    async def restart(self, seconds: float) -> None:
        """Go away, losing nothing that is committed, and come back."""
        self.up = False
        self.break_connections()
        await asyncio.sleep(seconds)
        self.up = True


async def in_one(database: Database, work: Work, text: str, *args: object) -> Rows:
    """Run a statement inside `work`."""
    return await database.statement(text)(database, work, *args)
