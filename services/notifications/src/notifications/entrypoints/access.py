"""Who may see which victim's promise: an officer, or the subject to whom that victim was granted."""

from chassis.http.problems import NotFound
from chassis.security.principal import Principal
from contracts.ids import VictimId
from contracts.notifications import AgreedBy

from notifications.application.ledger import Ledgers

OFFICER = "officer"
AUDITOR = "auditor"


async def demand_access(ledgers: Ledgers, principal: Principal, victim: VictimId) -> AgreedBy:
    """In which role the caller acts for this victim. Raises `NotFound`, as for an id that doesn't exist."""
    if OFFICER in principal.roles:
        return AgreedBy.OFFICER
    async with ledgers.begin() as ledger:
        if await ledger.grants.holds(principal.subject, victim):
            return AgreedBy.VICTIM
    raise nothing_here()


def nothing_here() -> NotFound:
    """One answer for an unknown victim, another's, and one without a promise."""
    return NotFound("There is no contact promise here that you may see.")
