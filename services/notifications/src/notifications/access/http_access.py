"""Who may see which victim's promise: an officer, or the subject to whom that victim was granted."""

from chassis.http.problems import NotFound
from chassis.security.principal import Principal
from contracts.ids import VictimId
from contracts.notifications import AgreedBy

from notifications.access.ledger import Ledger
from notifications.transaction.ledger import Ledgers

OFFICER = "officer"
AUDITOR = "auditor"


async def demand_access(ledgers: Ledgers[Ledger], principal: Principal, victim: VictimId) -> AgreedBy:
    """In which role the caller acts for this victim. Raises `NotFound`, as for an id that doesn't exist.

    A grant came with an event about the victim, so a victim signed in is known; an officer may have mistyped the id.
    """
    if OFFICER in principal.roles:
        await demand_known(ledgers, victim)
        return AgreedBy.OFFICER
    async with ledgers.begin() as ledger:
        if await ledger.grants.holds(principal.subject, victim):
            return AgreedBy.VICTIM
    raise nothing_here()


async def demand_known(ledgers: Ledgers[Ledger], victim: VictimId) -> None:
    """For officers and auditors, who may know which victims there are. Raises `NotFound` for an id nobody has named."""
    async with ledgers.begin() as ledger:
        if not await ledger.victims.knows(victim):
            raise NotFound(
                "There is no such victim here. Check the id, or wait until the first event about them arrives."
            )


def nothing_here() -> NotFound:
    """One answer for an unknown victim, another's, and one without a promise."""
    return NotFound("There is no contact promise here that you may see.")
