"""Admission: which submissions may be recorded, decided under the head lock and before anything is numbered. Pure.

A submission is recorded whole or refused whole, and a refused one leaves its neighbours as they were.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import msgspec
from msgspec.structs import replace

from chassis.errors import ThroughlineError
from chassis.log.errors import DigestMismatch, VersionConflict
from chassis.log.numbering import Prepared
from chassis.log.records import NewEvent, Receipt, Refusal, Submission

Name: TypeAlias = tuple[str, str]
Outcome: TypeAlias = list[Receipt] | Refusal
# A receipt that exists already, or a number n: fresh event n, or the repeat of fresh event ~n within the batch.
Slot: TypeAlias = Receipt | int


class PreparedSubmission(msgspec.Struct, frozen=True, gc=False):
    """A submission with what does not depend on the place of its events."""

    submission: Submission
    events: tuple[Prepared, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What the log holds already: by (source, id) the digest and receipt, by stream the last version."""

    stored: Mapping[Name, tuple[bytes, Receipt]]
    versions: Mapping[str, int]


class Admission:
    """The verdicts over one batch; `fresh` is to be numbered, in order; `repeats` when something was known before."""

    def __init__(self, known: Known) -> None:
        self._stored = known.stored
        self._versions = dict(known.versions)
        self._named: dict[Name, int] = {}
        self._verdicts: list[list[Slot] | Refusal] = []
        self.fresh: list[Prepared] = []
        self.repeats = False

    def admit(self, submission: PreparedSubmission) -> None:
        """Take the next submission in, or note why not."""
        mark = len(self.fresh)
        try:
            self._verdicts.append(list(map(self._place, submission.events)))
        except ThroughlineError as error:
            self._undo(mark)
            self._verdicts.append(Refusal(error))

    def refuse(self, refusal: Refusal) -> None:
        """Note that the next submission was refused by somebody else."""
        self._verdicts.append(refusal)

    def adding(self) -> list[int]:
        """Indexes of the submissions that add something to the log."""
        return [
            index
            for index, verdict in enumerate(self._verdicts)
            if not isinstance(verdict, Refusal) and any(isinstance(slot, int) for slot in verdict)
        ]

    def outcomes(self, receipts: Sequence[Receipt]) -> list[Outcome]:
        """Return an outcome per submission, given the receipts of the fresh events."""
        return [
            verdict if isinstance(verdict, Refusal) else [_receipt(slot, receipts) for slot in verdict]
            for verdict in self._verdicts
        ]

    def _place(self, prepared: Prepared) -> Slot:
        event = prepared.event
        name = (event.source, event.id)
        stored = self._stored.get(name)
        if stored is not None:
            return self._same(event, stored[0], stored[1])
        earlier = self._named.get(name)
        if earlier is not None:
            return self._same(event, self.fresh[earlier].event.digest, ~earlier)
        if event.version is not None:
            self._advance(event.stream, event.version)
        index = self._named[name] = len(self.fresh)
        self.fresh.append(prepared)
        return index

    def _same(self, event: NewEvent, digest: bytes, slot: Slot) -> Slot:
        if digest == event.digest or digest in event.older_digests:
            self.repeats = True
            return slot
        if event.version is not None and event.version <= self._versions.get(event.stream, 0):
            # Ids may be made of stream and version: the loser of a race has then lost the version, not reused an id.
            raise VersionConflict(event.stream, expected=self._versions[event.stream] + 1, offered=event.version)
        raise DigestMismatch(event.source, event.id)

    def _advance(self, stream: str, version: int) -> None:
        expected = self._versions.get(stream, 0) + 1
        if version != expected:
            raise VersionConflict(stream, expected=expected, offered=version)
        self._versions[stream] = version

    def _undo(self, mark: int) -> None:
        while len(self.fresh) > mark:
            event = self.fresh.pop().event
            del self._named[(event.source, event.id)]
            if event.version is not None:
                self._versions[event.stream] = event.version - 1


def admit_all(
    submissions: Sequence[PreparedSubmission], known: Known, refused: Mapping[int, Refusal] | None = None
) -> Admission:
    """Judge a batch in order; `refused` holds those that the guard has refused already."""
    admission = Admission(known)
    for index, submission in enumerate(submissions):
        refusal = refused.get(index) if refused else None
        if refusal is None:
            admission.admit(submission)
        else:
            admission.refuse(refusal)
    return admission


def per_event(submission: Submission, outcome: Outcome) -> Sequence[Receipt | Refusal]:
    """The outcome of a submission as that of each of its events."""
    return [outcome] * len(submission.events) if isinstance(outcome, Refusal) else outcome


def _receipt(slot: Slot, receipts: Sequence[Receipt]) -> Receipt:
    if not isinstance(slot, int):
        return slot
    return receipts[slot] if slot >= 0 else replace(receipts[~slot], duplicate=True)
