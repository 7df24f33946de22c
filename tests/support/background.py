"""Every background task of the system on a real database, for what must hold of each of them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from chassis.clock import SystemClock
from chassis.database import Pool
from chassis.kafka_connection import KafkaConnection
from chassis.leases import Lease
from chassis.relay.broker import KafkaBroker
from chassis.relay.relay import Relay
from chassis.relay.session import Target
from chassis.relay.standing import Standing
from chassis.timers import TimerRunner
from chassis.vault.memory import MemoryVault
from intake.documents.expiry import ForgetDocuments
from intake.documents.expiry_rounds import Expiring
from intake.documents.store import DatabaseDocumentBook
from intake.documents.waiting_alarms import WaitingAlarms
from journey.timeline.doorbell_store import Changes
from prometheus_client import CollectorRegistry
from support.consuming import Rig
from support.notifications_service import open_service
from witness_care.due.neglect_alarms import NeglectAlarms
from witness_care.due.neglect_store import DeskNeglect

Work = Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a task works."""

    pool: Pool
    dsn: str
    bootstrap: str


@dataclass(frozen=True, slots=True)
class Task:
    """What is made at a place, in which database; `says` is part of a statement by which one sees that it works."""

    made: Callable[[Place], Work]
    says: str
    database: str = "chassis"


def _waiting_for_a_lease(place: Place) -> Work:
    async def wait() -> None:
        await Lease(place.pool, "held", seconds=30).try_acquire()
        await Lease(place.pool, "held", seconds=0.06).acquire()

    return wait


def _keeping_a_lease(place: Place) -> Work:
    async def keep() -> None:
        lease = Lease(place.pool, "kept", seconds=0.3)
        await lease.keep(await lease.acquire())

    return keep


def _consumer(place: Place) -> Work:
    return Rig(place.pool).consumer().run


def _timers(place: Place) -> Work:
    return TimerRunner(place.pool, handlers={}, clock=SystemClock(), registry=CollectorRegistry()).run


def _relay(place: Place) -> Work:
    broker = KafkaBroker(KafkaConnection(place.bootstrap))
    return Relay(place.pool, Target(broker, "cancelled-" + place.dsn.rpartition("_")[2])).run


def _standing(place: Place) -> Work:
    return Standing(place.pool, "any", registry=CollectorRegistry()).watch


def _live(place: Place) -> Work:
    return partial(Changes().listen, place.pool)


def _courier(place: Place) -> Work:
    async def rounds() -> None:
        async with open_service(place.dsn) as service:
            await service.working.rounds.run()

    return rounds


def _reconciler(place: Place) -> Work:
    async def reconcile() -> None:
        async with open_service(place.dsn) as service:
            await service.working.reconciler.run()

    return reconcile


def _expiry(place: Place) -> Work:
    book = DatabaseDocumentBook(place.pool)
    forget = ForgetDocuments(documents=book, vault=MemoryVault(clock=SystemClock()))
    return Expiring(forget, registry=CollectorRegistry()).run


def _waiting(place: Place) -> Work:
    return WaitingAlarms(DatabaseDocumentBook(place.pool), registry=CollectorRegistry()).watch


def _neglect(place: Place) -> Work:
    return NeglectAlarms(DeskNeglect(place.pool), registry=CollectorRegistry()).watch


TASKS = {
    "waiting for a lease": Task(_waiting_for_a_lease, "INSERT INTO lease"),
    "keeping a lease": Task(_keeping_a_lease, "UPDATE lease SET"),
    "a consumer": Task(_consumer, "COMMIT"),
    "the timers": Task(_timers, "FROM timer"),
    "a relay": Task(_relay, "FROM log"),
    "a relay's standing": Task(_standing, "n_dead_tup"),
    "the live pages' doorbell": Task(_live, "LISTEN"),
    "the courier": Task(_courier, "LISTEN", "notifications"),
    "the reconciler": Task(_reconciler, "decision", "notifications"),
    "the expiry of documents": Task(_expiry, "document", "intake"),
    "the alarms of what waits": Task(_waiting, "FROM document", "intake"),
    "the desk's alarms": Task(_neglect, "victim", "witness_care"),
}
