"""The step from claimed to handed: the commit after which the provider is called."""

from dataclasses import dataclass, field
from datetime import timedelta

from contracts.notifications import FailureKind

from notifications.delivery.ledger import Ledger
from notifications.delivery.outcomes import record_failed, withdraw
from notifications.delivery.rechecking import still_allowed
from notifications.messages.ledger import Errand
from notifications.messages.message import Message, MessageState
from notifications.transaction.ledger import Alarm

PUT_OFF_BY = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Ready:
    """Re-checked and marked as handed. The address is in clear, for this one call."""

    message: Message
    address: str = field(repr=False)


async def prepare_hand_over(ledger: Ledger, errand: Errand, *, address: str, version: int | None) -> Ready | None:
    """Re-check everything and mark the message as handed; None when it must not leave now.

    `version` is the promise's version from which `address` was opened: when the promise moved on since, the address may
    have too, and the errand starts again.
    """
    message = await _claimed(ledger, errand)
    if message is None:
        return None
    promise = await ledger.promises.in_force(message.victim)
    if promise is not None and promise.version != version:
        await ledger.messages.ring([message.message_id])
        await ledger.messages.release(message.message_id)
        return None
    allowed = await still_allowed(ledger, message)
    if allowed is None or promise is None or not address:
        await withdraw(ledger, message)
        await ledger.messages.release(message.message_id)
        return None
    handed = allowed.handed(promise.version)
    await ledger.messages.keep(handed)
    return Ready(handed, address)


async def refuse_without_address(ledger: Ledger, errand: Errand) -> None:
    """The key of the address was erased: no message, an officer decides what remains to be done."""
    message = await _claimed(ledger, errand)
    if message is not None:
        await record_failed(ledger, message, failure=FailureKind.REFUSED)
        await ledger.messages.release(message.message_id)


async def put_off(ledger: Ledger, errand: Errand) -> None:
    """The vault is away: the message stays claimed, and is re-checked when it is taken up again."""
    message = await _claimed(ledger, errand)
    if message is not None:
        await ledger.alarms.set(Alarm.MESSAGE_STEP, message.message_id, await ledger.now() + PUT_OFF_BY)
        await ledger.messages.release(message.message_id)


async def _claimed(ledger: Ledger, errand: Errand) -> Message | None:
    message = await ledger.messages.held(errand)
    return message if message is not None and message.state is MessageState.CLAIMED else None
