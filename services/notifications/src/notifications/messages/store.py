"""Messages and the leases on them in PostgreSQL."""

from collections.abc import Sequence
from typing import Any

from chassis.database import Connection
from contracts.ids import MessageId, NewsId, VictimId
from contracts.notifications import ChannelKind, FailureKind, MessageKind

from notifications.messages.ledger import Errand
from notifications.messages.message import Message, MessageState

LEASE_SECONDS = 25
"""Longer than the hand-over and the slowest provider call together: 8 and 10 seconds."""


class PostgresMessages:
    """The part of a ledger about messages."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def held(self, errand: Errand) -> Message | None:
        row = await self._connection.fetchrow(_HELD, errand.message_id, errand.token)
        return None if row is None else _message_from(row)

    async def of(self, message_id: MessageId) -> Message | None:
        row = await self._connection.fetchrow("SELECT * FROM message WHERE message_id = $1", message_id)
        return None if row is None else _message_from(row)

    async def keep(self, message: Message) -> None:
        await self._connection.execute(
            _KEEP,
            message.message_id,
            message.reference,
            message.victim,
            message.channel.value,
            message.kind.value,
            list(message.news),
            message.promise_version,
            message.state.value,
            message.claimed_at,
            message.attempts,
            message.asked,
            message.provider_id,
            message.sent_at,
            None if message.failure is None else message.failure.value,
        )
        if message.state is MessageState.CLAIMED:
            await ring_doorbell(self._connection)

    async def release(self, message_id: MessageId) -> None:
        await self._connection.execute(_RELEASE, message_id)

    async def lock(self, message_ids: Sequence[MessageId]) -> None:
        await self._connection.execute(_LOCK, list(message_ids))

    async def ring(self, message_ids: Sequence[MessageId]) -> None:
        await self._connection.execute("UPDATE message SET due = true WHERE message_id = ANY($1)", list(message_ids))
        await ring_doorbell(self._connection)


async def ring_doorbell(connection: Connection) -> None:
    """Wake the couriers; carries no data, and a lost ring costs a second at most."""
    await connection.execute("SELECT pg_notify('message_due', '')")


async def take_errands(connection: Connection, *, token: str, most: int) -> list[Errand]:
    """Lease up to `most` messages that are due or whose lease ran out; nobody else has them meanwhile."""
    rows = await connection.fetch(_TAKE, most, token, LEASE_SECONDS)
    return [Errand(MessageId(str(row["message_id"])), token) for row in rows]


def _message_from(row: Any) -> Message:
    return Message(
        message_id=MessageId(str(row["message_id"])),
        reference=row["reference"],
        victim=VictimId(str(row["victim_id"])),
        channel=ChannelKind(row["channel"]),
        kind=MessageKind(row["kind"]),
        news=tuple(NewsId(str(news)) for news in row["news_ids"]),
        promise_version=row["promise_version"],
        state=MessageState(row["state"]),
        claimed_at=row["claimed_at"],
        attempts=row["attempts"],
        asked=row["asked"],
        provider_id=row["provider_id"],
        sent_at=row["sent_at"],
        failure=None if row["failure"] is None else FailureKind(row["failure"]),
    )


_HELD = "SELECT * FROM message WHERE message_id = $1 AND lease_token = $2 FOR UPDATE"
_LOCK = "SELECT FROM message WHERE message_id = ANY($1) ORDER BY message_id FOR UPDATE"
_KEEP = """
INSERT INTO message (message_id, reference, victim_id, channel, kind, news_ids, promise_version, state, claimed_at,
    attempts, asked, provider_id, sent_at, failure)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
ON CONFLICT (message_id) DO UPDATE SET news_ids = excluded.news_ids, promise_version = excluded.promise_version,
    state = excluded.state, attempts = excluded.attempts, asked = excluded.asked,
    provider_id = excluded.provider_id, sent_at = excluded.sent_at, failure = excluded.failure
"""
_RELEASE = "UPDATE message SET lease_token = NULL, lease_until = NULL WHERE message_id = $1"
_TAKE = """
UPDATE message SET due = false, lease_token = $2, lease_until = clock_timestamp() + make_interval(secs => $3)
WHERE message_id IN (
    SELECT message_id FROM message
    WHERE (due AND lease_until IS NULL) OR lease_until < clock_timestamp()
    ORDER BY claimed_at LIMIT $1 FOR UPDATE SKIP LOCKED
)
RETURNING message_id
"""
