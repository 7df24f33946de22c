"""A change of the wrapping key: every data key is wrapped anew by the current one, while everything runs.

First each process is told the new key behind the old one, and then in front of it; when the old one wraps nothing any
more it may leave. Data keys stay the same, so that nothing is sealed anew and what a process holds stays right.
"""

from collections.abc import Callable

from chassis.database import Connection
from chassis.key_ring import KeyRing
from chassis.vault.errors import KeysLeft
from chassis.vault.keys import KeyWrapping

_AT_ONCE = 500
# The id of the key that wrapped it, as `KeyWrapping` writes it.
_KEK = """
CASE WHEN octet_length(wrapped) = 40 THEN '' ELSE convert_from(substr(wrapped, 2, get_byte(wrapped, 0)), 'UTF8') END
"""
# Locked in the order of their subjects, as an erasure does it.
_OLD = f"""
SELECT subject, wrapped FROM vault.data_key
WHERE subject > $1 AND wrapped IS NOT NULL AND {_KEK} <> $2 ORDER BY subject LIMIT $3 FOR UPDATE
"""
_RECORD = "INSERT INTO vault.unwrap (who, purpose, subjects) VALUES (session_user, 'rewrap', $1)"
_WRITE = """
UPDATE vault.data_key k SET wrapped = fresh.wrapped
FROM unnest($1::text[], $2::bytea[]) AS fresh (subject, wrapped) WHERE k.subject = fresh.subject
"""


async def rewrap(
    connection: Connection, keks: KeyRing, *, say: Callable[[int, int], None], at_once: int = _AT_ONCE
) -> None:
    """Wrap by the current key of `keks` what another wraps; broken off, the same again goes on.

    `say` is told after each batch how many are done, and how many were left at the beginning. Raises WrappedElsewhere
    where the ring lacks a key, and KeysLeft when some were made by an older one in the meantime.
    """
    wrapping, done, after = KeyWrapping(keks), 0, ""
    left = await keys_left(connection, keks)
    say(0, left)
    while batch := await _batch(connection, wrapping, (after, keks.current_id, at_once)):
        after = batch[-1]
        done += len(batch)
        say(done, left)
    if left := await keys_left(connection, keks):
        raise KeysLeft(f"{left} keys are wrapped by an older key, which some process still takes; run rewrap again.")


async def keys_left(connection: Connection, keks: KeyRing) -> int:
    """How many data keys another than the current key wraps."""
    query = f"SELECT count(*) FROM vault.data_key WHERE wrapped IS NOT NULL AND {_KEK} <> $1"
    return int(await connection.fetchval(query, keks.current_id))


async def _batch(connection: Connection, wrapping: KeyWrapping, arguments: tuple[str, str, int]) -> list[str]:
    async with connection.transaction():
        rows = await connection.fetch(_OLD, *arguments)
        subjects = [row["subject"] for row in rows]
        if subjects:
            await connection.execute(_WRITE, subjects, [wrapping.again(row["wrapped"]) for row in rows])
            await connection.execute(_RECORD, subjects)
    return subjects
