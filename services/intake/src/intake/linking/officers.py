"""What officers decide: who belongs to which case, which prisoner a defendant is, whether a doubtful fact stands."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chassis.clock import Clock
from contracts.ids import CaseId, DefendantId, EventId, LinkId, VictimId
from contracts.intake import Actor, ActorKind, DoubtCleared, LinkRevoked, OffenderLinked

from intake.errors import AlreadyDecided, CaseUnnamed, NothingHere, Superseded
from intake.identity.claims import Claims, Link
from intake.identity.identifiers import is_prison_number
from intake.recording.drafting import fact_draft, link_draft, merge_draft, own_envelope
from intake.recording.fingerprints import Fingerprints
from intake.recording.ports import Effect, Held
from intake.recording.recorder import Recorder

_CLEARED = "An officer looked at what was doubtful, and it stands."


@dataclass(frozen=True, slots=True)
class StandingLink:
    """A link that has not been revoked."""

    link_id: str
    victim_id: str
    case_id: str


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A recorded event with a doubt: where it stands, and the case it was recorded for."""

    source: str
    id: str
    case_id: str
    victim_id: str | None
    body: bytes


@dataclass(frozen=True, slots=True)
class NewConfirmation:
    """A prison number is a defendant's; the id is that of the event that says so.

    `carried_from` is the confirmation of another number, where only a merge of that number into this one says so.
    """

    id: str
    number_hash: bytes
    case_id: str
    defendant_id: str
    well_formed: bool
    by: str
    carried_from: str | None = None


class Matters(Protocol):
    """What officers decide about, looked up; and the writes that belong to their decisions."""

    async def now(self) -> datetime: ...

    async def case(self, case_id: str) -> str | None:
        """The id under which a case is continued; None when there is no such case."""

    async def is_named(self, case_id: str) -> bool: ...

    async def knows_victim(self, victim_id: str) -> bool: ...

    async def link(self, link_id: str) -> StandingLink | None: ...

    async def doubtful(self, event_id: str, *, source: str | None) -> Doubtful | None: ...

    async def held_up(self, doubtful: Doubtful, *, new_id: Callable[[], str]) -> Claims:
        """The link or merges that were not made because of the doubt."""

    def revoking(self, link_id: str, *, by: str) -> Effect: ...

    def confirming(self, confirmation: NewConfirmation) -> Effect:
        """Loses when it is confirmed already; one that was only carried on is from then on the officer's own."""

    def clearing(self, doubtful: Doubtful, *, by: str) -> Effect: ...


class Officers:
    """One method for each decision; `subject` is the officer's opaque sign-in subject."""

    def __init__(self, *, matters: Matters, recorder: Recorder, clock: Clock, fingerprints: Fingerprints) -> None:
        self._matters = matters
        self._recorder = recorder
        self._clock = clock
        self._fingerprints = fingerprints

    async def link_victim(
        self,
        victim_id: str,
        case_id: str,
        *,
        subject: str,
        why: str,
        defendant_id: str | None,
        offences: tuple[str, ...],
    ) -> str:
        """Tie a victim to a case, or to a defendant and offences of it; returns the link's id."""
        case = await self._case(case_id)
        if not await self._matters.knows_victim(victim_id):
            raise NothingHere
        link = Link(self._clock.new_id(), victim_id, case, defendant_id, offences)
        draft = link_draft(link, now=await self._matters.now(), actor=_officer(subject), why=why)
        try:
            await self._recorder.record([draft], Held(Claims(links=(link,)), by=subject))
        except Superseded as error:
            raise AlreadyDecided from error
        return link.link_id

    async def revoke_link(self, link_id: str, *, subject: str, why: str) -> None:
        """Take a wrong link back: from now on the victim sees nothing of the case through it."""
        link = await self._matters.link(link_id)
        if link is None:
            raise NothingHere
        now = await self._matters.now()
        data = LinkRevoked(
            link_id=LinkId(link.link_id),
            victim_id=VictimId(link.victim_id),
            case_id=CaseId(link.case_id),
            why=why,
            by=_officer(subject),
        )
        envelope = own_envelope("intake.link-revoked.v1", self._clock.new_id(), now=now)
        draft = fact_draft(envelope, data, case_id=link.case_id, victim_id=link.victim_id)
        effect = self._matters.revoking(link_id, by=subject)
        try:
            await self._recorder.record([draft], Held(effects=(effect,), by=subject))
        except Superseded as error:
            raise AlreadyDecided from error

    async def confirm_prison_number(self, case_id: str, defendant_id: str, number: str, *, subject: str) -> bytes:
        """This prisoner is this defendant. The number is kept as a keyed hash, which is returned; it is never an id.

        Raises NothingHere, and CaseUnnamed: what a prisoner did could be told in no such case.
        """
        case = await self._case(case_id)
        if not await self._matters.is_named(case):
            raise CaseUnnamed
        number_hash = self._fingerprints.prison_number(number)
        data = OffenderLinked(case_id=CaseId(case), defendant_id=DefendantId(defendant_id), by=_officer(subject))
        envelope = own_envelope("intake.offender-linked.v1", self._clock.new_id(), now=await self._matters.now())
        effect = self._matters.confirming(
            NewConfirmation(envelope.id, number_hash, case, defendant_id, is_prison_number(number), subject)
        )
        draft = fact_draft(envelope, data, case_id=case, victim_id=None)
        with suppress(Superseded):  # it was confirmed before, and stays so
            await self._recorder.record([draft], Held(effects=(effect,), by=subject))
        return number_hash

    async def clear_doubt(self, event_id: str, *, source: str | None, subject: str) -> None:
        """An officer has looked: the fact may be told, and the link or merge that the doubt held up is made now."""
        doubtful = await self._matters.doubtful(event_id, source=source)
        if doubtful is None:
            raise NothingHere
        now, actor = await self._matters.now(), _officer(subject)
        data = DoubtCleared(event_source=doubtful.source, event_id=EventId(doubtful.id), by=actor)
        envelope = own_envelope("intake.doubt-cleared.v1", self._clock.new_id(), now=now)
        claims = await self._matters.held_up(doubtful, new_id=self._clock.new_id)
        drafts = [
            fact_draft(envelope, data, case_id=doubtful.case_id, victim_id=doubtful.victim_id),
            *(merge_draft(merge, now=now, actor=actor, cause=envelope) for merge in claims.merges),
            *(link_draft(link, now=now, actor=actor, cause=envelope, why=_CLEARED) for link in claims.links),
        ]
        effect = self._matters.clearing(doubtful, by=subject)
        try:
            await self._recorder.record(drafts, Held(claims, effects=(effect,), by=subject))
        except Superseded as error:
            raise AlreadyDecided from error

    async def _case(self, case_id: str) -> str:
        case = await self._matters.case(case_id)
        if case is None:
            raise NothingHere
        return case


def _officer(subject: str) -> Actor:
    return Actor(kind=ActorKind.OFFICER, subject=subject)
