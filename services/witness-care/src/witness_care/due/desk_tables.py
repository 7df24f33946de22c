"""What the desk hears and writes: each event that changes something on it becomes a few statements, safe to repeat."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final

from chassis.consumer.events import ConsumedEvent
from chassis.database import Connection
from chassis.errors import PermanentFailure
from contracts.catalogue import types_on
from contracts.topics import INTAKE, JOURNEY, NOTIFICATIONS

from witness_care.care.naming_store import NAMING, identified, naming_corrected, naming_retracted
from witness_care.due.contact_due_store import contact_due, contact_withdrawn, news_seen
from witness_care.due.duty_store import duty_changed, duty_met, duty_opened
from witness_care.due.news_store import news_arrived, news_withdrawn
from witness_care.reach.promise_store import promise_agreed, promise_questioned
from witness_care.reach.warnings_store import warning_amended, warning_named
from witness_care.wishes import wish_store as wishes

Write = Callable[[Connection, ConsumedEvent, str], Awaitable[object]]
WriteOfCase = Callable[[Connection, ConsumedEvent, str | None], Awaitable[object]]


async def named(connection: Connection, event: ConsumedEvent, victim: str) -> None:
    """Who the victim is, what makes contact with them unsafe, and what they asked for."""
    await identified(connection, event, victim)
    await warning_named(connection, event, victim)
    await wishes.heard(connection, event, victim)


async def corrected(connection: Connection, event: ConsumedEvent, victim: str | None) -> None:
    """Any of it is put right."""
    if victim is not None:
        await naming_corrected(connection, event, victim)
        await warning_amended(connection, event, victim)
    await wishes.amended(connection, event, victim)


async def retracted(connection: Connection, event: ConsumedEvent, victim: str | None) -> None:
    """Any of it is taken back."""
    if victim is not None:
        await naming_retracted(connection, event, victim)
        await warning_amended(connection, event, victim)
    await wishes.amended(connection, event, victim)


OF_A_CASE: Mapping[str, WriteOfCase] = {
    "police.crime-reported.v1": wishes.heard,
    "police.event-corrected.v1": corrected,
    "police.event-retracted.v1": retracted,
    "intake.event-corrected.v1": corrected,
    "intake.event-retracted.v1": retracted,
    "support.event-corrected.v1": wishes.amended,
    "support.event-retracted.v1": wishes.amended,
}
"""What may name no victim: then it is about a case, and nobody's name changes."""

WRITES: Mapping[str, Write] = {
    **dict.fromkeys(NAMING, named),
    **dict.fromkeys(
        ("support.referral-made.v1", "support.referral-accepted.v1", "support.referral-declined.v1"), wishes.heard
    ),
    "journey.news-arrived.v1": news_arrived,
    "journey.news-withdrawn.v1": news_withdrawn,
    "journey.duty-opened.v1": duty_opened,
    "journey.duty-changed.v1": duty_changed,
    "journey.duty-met.v1": duty_met,
    "notifications.officer-contact-due.v1": contact_due,
    "notifications.officer-contact-withdrawn.v1": contact_withdrawn,
    "notifications.news-seen.v1": news_seen,
    "notifications.contact-promise-agreed.v1": promise_agreed,
    "notifications.contact-promise-questioned.v1": promise_questioned,
}

_UNHEARD_OF: Final = "nobody sends this today; should it come, what followed from the original needs a person to undo"

PARKED: Mapping[str, str] = {
    "journey.event-corrected.v1": _UNHEARD_OF,
    "journey.event-retracted.v1": _UNHEARD_OF,
    "notifications.event-corrected.v1": _UNHEARD_OF,
    "notifications.event-retracted.v1": _UNHEARD_OF,
}

KNOWN = types_on(INTAKE.name, JOURNEY.name, NOTIFICATIONS.name) - PARKED.keys()
"""A type in none of these tables changes nothing on the desk. What the contracts do not know is parked."""


class DeskWriter:
    """Applies a batch of events to the desk."""

    async def apply(self, connection: Connection, events: Sequence[ConsumedEvent]) -> None:
        """Write each event that the desk shows. Raises PermanentFailure when such an event names no victim."""
        for event in events:
            kind, victim = event.header.type, event.header.victimid
            if kind in OF_A_CASE:
                await OF_A_CASE[kind](connection, event, victim)
            elif kind in WRITES:
                if victim is None:
                    raise PermanentFailure(f"{kind} names no victim, so no officer's desk can show it")
                await WRITES[kind](connection, event, victim)
