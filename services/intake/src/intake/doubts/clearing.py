"""Whether a doubtful fact stands, where an officer says so."""

from typing import Final

from chassis.clock import Clock
from contracts.ids import EventId
from contracts.intake import DoubtCleared

from intake.errors import NothingHere
from intake.identity.cases import Cases
from intake.recording.doubts import Doubts
from intake.recording.drafting import fact_draft, link_draft, merge_draft, officer_actor, own_envelope
from intake.recording.held import Held
from intake.recording.recorder import Recorder

_CLEARED: Final = "An officer looked at what was doubtful, and it stands."


class ClearDoubts:
    """What is cleared may be told from then on."""

    def __init__(self, *, doubts: Doubts, cases: Cases, recorder: Recorder, clock: Clock) -> None:
        self._doubts = doubts
        self._cases = cases
        self._recorder = recorder
        self._clock = clock

    async def clear(self, event_id: str, *, source: str | None, subject: str, decision_id: str | None = None) -> None:
        """An officer has looked: the fact may be told, and the link or merge that the doubt held up is made now."""
        doubtful = await self._doubts.doubtful(event_id, source=source)
        if doubtful is None:
            raise NothingHere
        now, actor = await self._cases.now(), officer_actor(subject)
        data = DoubtCleared(event_source=doubtful.source, event_id=EventId(doubtful.id), by=actor)
        envelope = own_envelope("intake.doubt-cleared.v1", decision_id or self._clock.new_id(), now=now)
        claims = await self._doubts.held_up(doubtful, new_id=self._clock.new_id)
        drafts = [
            fact_draft(envelope, data, case_id=doubtful.case_id, victim_id=doubtful.victim_id),
            *(merge_draft(merge, now=now, actor=actor, cause=envelope) for merge in claims.merges),
            *(link_draft(link, now=now, actor=actor, cause=envelope, why=_CLEARED) for link in claims.links),
        ]
        effect = self._doubts.clearing(doubtful, by=subject)
        await self._recorder.decide(
            drafts, Held(claims, effects=(effect,), by=subject, cause=(doubtful.source, doubtful.id))
        )
