"""Can the process serve its requests, and do its work and the world around it come on?

Readiness decides who gets requests: what a page needs to be answered, and nothing besides. Progress calls a person: a
consumer behind, an issuer away. Each check answers with one line, or raises NotReady with one.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

from fastapi import APIRouter, Response
from prometheus_client import CollectorRegistry, Gauge
from pydantic import JsonValue

from chassis.clock import Clock
from chassis.database import AWAY, Pool
from chassis.errors import ThroughlineError, TransientFailure

Check = Callable[[], Awaitable[str]]
Readiness = Mapping[str, Check]

_CHECK_SECONDS = 2.0
_AWAY: tuple[type[Exception], ...] = (TransientFailure, *AWAY)


class NotReady(ThroughlineError):
    """A check did not pass; the line says what is missing."""


class Watch:
    """Looks at checks by name, and keeps of each in a gauge whether it passed."""

    def __init__(self, checks: Readiness, *, registry: CollectorRegistry) -> None:
        self._checks = checks
        self._passed = Gauge("progress", "Checks of progress: 0 calls a person", ["check"], registry=registry)

    async def look(self) -> tuple[bool, dict[str, JsonValue]]:
        """Do all pass, and the line of each."""
        results = await _results(self._checks)
        for name, (passed, _) in results.items():
            self._passed.labels(name).set(passed)
        return _summed(results)


def health_router(readiness: Readiness, progress: Watch) -> APIRouter:
    """`/healthz`: the process answers. `/readyz`: it can serve. `/progress`: its work comes on.

    200 when every check passes, else 503; names, never connections.
    """
    router = APIRouter(include_in_schema=False)

    @router.get("/healthz")
    async def healthz() -> dict[str, str]:
        return {"status": "up"}

    @router.get("/readyz")
    async def readyz(response: Response) -> dict[str, JsonValue]:
        ready, lines = _summed(await _results(readiness))
        response.status_code = 200 if ready else 503
        return {"status": "ready" if ready else "not ready", "checks": lines}

    @router.get("/progress")
    async def comes_on(response: Response) -> dict[str, JsonValue]:
        well, lines = await progress.look()
        response.status_code = 200 if well else 503
        return {"status": "comes on" if well else "stands", "checks": lines}

    return router


async def _results(checks: Readiness) -> dict[str, tuple[bool, str]]:
    found = await asyncio.gather(*(_result(check) for check in checks.values()))
    return dict(zip(checks, found, strict=True))


def _summed(results: Mapping[str, tuple[bool, str]]) -> tuple[bool, dict[str, JsonValue]]:
    return all(passed for passed, _ in results.values()), {name: line for name, (_, line) in results.items()}


def database_answers(pool: Pool) -> Check:
    """The database answers a query, however many readers wait for theirs."""

    async def check() -> str:
        async with pool.apart.acquire(timeout=_CHECK_SECONDS) as connection:
            await connection.fetchval("SELECT 1")
        return "answers"

    return check


def progress_within(limit: timedelta, *, clock: Clock, last: Callable[[], datetime | None]) -> Check:
    """A loop made progress no longer ago than `limit`; `last` is real time, None before the first progress."""

    async def check() -> str:
        moment = last()
        if moment is None:
            raise NotReady("has not made progress yet")
        age = (clock.now() - moment).total_seconds()
        if age > limit.total_seconds():
            raise NotReady(f"made its last progress {age:.0f} s ago")
        return f"made progress {age:.0f} s ago"

    return check


async def _result(check: Check) -> tuple[bool, str]:
    try:
        async with asyncio.timeout(_CHECK_SECONDS):
            return True, await check()
    except NotReady as error:
        return False, str(error)
    except TimeoutError:
        return False, f"no answer within {_CHECK_SECONDS:.0f} s"
    except _AWAY as error:
        return False, f"away ({type(error).__name__})"
