"""One batch into the log: lock the head, set aside what is refused or known, number, chain, COPY, move the head."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from chassis.database import Connection
from chassis.log.admission import Admission, Known, Name, Outcome, PreparedSubmission, admit_all
from chassis.log.chain import content_hash
from chassis.log.head import lock_head, move_head
from chassis.log.numbering import COLUMNS, number
from chassis.log.records import Receipt, Refusal, Submission

_STORED = """
SELECT log.source, log.id, log.digest, log.position, log.hash, log.recorded_at
FROM unnest($1::text[], $2::text[]) AS offered(source, id) JOIN log USING (source, id)
"""

_VERSIONS = """
SELECT stream, (SELECT max(version) FROM log WHERE log.stream = offered.stream AND version IS NOT NULL) AS version
FROM unnest($1::text[]) AS offered(stream)
"""


class AppendGuard(Protocol):
    """A service's own say under the head lock, before numbering; it may write in the same transaction."""

    async def check(self, connection: Connection, submissions: Sequence[Submission]) -> Mapping[int, Refusal]:
        """Return a refusal per index; must not raise for one submission's sake, which would fail the whole batch.

        Called again in a fresh savepoint when a refusal changes which of the others may go in.
        """


def prepare(submission: Submission) -> PreparedSubmission:
    """Hash what does not depend on the place; raises UnstorableEvent."""
    return PreparedSubmission(submission, tuple([(event, content_hash(event)) for event in submission.events]))


async def write_batch(
    connection: Connection, batch: Sequence[PreparedSubmission], *, epoch: int, guard: AppendGuard | None = None
) -> list[Outcome]:
    """Append inside the caller's transaction; an outcome per submission. Raises Fenced, which must end the caller."""
    head = await lock_head(connection, epoch=epoch)
    known = await _known(connection, batch)
    admission = admit_all(batch, known)
    if guard is not None:
        admission = await _guarded(connection, batch, known, admission, guard)
    receipts: Sequence[Receipt] = ()
    if admission.fresh:
        numbered = number(head, admission.fresh)
        await connection.copy_records_to_table("log", records=numbered.rows, columns=COLUMNS)
        await move_head(connection, numbered.head, epoch=epoch)
        receipts = numbered.receipts
    return admission.outcomes(receipts)


async def _known(connection: Connection, batch: Sequence[PreparedSubmission]) -> Known:
    events = [event for submission in batch for event, _ in submission.events]
    rows = await connection.fetch(_STORED, [event.source for event in events], [event.id for event in events])
    stored: dict[Name, tuple[bytes, Receipt]] = {}
    for source, id_, digest, position, hash_, recorded_at in rows:
        stored[(source, id_)] = (digest, Receipt(id_, source, position, hash_, recorded_at, duplicate=True))
    streams = {event.stream for event in events if event.version is not None}
    versions: dict[str, int] = {}
    if streams:
        rows = await connection.fetch(_VERSIONS, list(streams))
        versions = {row["stream"]: row["version"] or 0 for row in rows}
    return Known(stored, versions)


async def _guarded(
    connection: Connection,
    batch: Sequence[PreparedSubmission],
    known: Known,
    admission: Admission,
    guard: AppendGuard,
) -> Admission:
    refused: dict[int, Refusal] = {}
    while asked := admission.adding():
        savepoint = connection.transaction()
        await savepoint.start()
        verdicts = await guard.check(connection, [batch[index].submission for index in asked])
        refused |= {asked[index]: refusal for index, refusal in verdicts.items()}
        admission = admit_all(batch, known, refused)
        if admission.adding() == [index for index in asked if index not in refused]:
            await savepoint.commit()
            break
        await savepoint.rollback()
    return admission
