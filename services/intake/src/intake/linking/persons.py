"""Who is one person under several numbers, where an officer says so."""

from chassis.clock import Clock
from chassis.vault.composing import Draft
from contracts.ids import EventId, VictimId
from contracts.intake import PersonsJoined, PersonsParted

from intake.errors import AlreadyDecided, NothingHere
from intake.identity.cases import Cases
from intake.identity.persons import PersonJoin, Persons
from intake.recording.drafting import fact_draft, officer_actor, own_envelope
from intake.recording.held import Held
from intake.recording.recorder import Recorder

_JOINED = "intake.persons-joined.v1"


class JoinPersons:
    """One method for each decision; `subject` is the officer's opaque sign-in subject."""

    def __init__(self, *, persons: Persons, cases: Cases, recorder: Recorder, clock: Clock) -> None:
        self._persons = persons
        self._cases = cases
        self._recorder = recorder
        self._clock = clock

    async def join(
        self, victim_id: str, into_victim_id: str, *, subject: str, why: str, decision_id: str | None = None
    ) -> str:
        """Facts by the numbers of either are recorded for the second from now on; returns the join's id.

        Raises NothingHere, AlreadyDecided.
        """
        if decision_id and await self._recorder.has_said(_JOINED, decision_id):
            return decision_id
        one, into = await self._cases.person(victim_id), await self._cases.person(into_victim_id)
        if one is None or into is None:
            raise NothingHere
        if one == into:
            raise AlreadyDecided
        join = PersonJoin(decision_id or self._clock.new_id(), one, into)
        draft = await self._draft(join, join.join_id, PersonsJoined, subject=subject, why=why)
        await self._recorder.decide([draft], Held(effects=self._persons.joining(join, by=subject), by=subject))
        return join.join_id

    async def part(self, join_id: str, *, subject: str, why: str, decision_id: str | None = None) -> None:
        """They are two after all: what is said from now on is each one's own. Raises NothingHere, AlreadyDecided."""
        join = await self._persons.join(join_id)
        if join is None:
            raise NothingHere
        event_id = decision_id or self._clock.new_id()
        draft = await self._draft(join, event_id, PersonsParted, subject=subject, why=why)
        await self._recorder.decide([draft], Held(effects=self._persons.parting(join, by=subject), by=subject))

    async def _draft(
        self, join: PersonJoin, event_id: str, said: type[PersonsJoined], *, subject: str, why: str
    ) -> Draft:
        case = await self._persons.case_of(join.into_victim_id) or await self._persons.case_of(join.victim_id)
        if case is None:
            raise NothingHere
        data = said(
            join_id=EventId(join.join_id),
            victim_id=VictimId(join.victim_id),
            into_victim_id=VictimId(join.into_victim_id),
            why=why,
            by=officer_actor(subject),
        )
        name = "intake.persons-parted.v1" if said is PersonsParted else _JOINED
        envelope = own_envelope(name, event_id, now=await self._cases.now())
        return fact_draft(envelope, data, case_id=case, victim_id=join.into_victim_id)
