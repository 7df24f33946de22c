"""Append to the log: within a transaction of the caller's, or through group commit."""

from collections.abc import Sequence

from chassis.database import Connection
from chassis.log.group_commit import GroupCommit
from chassis.log.records import NewEvent, Receipt, Refusal, Submission
from chassis.log.writing import AppendGuard, Terms, prepare, write_batch

__all__ = ["AppendGuard", "GroupCommit", "append_within"]


async def append_within(connection: Connection, events: Sequence[NewEvent], *, epoch: int) -> list[Receipt]:
    """Append inside the caller's transaction, which then holds the log's head until it ends; keep it short.

    Events that are recorded already with the same digest give their first receipt. Raises DigestMismatch,
    VersionConflict, UnstorableEvent or Fenced, and then the caller's whole transaction must fail.
    """
    if not events:
        return []
    batch = [prepare(Submission(tuple(events)))]
    written = await write_batch(connection, lambda: batch, Terms(epoch))
    outcome = written.outcomes()[0]
    if isinstance(outcome, Refusal):
        raise outcome.error
    return outcome
