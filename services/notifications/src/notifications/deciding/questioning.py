"""A warning of what makes contact unsafe came, changed or went: what was agreed before it is not known to be safe."""

from contracts.ids import VictimId

from notifications.deciding.deciding import decide_pending_anew
from notifications.deciding.ledger import Ledger


async def question_promise(ledger: Ledger, victim: VictimId) -> None:
    """No channel counts as safe until somebody agrees one with them again; what has not left becomes an officer's.

    Also where the warning is taken back: who lives with them is not known better by that. With nothing agreed, nothing
    is safe as it is.
    """
    promise = await ledger.promises.load(victim)
    if promise is None or not promise.question(at=await ledger.now()):
        return
    await ledger.promises.save(promise, event_id=ledger.new_id())
    await decide_pending_anew(ledger, victim)
