"""Who belongs to which case, where an officer says so."""

from chassis.clock import Clock
from contracts.ids import CaseId, LinkId, VictimId
from contracts.intake import LinkRevoked

from intake.errors import NothingHere
from intake.identity.cases import Cases
from intake.identity.claims import Claims, Link
from intake.recording.drafting import SOURCE, fact_draft, link_draft, officer_actor, own_envelope
from intake.recording.held import Held
from intake.recording.recorder import Recorder


class LinkVictims:
    """One method for each decision; `subject` is the officer's opaque sign-in subject."""

    def __init__(self, *, cases: Cases, recorder: Recorder, clock: Clock) -> None:
        self._cases = cases
        self._recorder = recorder
        self._clock = clock

    async def link_victim(
        self,
        victim_id: str,
        case_id: str,
        *,
        subject: str,
        why: str,
        defendant_id: str | None,
        offences: tuple[str, ...],
        decision_id: str | None = None,
    ) -> str:
        """Tie a victim to a case, or to a defendant and offences of it; returns the link's id, which is the decision's.

        Raises NothingHere, AlreadyDecided.
        """
        case, crime = await self._cases.case(case_id), await self._cases.crime(case_id)
        if case is None or crime is None or not await self._cases.knows_victim(victim_id):
            raise NothingHere
        matter = None if crime == case else case
        link = Link(decision_id or self._clock.new_id(), victim_id, crime, defendant_id, offences, matter)
        draft = link_draft(link, now=await self._cases.now(), actor=officer_actor(subject), why=why)
        await self._recorder.decide([draft], Held(Claims(links=(link,)), by=subject, cause=(SOURCE, link.link_id)))
        return link.link_id

    async def revoke_link(self, link_id: str, *, subject: str, why: str, decision_id: str | None = None) -> None:
        """Take a wrong link back: from now on the victim sees nothing of the case through it."""
        link = await self._cases.link(link_id)
        if link is None:
            raise NothingHere
        now = await self._cases.now()
        data = LinkRevoked(
            link_id=LinkId(link.link_id),
            victim_id=VictimId(link.victim_id),
            case_id=CaseId(link.case_id),
            why=why,
            by=officer_actor(subject),
        )
        envelope = own_envelope("intake.link-revoked.v1", decision_id or self._clock.new_id(), now=now)
        draft = fact_draft(envelope, data, case_id=link.case_id, victim_id=link.victim_id)
        effect = self._cases.revoking(link_id, by=subject)
        await self._recorder.decide([draft], Held(effects=(effect,), by=subject))
