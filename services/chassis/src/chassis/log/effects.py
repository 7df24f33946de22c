"""Writes of a service's own that belong to an event, in the transaction that records it."""

from dataclasses import dataclass
from typing import Protocol

from chassis.database import Connection


class Effect(Protocol):
    """A write that belongs to an event, in the transaction that records it; repeatable until that commits."""

    async def apply(self, connection: Connection) -> bool:
        """False when what it was decided upon has changed: the event is then refused and decided again."""


@dataclass(frozen=True, slots=True)
class OneRow:
    """One statement that must change one row, or what it was decided upon has changed."""

    sql: str
    arguments: tuple[object, ...]

    async def apply(self, connection: Connection) -> bool:
        return (await connection.execute(self.sql, *self.arguments)).endswith(" 1")


@dataclass(frozen=True, slots=True)
class AnyRows:
    """A statement that may change any number of rows."""

    sql: str
    arguments: tuple[object, ...]

    async def apply(self, connection: Connection) -> bool:
        await connection.execute(self.sql, *self.arguments)
        return True
