"""Sessions of people signed in: kept on our side, so that they can be ended; the browser holds a random id."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from chassis.clock import Clock
from chassis.database import Connection, Pool
from chassis.security.principal import Principal
from chassis.security.sealed_access import opened, sealed

_ID_BYTES = 32
_NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """A session ends after `idle` without a request, and after `absolute` however busy. Real time."""

    idle: timedelta = timedelta(minutes=30)
    absolute: timedelta = timedelta(hours=8)

    def over(self, *, created_at: datetime, seen_at: datetime, now: datetime) -> bool:
        """Is a session of these times at its end?"""
        return now - seen_at >= self.idle or now - created_at >= self.absolute


class Sessions(Protocol):
    """Opens, finds and ends sessions. The id given out is never stored, only its hash."""

    async def open(self, subject: str, *, roles: Iterable[str], hint: str = "", access: str = "") -> str:
        """A new session; the id for the cookie. Others of this person with other roles end: they may be that no more.

        `hint` is the issuer's own word for the sign-in.

        `access` is its access token, where the service acts for its people elsewhere; it is kept sealed under the id.
        """

    async def find(self, session_id: str) -> Principal | None:
        """Whose session it is, and note that it was used; None for an unknown, ended or expired one."""

    async def glance(self, session_id: str) -> Principal | None:
        """As `find`, and no use of it: what a page does by itself must not keep a session from its idle end."""

    async def access(self, session_id: str) -> str:
        """The access token of a session that lasts; none where it was given none. It is no use of the session."""

    async def choose(self, session_id: str, choice: str) -> None:
        """Keep what its person chose to look at, until it ends; nothing happens where there is none."""

    async def end(self, session_id: str) -> str:
        """End one session; its hint. Nothing happens where there is none."""

    async def end_all_of(self, subject: str) -> None:
        """End every session of a person: signed out elsewhere, or no longer allowed in."""


class PostgresSessions:
    """Sessions in the service's own database (`chassis/sql/session.sql`)."""

    def __init__(self, pool: Pool, *, clock: Clock, limits: SessionLimits | None = None) -> None:
        self._pool = pool
        self._clock = clock
        self._limits = limits or SessionLimits()

    async def open(self, subject: str, *, roles: Iterable[str], hint: str = "", access: str = "") -> str:
        session_id, now, held = self._clock.token(_ID_BYTES), self._clock.now(), sorted(roles)
        async with self._pool.acquire() as connection, connection.transaction():
            # Nothing else removes sessions whose browser never came back.
            await connection.execute("DELETE FROM session WHERE created_at <= $1", now - self._limits.absolute)
            await connection.execute("DELETE FROM session WHERE subject = $1 AND roles <> $2", subject, held)
            await connection.execute(
                "INSERT INTO session (id_hash, subject, roles, created_at, seen_at, hint, access)"
                " VALUES ($1, $2, $3, $4, $4, $5, $6)",
                _hash(session_id),
                subject,
                held,
                now,
                hint,
                sealed(access, session_id=session_id),
            )
        return session_id

    async def find(self, session_id: str) -> Principal | None:
        now = self._clock.now()
        async with self._pool.acquire() as connection:
            row = await self._held(connection, session_id, now=now)
            if row is not None and now - row["seen_at"] >= _NOTED_EVERY:
                await connection.execute("UPDATE session SET seen_at = $2 WHERE id_hash = $1", row["id_hash"], now)
        return _principal(row)

    async def glance(self, session_id: str) -> Principal | None:
        async with self._pool.acquire() as connection:
            return _principal(await self._held(connection, session_id, now=self._clock.now()))

    async def access(self, session_id: str) -> str:
        async with self._pool.acquire() as connection:
            row = await self._held(connection, session_id, now=self._clock.now())
        return opened(row["access"], session_id=session_id) if row is not None else ""

    async def choose(self, session_id: str, choice: str) -> None:
        async with self._pool.acquire() as connection:
            await connection.execute("UPDATE session SET choice = $2 WHERE id_hash = $1", _hash(session_id), choice)

    async def end(self, session_id: str) -> str:
        async with self._pool.acquire() as connection:
            ended = "DELETE FROM session WHERE id_hash = $1 RETURNING hint"
            return str(await connection.fetchval(ended, _hash(session_id)) or "")

    async def end_all_of(self, subject: str) -> None:
        async with self._pool.acquire() as connection:
            await connection.execute("DELETE FROM session WHERE subject = $1", subject)

    async def _held(self, connection: Connection, session_id: str, *, now: datetime) -> Any:
        row = await connection.fetchrow("SELECT * FROM session WHERE id_hash = $1", _hash(session_id))
        if row is None or self._limits.over(created_at=row["created_at"], seen_at=row["seen_at"], now=now):
            return None
        return row


class MemorySessions:
    """Sessions in memory, for tests."""

    def __init__(self, *, clock: Clock, limits: SessionLimits | None = None) -> None:
        self._clock = clock
        self._limits = limits or SessionLimits()
        self._held: dict[bytes, tuple[Principal, datetime, datetime]] = {}
        self._hints: dict[bytes, str] = {}
        self._access: dict[bytes, bytes] = {}

    async def open(self, subject: str, *, roles: Iterable[str], hint: str = "", access: str = "") -> str:
        session_id, now = self._clock.token(_ID_BYTES), self._clock.now()
        principal = Principal(subject=subject, roles=frozenset(roles))
        self._keep(lambda held: held.subject != subject or held.roles == principal.roles)
        self._held[_hash(session_id)] = principal, now, now
        self._hints[_hash(session_id)] = hint
        self._access[_hash(session_id)] = sealed(access, session_id=session_id)
        return session_id

    async def find(self, session_id: str) -> Principal | None:
        principal, now = await self.glance(session_id), self._clock.now()
        if principal is not None:
            _, created_at, seen_at = self._held[_hash(session_id)]
            self._held[_hash(session_id)] = principal, created_at, now if now - seen_at >= _NOTED_EVERY else seen_at
        return principal

    async def glance(self, session_id: str) -> Principal | None:
        held = self._held.get(_hash(session_id))
        if held is None or self._limits.over(created_at=held[1], seen_at=held[2], now=self._clock.now()):
            return None
        return held[0]

    async def access(self, session_id: str) -> str:
        if await self.glance(session_id) is None:
            return ""
        return opened(self._access[_hash(session_id)], session_id=session_id)

    async def choose(self, session_id: str, choice: str) -> None:
        if held := self._held.get(_hash(session_id)):
            self._held[_hash(session_id)] = replace(held[0], choice=choice), held[1], held[2]

    async def end(self, session_id: str) -> str:
        self._held.pop(_hash(session_id), None)
        self._access.pop(_hash(session_id), None)
        return self._hints.pop(_hash(session_id), "")

    async def end_all_of(self, subject: str) -> None:
        self._keep(lambda held: held.subject != subject)

    def _keep(self, whose: Callable[[Principal], bool]) -> None:
        self._held = {key: held for key, held in self._held.items() if whose(held[0])}
        self._access = {key: access for key, access in self._access.items() if key in self._held}


def _principal(row: Any) -> Principal | None:
    if row is None:
        return None
    return Principal(subject=row["subject"], roles=frozenset(row["roles"]), choice=row["choice"])


def _hash(session_id: str) -> bytes:
    return hashlib.sha256(session_id.encode()).digest()
