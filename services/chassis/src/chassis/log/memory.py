"""The log in memory: a fake with the same rules, held to them by the same conformance suite."""

from collections.abc import Sequence

from chassis.clock import Clock
from chassis.errors import Fenced, ThroughlineError
from chassis.log.admission import Known, Outcome, PreparedSubmission, admit_all
from chassis.log.chain import GENESIS
from chassis.log.head import Head
from chassis.log.numbering import Lane, Numbered, Prepared, number
from chassis.log.records import LogRecord, Receipt, Refusal, Submission
from chassis.log.writing import prepare


class MemoryLog:
    """Appends and reads as the real log does; several `joined` doors share one log."""

    def __init__(self, clock: Clock, *, partitions: int = 4) -> None:
        self._clock = clock
        self.head = Head(0, GENESIS, [0] * partitions, clock.now())
        self.records: list[LogRecord] = []
        self.epoch = 1

    def joined(self) -> "MemoryAppender":
        """Return a door that appends at the epoch in force now."""
        return MemoryAppender(self, self.epoch)

    def take_over(self) -> "MemoryAppender":
        """Begin a new epoch; doors joined earlier are Fenced."""
        self.epoch += 1
        return self.joined()

    def read_after(self, position: int, *, limit: int) -> list[LogRecord]:
        """Return at most `limit` records after `position`."""
        return self.records[position : position + limit]

    def write(self, batch: Sequence[PreparedSubmission]) -> list[Outcome]:
        """Admit, number and keep a batch."""
        head = Head(self.head.position, self.head.hash, self.head.pseqs, max(self._clock.now(), self.head.recorded_at))
        admission = admit_all(batch, self._known())
        numbered = number(head, admission.fresh)
        self.head = numbered.head
        self.records += records_of(admission.fresh, numbered)
        return admission.outcomes(numbered.receipts)

    def _known(self) -> Known:
        stored = {}
        versions: dict[str, int] = {}
        for record in self.records:
            receipt = Receipt(
                record.id, record.source, record.position, record.hash, record.recorded_at, duplicate=True
            )
            stored[(record.source, record.id)] = (record.digest, receipt)
            if record.version is not None:
                versions[record.stream] = record.version
        return Known(stored, versions)


class MemoryAppender:
    """Stands in for GroupCommit."""

    def __init__(self, log: MemoryLog, epoch: int) -> None:
        self._log, self._epoch = log, epoch

    async def append(self, submission: Submission) -> list[Receipt | Refusal]:
        """Record one submission; a result per event. Raises Fenced."""
        return (await self.append_all([submission]))[0]

    async def append_all(self, submissions: Sequence[Submission]) -> list[list[Receipt | Refusal]]:
        """Record several submissions, each on its own merits. Raises Fenced."""
        if self._epoch != self._log.epoch:
            raise Fenced("Another process has taken the log over; this one must exit.")
        return [self._one(submission) for submission in submissions]

    def _one(self, submission: Submission) -> list[Receipt | Refusal]:
        try:
            outcome = self._log.write([prepare(submission)])[0]
        except ThroughlineError as error:
            outcome = Refusal(error)
        if isinstance(outcome, Refusal):
            return [outcome] * len(submission.events)
        return [*outcome]


def records_of(events: Sequence[Prepared], numbered: Numbered) -> list[LogRecord]:
    """The records that a log has of numbered events."""
    return [_record(*each) for each in zip(events, numbered.lanes, numbered.receipts, strict=True)]


def _record(prepared: Prepared, lane: Lane, receipt: Receipt) -> LogRecord:
    event = prepared.event
    return LogRecord(
        position=receipt.position,
        recorded_at=receipt.recorded_at,
        occurred_at=event.occurred_at,
        id=event.id,
        source=event.source,
        type=event.type,
        stream=event.stream,
        version=event.version,
        key=event.key,
        partition=lane[0],
        pseq=lane[1],
        body=event.body,
        private=event.private,
        digest=event.digest,
        traceparent=event.traceparent,
        hash=receipt.hash,
    )
