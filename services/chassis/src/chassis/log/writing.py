"""One batch into the log: lock the head, set aside what is refused or known, number, chain, COPY."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from chassis.database import Connection
from chassis.log.admission import Admission, Known, Name, Outcome, PreparedSubmission, admit_all
from chassis.log.head import lock_head
from chassis.log.numbering import Numbered, number, prepared
from chassis.log.records import NewEvent, Receipt, Refusal, Submission
from chassis.log.row_format import COLUMNS, copy_data

_STORED = """
SELECT log.source, log.id, log.digest, log.position, log.hash, log.recorded_at
FROM unnest($1::text[], $2::text[]) AS offered(source, id) JOIN log USING (source, id)
"""

_VERSIONS = """
SELECT stream, (SELECT max(version) FROM log WHERE log.stream = offered.stream AND version IS NOT NULL) AS version
FROM unnest($1::text[]) AS offered(stream)
"""


Load: TypeAlias = Callable[[], Sequence[PreparedSubmission]]
"""Gives the batch once the head is locked: what arrived while others held it shares the commit. Always the same one."""


class AppendGuard(Protocol):
    """A service's own say under the head lock, before numbering; it may write in the same transaction."""

    async def check(self, connection: Connection, submissions: Sequence[Submission]) -> Mapping[int, Refusal]:
        """Return a refusal per index; must not raise for one submission's sake, which would fail the whole batch.

        Asked only about submissions that claim something: a batch without claims pays nothing for it. Called
        again in a fresh savepoint when a refusal changes which of the others may go in.
        """


def prepare(submission: Submission) -> PreparedSubmission:
    """Write and hash what does not depend on the place; raises UnstorableEvent."""
    return PreparedSubmission(submission, tuple(map(prepared, submission.events)))


@dataclass(frozen=True, slots=True)
class Terms:
    """How a batch is written: under which epoch, asking whom, and whether duplicates are looked for first.

    Without looking, a duplicate is found by the unique index, which fails the transaction: right for a transaction of
    our own that is then written again, `looking`.
    """

    epoch: int
    guard: AppendGuard | None = None
    looking: bool = True


@dataclass(frozen=True, slots=True)
class Written:
    """What an append did, to be told once it is committed."""

    admission: Admission
    numbered: Numbered | None

    def outcomes(self) -> list[Outcome]:
        """An outcome per submission."""
        fresh = self.admission.fresh
        return self.admission.outcomes(self.numbered.receipts(fresh) if self.numbered else ())


async def write_batch(connection: Connection, load: Load, terms: Terms) -> Written:
    """Append what `load` gives inside the caller's transaction. Raises Fenced, which must end the caller."""
    head = await lock_head(connection, epoch=terms.epoch)
    batch = load()
    known = await _known(connection, batch, terms)
    admission = admit_all(batch, known)
    if terms.guard is not None and any(one.submission.claims is not None for one in batch):
        admission = await _guarded(connection, batch, known, admission, terms.guard)
    if not admission.fresh:
        return Written(admission, None)
    numbered = number(head, admission.fresh)
    await connection.copy_to_table("log", source=copy_data(numbered.rows), columns=COLUMNS, format="binary")
    return Written(admission, numbered)


async def _known(connection: Connection, batch: Sequence[PreparedSubmission], terms: Terms) -> Known:
    events = [one.event for submission in batch for one in submission.events]
    streams = {event.stream for event in events if event.version is not None}
    # A repeated versioned event must be known as a repeat before its version is judged.
    stored = await _stored(connection, events) if terms.looking or streams else {}
    return Known(stored, await _versions(connection, streams) if streams else {})


async def _stored(connection: Connection, events: Sequence[NewEvent]) -> dict[Name, tuple[bytes, Receipt]]:
    rows = await connection.fetch(_STORED, [event.source for event in events], [event.id for event in events])
    return {
        (source, id_): (digest, Receipt(id_, source, position, hash_, recorded_at, duplicate=True))
        for source, id_, digest, position, hash_, recorded_at in rows
    }


async def _versions(connection: Connection, streams: Collection[str]) -> dict[str, int]:
    rows = await connection.fetch(_VERSIONS, list(streams))
    return {row["stream"]: row["version"] or 0 for row in rows}


async def _guarded(
    connection: Connection,
    batch: Sequence[PreparedSubmission],
    known: Known,
    admission: Admission,
    guard: AppendGuard,
) -> Admission:
    refused: dict[int, Refusal] = {}
    adding = admission.adding()
    while asked := [index for index in adding if batch[index].submission.claims is not None]:
        savepoint = connection.transaction()
        await savepoint.start()
        verdicts = await guard.check(connection, [batch[index].submission for index in asked])
        if not verdicts:
            await savepoint.commit()
            break
        refused |= {asked[index]: refusal for index, refusal in verdicts.items()}
        admission = admit_all(batch, known, refused)
        before, adding = adding, admission.adding()
        if adding == [index for index in before if index not in refused]:
            await savepoint.commit()
            break
        await savepoint.rollback()
    return admission
