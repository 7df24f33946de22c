"""Looking at one victim, and deciding what only an officer may: each asked of the service that keeps it."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode
from uuid import UUID, uuid5

from witness_care.due.caseload import Caseload
from witness_care.elsewhere.answered import Model, read_as
from witness_care.elsewhere.peer import NotThere, Outcome, Peer, Peers, Refused, SignInAgain, Unreachable
from witness_care.person.person import Missing, Person
from witness_care.person.promise import Promise
from witness_care.person.reports import Reports
from witness_care.telling.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Looking:
    """`session` is the officer's, throughout; `page_id` that of the page on which it was decided."""

    caseload: Caseload
    peers: Peers

    async def at(self, session: str, victim_id: str) -> Person | None:
        """All that is kept of the victim; None for one of whom nobody has heard."""
        victim = await self.caseload.one(victim_id)
        if victim is None:
            return None
        timeline, promise, reports = await asyncio.gather(
            self.peers.get(session, Peer.JOURNEY, f"/victims/{victim_id}/timeline"),
            self.peers.get(session, Peer.NOTIFICATIONS, f"/victims/{victim_id}/contact-promise"),
            self.peers.get(session, Peer.INTAKE, f"/victims/{victim_id}/reports"),
        )
        return Person(victim, _part(timeline, Timeline), _part(promise, Promise), _part(reports, Reports))

    async def clear_doubt(self, session: str, *, source: str, event_id: str, page_id: str | None) -> Outcome:
        """The fact is right and about them: it may be told."""
        path = f"/events/{quote(event_id, safe='')}/doubt-cleared?{urlencode({'source': source})}"
        return await self._decided(session, path, {}, page_id=page_id)

    async def revoke_link(self, session: str, *, link_id: str, why: str, page_id: str | None) -> Outcome:
        """They do not belong to that case: nothing of it is shown to them any more."""
        path = f"/links/{quote(link_id, safe='')}/revocation"
        return await self._decided(session, path, {"why": why}, page_id=page_id)

    async def link(
        self, session: str, victim_id: str, *, case_id: str, defendant_id: str, why: str, page_id: str | None
    ) -> Outcome:
        """They are a victim of this accused: what is about that accused reaches them."""
        body = {"case_id": case_id, "defendant_id": defendant_id, "why": why}
        return await self._decided(session, f"/victims/{victim_id}/links", body, page_id=page_id)

    async def confirm_number(
        self, session: str, *, case_id: str, defendant_id: str, number: str, page_id: str | None
    ) -> Outcome:
        """This prisoner is this defendant: what waited for that is told."""
        path = _number_of(case_id, defendant_id)
        return await self._decided(session, path, {"number": number}, page_id=page_id)

    async def withdraw_number(
        self, session: str, *, case_id: str, defendant_id: str, number: str, why: str, page_id: str | None
    ) -> Outcome:
        """It was not this prisoner: what was told because of that is taken back."""
        path = f"{_number_of(case_id, defendant_id)}/withdrawal"
        return await self._decided(session, path, {"number": number, "why": why}, page_id=page_id)

    async def _decided(self, session: str, path: str, body: Mapping[str, str], *, page_id: str | None) -> Outcome:
        """The decision's id is made of the page's and of what is decided: the same again is one, another another."""
        said = dict(body)
        if page_id:
            decided = "\x1f".join((path, *(part for pair in sorted(body.items()) for part in pair)))
            said["decision_id"] = str(uuid5(UUID(page_id), decided))
        return await self.peers.post(session, Peer.INTAKE, path, said or None)


def _number_of(case_id: str, defendant_id: str) -> str:
    return f"/cases/{quote(case_id, safe='')}/defendants/{quote(defendant_id, safe='')}/prison-number"


def _part(outcome: Outcome, model: type[Model]) -> Model | Missing:
    match read_as(model, outcome):
        case NotThere():
            return Missing.NONE
        case SignInAgain():
            return Missing.SIGN_IN
        case Refused() | Unreachable():
            return Missing.AWAY
        case part:
            return part
