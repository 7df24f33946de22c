"""What happens when a durable timer fires: a decision, in the transaction that takes the timer away. Never a send.

What is decided about is locked before the timers are, as whoever decides about a victim does: victims, messages,
timers, the log's head.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from chassis.database import Connection
from chassis.timers import DueTimer, LockingHandler
from contracts.ids import DutyKey, MessageId, VictimId

from notifications.deciding.reminders import remind_of_duty
from notifications.delivery.claiming import tell_what_is_due
from notifications.hearing.ledger import Ledger
from notifications.keeping_in_touch.silence import break_silence
from notifications.transaction.ledger import Alarm, Ledgers


class VictimAlarm:
    """Timers whose key is a victim."""

    def __init__(self, ledgers: Ledgers[Ledger], decide: Callable[[Ledger, VictimId], Awaitable[None]]) -> None:
        self._ledgers, self._decide = ledgers, decide

    async def lock(self, connection: Connection, timers: Sequence[DueTimer]) -> None:
        async with self._ledgers.on(connection) as ledger:
            await ledger.lock([VictimId(timer.key) for timer in timers])

    async def fire(self, connection: Connection, timers: Sequence[DueTimer]) -> None:
        async with self._ledgers.on(connection) as ledger:
            for timer in timers:
                await self._decide(ledger, VictimId(timer.key))


class DutyAlarm:
    """Reminders of duties."""

    def __init__(self, ledgers: Ledgers[Ledger]) -> None:
        self._ledgers = ledgers

    async def lock(self, connection: Connection, timers: Sequence[DueTimer]) -> None:
        async with self._ledgers.on(connection) as ledger:
            duties = [await ledger.duties.of(DutyKey(timer.key)) for timer in timers]
            await ledger.lock([duty.victim for duty in duties if duty is not None])

    async def fire(self, connection: Connection, timers: Sequence[DueTimer]) -> None:
        async with self._ledgers.on(connection) as ledger:
            for timer in timers:
                await remind_of_duty(ledger, DutyKey(timer.key))


class MessageAlarm:
    """Next steps of messages: they become due, and the courier takes them."""

    def __init__(self, ledgers: Ledgers[Ledger]) -> None:
        self._ledgers = ledgers

    async def lock(self, connection: Connection, timers: Sequence[DueTimer]) -> None:
        async with self._ledgers.on(connection) as ledger:
            await ledger.messages.lock([MessageId(timer.key) for timer in timers])

    async def fire(self, connection: Connection, timers: Sequence[DueTimer]) -> None:
        async with self._ledgers.on(connection) as ledger:
            await ledger.messages.ring([MessageId(timer.key) for timer in timers])


def alarm_handlers(ledgers: Ledgers[Ledger]) -> Mapping[str, LockingHandler]:
    """A handler for every kind of alarm."""
    return {
        Alarm.TELL.value: VictimAlarm(ledgers, tell_what_is_due),
        Alarm.NOTHING_CHANGED.value: VictimAlarm(ledgers, break_silence),
        Alarm.DUTY_REMINDER.value: DutyAlarm(ledgers),
        Alarm.MESSAGE_STEP.value: MessageAlarm(ledgers),
    }
