"""The courier: the only part that holds providers. It works on one message at a time, one step at a time.

claimed -> (re-check, commit) -> handed -> provider called -> sent, failed, unknown, or claimed again for a retry.
A message found as "handed" at the start of a step is one whose outcome was lost: the provider is asked by the reference
that was fixed before the call, and only a message it has never seen goes through the re-check and out again.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import assert_never

from chassis.clock import Clock
from chassis.errors import TransientFailure
from contracts.notifications import ChannelKind, FailureKind

from notifications.delivery.handing_over import Ready, prepare_hand_over, put_off, refuse_without_address
from notifications.delivery.ledger import Ledger, Ledgers
from notifications.delivery.outcomes import (
    ask_later,
    record_delivered,
    record_failed,
    record_not_sent,
    record_sent,
    record_unknown,
)
from notifications.delivery.provider import (
    Absent,
    Accepted,
    CannotTell,
    Delivery,
    FindOutcome,
    Found,
    NotNow,
    Outgoing,
    Provider,
    ProviderAway,
    Refused,
    SendOutcome,
    Unclear,
)
from notifications.delivery.wording import WORDINGS
from notifications.messages.ledger import Errand
from notifications.messages.message import Message, MessageState
from notifications.promise.ledger import PromiseInForce
from notifications.promise.seals import Seals

HAND_OVER_WITHIN = timedelta(seconds=8)
"""Longest real time from taking an errand to calling the provider; later, the message is not handed over."""


class Courier:
    """Carries out errands. `home` is the bare address of the home page."""

    def __init__(
        self, ledgers: Ledgers, *, providers: Mapping[ChannelKind, Provider], seals: Seals, clock: Clock, home: str
    ) -> None:
        self._ledgers, self._providers, self._seals = ledgers, providers, seals
        self._clock, self._home = clock, home

    async def run(self, errand: Errand) -> None:
        """One step for this message. A lost lease means that another courier has it, and nothing is done."""
        deadline = self._clock.now() + HAND_OVER_WITHIN
        async with self._ledgers.begin() as ledger:
            message = await ledger.messages.held(errand)
            promise = await ledger.promises.in_force(message.victim) if message else None
            if message is not None and message.state in _FINAL:
                await ledger.messages.release(message.message_id)
        if message is None:
            return
        if message.state is MessageState.CLAIMED:
            ready = await self._prepare(errand, message, promise=promise)
            if ready is not None:
                late = self._clock.now() > deadline
                await self._settle(errand, ready.message, outcome=NotNow() if late else await self._send(ready))
        elif message.state is MessageState.HANDED:
            await self._recover(errand, message)
        elif message.state is MessageState.SENT:
            await self._ask(errand, message)

    async def _prepare(self, errand: Errand, message: Message, *, promise: PromiseInForce | None) -> Ready | None:
        """Open the address, then re-check and mark as handed in one transaction. None: it doesn't leave now."""
        channel = promise.terms.channel(message.channel) if promise else None
        sealed = {"address": channel.address} if channel and channel.address else {}
        try:
            opened = await self._seals.open(message.victim, sealed=sealed, purpose="send") if sealed else {}
        except TransientFailure:
            async with self._ledgers.begin() as ledger:
                await put_off(ledger, errand)
            return None
        async with self._ledgers.begin() as ledger:
            await ledger.lock([message.victim])
            if sealed and not opened:
                await refuse_without_address(ledger, errand)
                return None
            version = promise.version if promise else None
            return await prepare_hand_over(ledger, errand, address=opened.get("address", ""), version=version)

    async def _send(self, ready: Ready) -> SendOutcome:
        message, wording = ready.message, WORDINGS[ready.message.kind]
        outgoing = Outgoing(
            reference=message.reference,
            channel=message.channel,
            address=ready.address,
            subject=wording.subject,
            body=wording.body_with(self._home),
        )
        return await self._providers[message.channel].send(outgoing)

    async def _settle(self, errand: Errand, message: Message, *, outcome: SendOutcome | FindOutcome) -> None:
        async with self._ledgers.begin() as ledger:
            await ledger.lock([message.victim])
            held = await ledger.messages.held(errand)
            if held is None or held.state is not MessageState.HANDED:
                return
            await _write_down(ledger, held, outcome=outcome)
            await ledger.messages.release(held.message_id)

    async def _recover(self, errand: Errand, message: Message) -> None:
        try:
            outcome: SendOutcome | FindOutcome = await self._providers[message.channel].find(message.reference)
        except ProviderAway:
            outcome = Unclear()
        await self._settle(errand, message, outcome=outcome)

    async def _ask(self, errand: Errand, message: Message) -> None:
        try:
            delivery = await self._providers[message.channel].delivery(message.provider_id or "")
        except ProviderAway:
            delivery = Delivery.ON_ITS_WAY
        async with self._ledgers.begin() as ledger:
            await ledger.lock([message.victim])
            held = await ledger.messages.held(errand)
            if held is None or held.state is not MessageState.SENT:
                return
            await _write_delivery(ledger, held, delivery=delivery)
            await ledger.messages.release(held.message_id)


_FINAL = frozenset({MessageState.DELIVERED, MessageState.FAILED, MessageState.UNKNOWN, MessageState.WITHDRAWN})


async def _write_down(ledger: Ledger, message: Message, *, outcome: SendOutcome | FindOutcome) -> None:
    match outcome:
        case Accepted(provider_id):
            await record_sent(ledger, message, provider_id=provider_id)
        case Found(provider_id):
            await record_sent(ledger, message, provider_id=provider_id)
        case NotNow() | Absent():
            await record_not_sent(ledger, message)
        case Refused():
            await record_failed(ledger, message, failure=FailureKind.REFUSED)
        case Unclear():
            await ask_later(ledger, message)
        case CannotTell():
            await record_unknown(ledger, message)
        case _:
            assert_never(outcome)


async def _write_delivery(ledger: Ledger, message: Message, *, delivery: Delivery) -> None:
    match delivery:
        case Delivery.DELIVERED:
            await record_delivered(ledger, message)
        case Delivery.FAILED:
            await record_failed(ledger, message, failure=FailureKind.UNDELIVERABLE)
        case Delivery.ON_ITS_WAY:
            await ask_later(ledger, message)
        case Delivery.UNKNOWN:
            await record_unknown(ledger, message)
        case _:
            assert_never(delivery)
