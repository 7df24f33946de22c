"""The log in memory: a fake with the same rules, held to them by the same conformance suite."""

from collections.abc import Sequence
from datetime import datetime

from chassis.clock import Clock
from chassis.errors import Fenced, ThroughlineError
from chassis.log.admission import Known, Outcome, PreparedSubmission, admit_all, per_event
from chassis.log.chain import GENESIS
from chassis.log.head import Head
from chassis.log.numbering import Numbered, Place, Prepared, number
from chassis.log.records import LogRecord, NewEvent, Receipt, Refusal, Submission
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
        if not admission.fresh:
            return admission.outcomes(())
        numbered = number(head, admission.fresh)
        self.records += records_of(admission.fresh, numbered)
        self.head = _moved(head, numbered)
        return admission.outcomes(numbered.receipts(admission.fresh))

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

    async def append(self, submission: Submission) -> Sequence[Receipt | Refusal]:
        """Record one submission; a result per event. Raises Fenced."""
        return (await self.append_all([submission]))[0]

    async def append_all(self, submissions: Sequence[Submission]) -> list[Sequence[Receipt | Refusal]]:
        """Record several submissions, each on its own merits. Raises Fenced."""
        if self._epoch != self._log.epoch:
            raise Fenced("Another process has taken the log over; this one must exit.")
        return [self._one(submission) for submission in submissions]

    def _one(self, submission: Submission) -> Sequence[Receipt | Refusal]:
        try:
            outcome = self._log.write([prepare(submission)])[0]
        except ThroughlineError as error:
            outcome = Refusal(error)
        return per_event(submission, outcome)


def records_of(events: Sequence[Prepared], numbered: Numbered) -> list[LogRecord]:
    """The records that a log has of numbered events."""
    pairs = zip(events, numbered.places, strict=True)
    return [_record(prepared.event, place, numbered.recorded_at) for prepared, place in pairs]


def _record(event: NewEvent, place: Place, recorded_at: datetime) -> LogRecord:
    position, partition, pseq, hash_ = place
    return LogRecord(
        position=position,
        recorded_at=recorded_at,
        occurred_at=event.occurred_at,
        id=event.id,
        source=event.source,
        type=event.type,
        stream=event.stream,
        version=event.version,
        key=event.key,
        partition=partition,
        pseq=pseq,
        body=event.body,
        private=event.private,
        digest=event.digest,
        traceparent=event.traceparent,
        hash=hash_,
    )


def _moved(head: Head, numbered: Numbered) -> Head:
    """The head after a batch, as the database's trigger makes it."""
    pseqs = list(head.pseqs)
    for _, partition, pseq, _ in numbered.places:
        if partition is not None and pseq is not None:
            pseqs[partition] = pseq
    position, _, _, hash_ = numbered.places[-1]
    return Head(position, hash_, pseqs, numbered.recorded_at)
