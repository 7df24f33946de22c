"""Time, ids and randomness: injected everywhere, read from the machine only here.

Real time (`Clock.now`) serves leases, tokens and time-outs. Business time is the database's: `business_now`.
"""

import secrets
from datetime import UTC, datetime
from typing import Protocol

import uuid_utils

from chassis.database import Connection


class Clock(Protocol):
    """Where time, ids and randomness come from."""

    def now(self) -> datetime:
        """Real time, aware, UTC."""

    def new_id(self) -> str:
        """Return a new UUIDv7 as text: ordered by time, so that indexes grow at one end."""

    def token(self, nbytes: int) -> str:
        """Return `nbytes` of unguessable randomness as URL-safe text."""


class SystemClock:
    """The machine's clock and random source."""

    def now(self) -> datetime:
        return datetime.now(UTC)  # noqa: TID251 the one place

    def new_id(self) -> str:
        return str(uuid_utils.uuid7())

    def token(self, nbytes: int) -> str:
        return secrets.token_urlsafe(nbytes)


async def business_now(connection: Connection) -> datetime:
    """Business time of this database, aware, UTC; only the sandbox and tests can move it, and only forward."""
    moment: datetime = await connection.fetchval("SELECT business_now()")
    return moment
