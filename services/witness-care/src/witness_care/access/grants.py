"""Who may see a victim's journey: what an officer does about it."""

from datetime import datetime

from contracts.ids import EventId, VictimId
from contracts.shape import Shape
from contracts.witness_care import AccessGranted, AccessRevoked

from witness_care.care.care import VictimCare
from witness_care.care.deciding import CareStore


class Grants:
    """The officer's commands. Each raises UnknownVictim, and what `VictimCare` raises."""

    def __init__(self, store: CareStore) -> None:
        self._store = store

    async def grant(self, victim_id: VictimId, subject: str, *, by: str, event_id: EventId) -> None:
        """Let a sign-in see the victim's journey."""

        def decide(care: VictimCare, now: datetime) -> Shape:
            care.grant_access(subject, now=now)
            return AccessGranted(subject=subject, granted_by=by)

        await self._store.change(victim_id, event_id=event_id, decide=decide)

    async def revoke(self, victim_id: VictimId, subject: str, *, by: str, event_id: EventId) -> None:
        """Take a sign-in's access back."""

        def decide(care: VictimCare, now: datetime) -> Shape:
            care.revoke_access(subject, now=now)
            return AccessRevoked(subject=subject, revoked_by=by)

        await self._store.change(victim_id, event_id=event_id, decide=decide)
