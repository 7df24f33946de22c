"""What was refused because it contradicts the record: noted in the log itself, never relayed, without the content."""

from collections.abc import Callable, Sequence

import msgspec
from chassis.clock import Clock
from chassis.log.errors import DigestMismatch
from chassis.log.records import NewEvent, Submission

from intake.recording.drafting import SOURCE
from intake.recording.recorder import Log

TYPE = "intake.event-refused.v1"


class RefusalAudit:
    """Notes each attempt to give a recorded id another content: which event, and which client tried."""

    def __init__(self, *, log: Log, clock: Clock, fingerprint: Callable[[bytes], str]) -> None:
        self._log = log
        self._clock = clock
        self._fingerprint = fingerprint

    async def note(self, refused: Sequence[DigestMismatch], *, client: str) -> None:
        if refused:
            await self._log.append_all([Submission((self._event(one, client),)) for one in refused])

    def _event(self, refused: DigestMismatch, client: str) -> NewEvent:
        id_ = self._clock.new_id()
        data = {"source": refused.source, "id": refused.id, "client": client, "why": "same id, other content"}
        body = msgspec.json.encode(
            {"specversion": "1.0", "id": id_, "source": SOURCE, "type": TYPE, "time": self._clock.now(), "data": data}
        )
        return NewEvent(
            id=id_,
            source=SOURCE,
            type=TYPE,
            stream="refusals",
            version=None,
            key=None,
            occurred_at=self._clock.now(),
            body=body,
            digest=bytes.fromhex(self._fingerprint(body)),
        )
