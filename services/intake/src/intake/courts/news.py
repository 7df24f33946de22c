"""Facts, corrections and retractions of a hearing, made into drafts for the log."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from chassis.clock import Clock
from chassis.vault.composing import Draft
from contracts.envelope import Envelope
from contracts.intake import Doubt
from contracts.plain import Plain

from intake.courts.comparing.facts import Correction, Fact, News, Retraction
from intake.courts.court_events import corrected, court_event
from intake.errors import Superseded
from intake.identity.claims import Claims
from intake.identity.mentions import mention_of
from intake.identity.names import Names
from intake.identity.naming import Named
from intake.identity.planning import plan
from intake.recording.drafting import amendment_draft, doubts_of, fact_draft, retraction_draft
from intake.recording.held import Amends, Held
from intake.recording.originals import Original, Originals

SOURCE: Final = "urn:hmcts:common-platform"


class HearingNews:
    """Resolves the cases of a hearing and finds what it corrects."""

    def __init__(self, *, names: Names, originals: Originals, clock: Clock) -> None:
        self._names = names
        self._originals = originals
        self._clock = clock

    async def drafts(self, news: Sequence[News], *, received_at: datetime) -> tuple[list[Draft], Held]:
        """A draft for each, and what the guard is to hold. Raises Superseded when what is corrected has changed."""
        drafts, claims = await self._facts([one for one in news if isinstance(one, Fact)], received_at)
        amended = [one for one in news if not isinstance(one, Fact)]
        originals = await self._originals.find([(SOURCE, one.original_id) for one in amended]) if amended else {}
        amends: list[Amends] = []
        for one in amended:
            original = originals.get((SOURCE, one.original_id))
            if original is None:
                raise Superseded
            draft, claim = _amendment(one, original, received_at)
            drafts.append(draft)
            amends.append(claim)
        return drafts, Held(claims, amends=tuple(amends), by=SOURCE)

    async def _facts(self, facts: Sequence[Fact], received_at: datetime) -> tuple[list[Draft], Claims]:
        said = [(fact, *court_event(fact, received_at=received_at)) for fact in facts]
        mentions = [mention_of("court", Plain.of(data)) for _, _, data in said]
        resolved = await self._names.resolve(mentions)
        drafts: list[Draft] = []
        references: dict[Named, str] = {}
        for (fact, name, data), mention in zip(said, mentions, strict=True):
            found = plan(mention, resolved.directory, new_id=self._clock.new_id)
            references |= dict(found.claims.references)
            envelope = _envelope(fact.event_id, name, fact.occurred_at, backfill=fact.backfill)
            doubts = found.doubts if fact.is_zoned else (*found.doubts, Doubt.TIME_WITHOUT_ZONE)
            doubt = doubts_of(doubts, time=fact.occurred_at, now=resolved.now)
            drafts.append(
                fact_draft(envelope, data, case_id=found.case_id, victim_id=None, doubt=doubt, crimeids=found.crimeids)
            )
        return drafts, Claims(references=tuple(references.items()))


def _amendment(news: Correction | Retraction, original: Original, received_at: datetime) -> tuple[Draft, Amends]:
    if isinstance(news, Retraction):
        return retraction_draft(original, event_id=news.event_id, now=received_at, reason=news.reason)
    state = original.standing
    if state is None:
        raise Superseded
    name, data = court_event(news.fact, received_at=received_at)
    said = corrected(name, data, original_id=original.id, state=state.hex(), reason=news.reason)
    envelope = _envelope(news.fact.event_id, "court.event-corrected.v1", received_at, backfill=original.backfill)
    return amendment_draft(envelope, said, original, state=state)


def _envelope(id_: str, type_: str, time: datetime, *, backfill: bool) -> Envelope:
    return Envelope(id=id_, source=SOURCE, type=type_, time=time, backfill=backfill)
