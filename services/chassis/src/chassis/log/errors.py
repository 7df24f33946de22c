"""What can go wrong with an append.

ThroughlineError
├── TransientFailure
│   ├── LogUnavailable                     nothing of it is stored: send it again later
│   └── OutcomeNotKnown                    all of it is stored, or nothing: the same again counts once
└── PermanentFailure
    ├── DigestMismatch                     same (source, id), other bytes
    ├── VersionConflict                    the stream has moved on: load again and decide again
    ├── UnstorableEvent                    PostgreSQL cannot hold it (a NUL in text, a bad date)
    └── BrokenChain                        the log was changed behind our back
"""

from chassis.errors import PermanentFailure, TransientFailure


class LogUnavailable(TransientFailure):
    """The log cannot take more now (full queue, PostgreSQL away); nothing of it is stored. Send it again later."""


class DigestMismatch(PermanentFailure):
    """An event with this source and id is recorded with other content; the recorded one stays."""

    def __init__(self, source: str, id: str) -> None:  # noqa: A002 CloudEvents' own word
        super().__init__("An event with this source and id is already recorded with other content; use a new id.")
        self.source = source
        self.id = id


class VersionConflict(PermanentFailure):
    """Somebody else appended to this stream first; load it again, decide again."""

    def __init__(self, stream: str, *, expected: int, offered: int) -> None:
        super().__init__(f"Stream {stream} takes version {expected} next, not {offered}; load it again.")
        self.stream = stream
        self.expected = expected
        self.offered = offered


class UnstorableEvent(PermanentFailure):
    """The event holds something PostgreSQL cannot store, such as a NUL character."""


class BrokenChain(PermanentFailure):
    """The log's chain does not verify: the record at `position` was changed, removed or moved."""

    def __init__(self, position: int, why: str) -> None:
        super().__init__(f"The chain breaks at position {position}: {why}.")
        self.position = position
