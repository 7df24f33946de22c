"""What the desk hears and writes: each event that it knows becomes one statement, safe to repeat."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from chassis.consumer.events import ConsumedEvent
from chassis.database import Connection
from chassis.errors import PermanentFailure

from witness_care.care.naming_store import NAMING, identified, naming_corrected, naming_retracted
from witness_care.due.contact_due_store import contact_due, news_seen
from witness_care.due.duty_store import duty_met, duty_opened
from witness_care.due.news_store import news_arrived, news_withdrawn
from witness_care.due.not_shown import NOT_SHOWN
from witness_care.reach.promise_store import promise_agreed, promise_questioned
from witness_care.reach.warnings_store import warning_amended, warning_named

Write = Callable[[Connection, ConsumedEvent, str], Awaitable[object]]


async def named(connection: Connection, event: ConsumedEvent, victim: str) -> None:
    """Who the victim is, and what makes contact with them unsafe."""
    await identified(connection, event, victim)
    await warning_named(connection, event, victim)


async def corrected(connection: Connection, event: ConsumedEvent, victim: str) -> None:
    """Either is put right."""
    await naming_corrected(connection, event, victim)
    await warning_amended(connection, event, victim)


async def retracted(connection: Connection, event: ConsumedEvent, victim: str) -> None:
    """Either is taken back."""
    await naming_retracted(connection, event, victim)
    await warning_amended(connection, event, victim)


AMENDMENTS: Mapping[str, Write] = {
    "police.event-corrected.v1": corrected,
    "police.event-retracted.v1": retracted,
    "intake.event-corrected.v1": corrected,
    "intake.event-retracted.v1": retracted,
}
"""What puts something right; where it names no victim, it is about a case and nobody's name changes."""

WRITES: Mapping[str, Write] = {
    **dict.fromkeys(NAMING, named),
    "journey.news-arrived.v1": news_arrived,
    "journey.news-withdrawn.v1": news_withdrawn,
    "journey.duty-opened.v1": duty_opened,
    "journey.duty-met.v1": duty_met,
    "notifications.officer-contact-due.v1": contact_due,
    "notifications.news-seen.v1": news_seen,
    "notifications.contact-promise-agreed.v1": promise_agreed,
    "notifications.contact-promise-questioned.v1": promise_questioned,
    **AMENDMENTS,
}

KNOWN = frozenset(WRITES) | frozenset(NOT_SHOWN)
"""Every other type is parked by the consumer, never skipped."""


class DeskWriter:
    """Applies a batch of events to the desk."""

    async def apply(self, connection: Connection, events: Sequence[ConsumedEvent]) -> None:
        """Write each event that the desk shows. Raises PermanentFailure when such an event names no victim."""
        for event in events:
            kind, victim = event.header.type, event.header.victimid
            if kind in NOT_SHOWN or (kind in AMENDMENTS and victim is None):
                continue
            if victim is None:
                raise PermanentFailure(f"{kind} names no victim, so no officer's desk can show it")
            await WRITES[kind](connection, event, victim)
