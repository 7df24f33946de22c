"""Leading: what runs while a lease is held, and ends as one when it is lost."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from chassis.cancellation import cancellation_first
from chassis.errors import Fenced
from chassis.leases import Lease
from chassis.logging import get_logger
from chassis.task_group import TaskGroup

_log = get_logger(__name__)


@asynccontextmanager
async def led(lease: Lease) -> AsyncIterator[tuple[int, TaskGroup]]:
    """Wait for the lease, then give its epoch and a group for the tasks that work under it; leaving waits for them.

    All end when one fails or the lease is lost: then raises Fenced. In the end the next holder is let in at once.
    """
    epoch = await lease.acquire()
    _log.info("The lease is held", lease=lease.name, epoch=epoch)
    try:
        with cancellation_first():
            async with TaskGroup() as group:
                group.create_task(lease.keep(epoch))
                yield epoch, group
    except* Fenced as fenced:
        raise Fenced(f"{lease.name}: another process has taken over; this one must exit.") from fenced
    finally:
        await lease.give_back(epoch)
