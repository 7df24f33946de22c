"""What is composed and recorded: an event itself, and what its recording brings about."""

from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

from chassis.vault.attributes import Added, Said, said_of
from chassis.vault.composing import Draft
from contracts.corrections import EventRetracted
from contracts.envelope import Envelope
from contracts.ids import CaseId, DefendantId, EventId, LinkId, OffenceId, VictimId
from contracts.intake import Actor, ActorKind, CaseMerged, Doubt, VictimLinked
from contracts.plain import Plain
from contracts.shape import Shape

from intake.errors import Superseded
from intake.identity.claims import Link, Merge
from intake.recording.held import Amends
from intake.recording.originals import Original

SOURCE: Final = "urn:throughline:intake"
FUTURE_AFTER: Final = timedelta(minutes=5)

_WHY_LINKED: Final = "Named as a victim in this case by its publisher."
_WHY_MERGED: Final = "Named as one case by its publisher."
_WHY_ONE_CRIME: Final = "The police quoted the reference of this report."


def doubts_of(plan_doubts: tuple[Doubt, ...], *, time: datetime, now: datetime) -> str | None:
    """The envelope's `doubt`: comma-separated reasons, or None."""
    if time > now + FUTURE_AFTER:
        plan_doubts = (Doubt.FUTURE_TIME, *plan_doubts)
    return ",".join(dict.fromkeys(plan_doubts)) if plan_doubts else None


def fact_draft(
    envelope: Envelope,
    data: Shape,
    *,
    case_id: str,
    victim_id: str | None,
    doubt: str | None = None,
    crimeids: str | None = None,
) -> Draft:
    """As `resolved_draft`, of an event of our own."""
    said = said_of(envelope)
    return resolved_draft(said, data, case_id=case_id, victim_id=victim_id, doubt=doubt, crimeids=crimeids)


def resolved_draft(
    said: Said,
    data: Shape | Plain,
    *,
    case_id: str,
    victim_id: str | None,
    doubt: str | None = None,
    crimeids: str | None = None,
) -> Draft:
    """An event as it is recorded: resolved, judged, keyed by its case, sealed for its victim or else its case."""
    place = _place(case_id, victim_id, doubt, crimeids)
    return Draft(said, place.added, data, place.stream, None, case_id, place.subject)


class _Place(NamedTuple):
    added: Added
    stream: str
    subject: str


@lru_cache(20_000)
def _place(case_id: str, victim_id: str | None, doubt: str | None, crimeids: str | None) -> _Place:
    """Remembered, because agencies speak of the same cases again and again."""
    stream = f"case/{case_id}"
    return _Place(Added(case_id, victim_id, doubt, crimeids), stream, f"victim/{victim_id}" if victim_id else stream)


def link_draft(
    link: Link, *, now: datetime, actor: Actor, cause: Envelope | None = None, why: str = _WHY_LINKED
) -> Draft:
    """`intake.victim-linked`; its id is the link's."""
    data = VictimLinked(
        link_id=LinkId(link.link_id),
        victim_id=VictimId(link.victim_id),
        case_id=CaseId(link.case_id),
        defendant_id=DefendantId(link.defendant_id) if link.defendant_id else None,
        offence_ids=tuple(OffenceId(offence) for offence in link.offence_ids),
        why=why,
        by=actor,
    )
    envelope = own_envelope("intake.victim-linked.v1", link.link_id, now=now, cause=cause)
    return fact_draft(envelope, data, case_id=link.matter or link.case_id, victim_id=link.victim_id)


def own_envelope(type_: str, id_: str, *, now: datetime, cause: Envelope | None = None) -> Envelope:
    """An envelope of intake's own; `cause` is the event that brought it about."""
    return Envelope(
        id=id_,
        source=SOURCE,
        type=type_,
        time=now,
        correlationid=cause.correlationid if cause else None,
        causationid=cause.id if cause else None,
        backfill=cause.backfill if cause else False,
        traceparent=cause.traceparent if cause else None,
    )


def merge_draft(merge: Merge, *, now: datetime, actor: Actor, cause: Envelope | None = None) -> Draft:
    """`intake.case-merged`, recorded for the case that goes on."""
    data = CaseMerged(
        from_case=CaseId(merge.from_case),
        into_case=CaseId(merge.into_case),
        same_crime=merge.same_crime,
        why=_WHY_ONE_CRIME if merge.same_crime else _WHY_MERGED,
        by=actor,
    )
    envelope = own_envelope("intake.case-merged.v1", merge.event_id, now=now, cause=cause)
    return fact_draft(envelope, data, case_id=merge.into_case, victim_id=None)


def amendment_draft(envelope: Envelope, said: Shape, original: Original, *, state: bytes) -> tuple[Draft, Amends]:
    """What we put right of what we translated, as doubtful as it was, and what the guard is to hold."""
    doubt = ",".join(original.doubts) or None
    draft = fact_draft(
        envelope, said, case_id=original.case_id, victim_id=None, doubt=doubt, crimeids=original.crimeids
    )
    retracts = isinstance(said, EventRetracted)
    return draft, Amends(original.source, original.id, state, envelope.source, envelope.id, retracts)


def retraction_draft(original: Original, *, event_id: str, now: datetime, reason: str) -> tuple[Draft, Amends]:
    """`<publisher>.event-retracted` of what we translated, and what the guard is to hold.

    Raises Superseded when it was taken back before.
    """
    state = original.standing
    if state is None:
        raise Superseded
    publisher = original.type.partition(".")[0]
    envelope = Envelope(
        id=event_id,
        source=original.source,
        type=f"{publisher}.event-retracted.v1",
        time=now,
        backfill=original.backfill,
    )
    said = EventRetracted(original_id=EventId(original.id), corrects_state=state.hex(), reason=reason)
    return amendment_draft(envelope, said, original, state=state)


def officer_actor(subject: str) -> Actor:
    """Who decided; `subject` is the officer's opaque sign-in subject."""
    return Actor(kind=ActorKind.OFFICER, subject=subject)
