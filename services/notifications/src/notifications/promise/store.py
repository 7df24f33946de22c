"""Contact promises in PostgreSQL: the stream in the log, and the terms in force beside it."""

from datetime import datetime
from uuid import UUID

from chassis.aggregates import Decided, Repository, Told
from chassis.database import Connection
from chassis.log.appender import append_within
from chassis.log.errors import VersionConflict
from chassis.vault.composing import EventComposer
from contracts.envelope import Envelope
from contracts.ids import VictimId

from notifications.errors import PromiseHasMoved
from notifications.promise.contact_promise import ContactPromise
from notifications.promise.ledger import PromiseInForce
from notifications.promise.plain_terms import plain_terms, terms_from
from notifications.promise.published_promise import promise_agreed, promise_questioned
from notifications.transaction.fact import SOURCE

PROMISE_AGREED = "notifications.contact-promise-agreed.v1"
PROMISE_QUESTIONED = "notifications.contact-promise-questioned.v1"


class PostgresPromises:
    """The part of a ledger about promises."""

    def __init__(self, connection: Connection, *, composer: EventComposer, epoch: int) -> None:
        self._connection, self._epoch = connection, epoch
        self._stream: Repository[ContactPromise] = Repository(
            category="contact-promise", source=SOURCE, composer=composer
        )

    async def in_force(self, victim: VictimId) -> PromiseInForce | None:
        row = await self._connection.fetchrow("SELECT version, terms FROM contact_promise WHERE victim_id = $1", victim)
        return None if row is None else PromiseInForce(row["version"], terms_from(row["terms"]))

    async def load(self, victim: VictimId) -> ContactPromise | None:
        return await self._stream.find(self._connection, UUID(victim))

    async def save(self, promise: ContactPromise, *, event_id: str) -> None:
        def told(decided: Decided) -> Told:
            return _told(promise, event_id=event_id, at=decided.timestamp)

        events = await self._stream.events(promise, told=told)
        try:
            await append_within(self._connection, events, epoch=self._epoch)
        except VersionConflict as error:
            raise PromiseHasMoved("the promise was changed meanwhile: read it again, then agree again") from error
        await self._connection.execute(_KEEP, promise.id, promise.version, plain_terms(promise.terms))


def _told(promise: ContactPromise, *, event_id: str, at: datetime) -> Told:
    victim = VictimId(str(promise.id))
    kind, said = (
        (PROMISE_QUESTIONED, promise_questioned(promise))
        if promise.in_question
        else (PROMISE_AGREED, promise_agreed(promise))
    )
    envelope = Envelope(id=event_id, source=SOURCE, type=kind, time=at, victimid=victim)
    return Told(envelope, said, victim, f"victim/{victim}")


_KEEP = """
INSERT INTO contact_promise (victim_id, version, terms) VALUES ($1, $2, $3)
ON CONFLICT (victim_id) DO UPDATE SET version = excluded.version, terms = excluded.terms
"""
