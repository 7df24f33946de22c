"""Who may read which victim's journey; everything else is answered as if nobody were there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from chassis.database import Connection, Pool
from chassis.security.principal import Principal
from contracts.ids import VictimId

from journey.errors import UnknownVictim
from journey.wording.content import Audience

STAFF = frozenset({"officer", "auditor"})


class HeldGrants(Protocol):
    """Which journeys a sign-in may see."""

    async def held(self, connection: Connection, subject: str) -> list[VictimId]: ...


@dataclass(frozen=True, slots=True)
class Sight:
    """Whose journeys a sign-in may see, the first granted first, and whose it looks at now.

    `chosen` says that the person once chose, be it one whose grant has ended since.
    """

    victims: Sequence[VictimId]
    now: VictimId
    chosen: bool


@dataclass(frozen=True, slots=True)
class Access:
    """Checks grants on every read, so that a revoked one counts at once."""

    pool: Pool
    grants: HeldGrants

    async def reader(self, principal: Principal, victim_id: VictimId) -> Audience:
        """As whom this caller reads: the victim's own eyes, or staff. Raises UnknownVictim when not at all."""
        if not _is_uuid(victim_id):
            raise UnknownVictim
        if victim_id in await self.victims_of(principal):
            return Audience.VICTIM
        if principal.roles.isdisjoint(STAFF):
            raise UnknownVictim
        return Audience.OFFICER

    async def sight(self, principal: Principal) -> Sight | None:
        """What this sign-in looks at: what it chose while that is granted, else the first; None where nothing is."""
        victims = await self.victims_of(principal)
        if not victims:
            return None
        chosen = VictimId(principal.choice)
        return Sight(victims, chosen if chosen in victims else victims[0], chosen=bool(principal.choice))

    async def victims_of(self, principal: Principal) -> Sequence[VictimId]:
        """The victims whose own eyes this sign-in has, the first granted first."""
        async with self.pool.acquire() as connection:
            return await self.grants.held(connection, principal.subject)


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
