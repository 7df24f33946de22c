"""A log in PostgreSQL cut off at its end, its head moved back: whole by itself, and found by whoever knew of more."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx2
import pytest
from chassis.consumer.offsets import join, move
from chassis.consumer.sequence import Mark
from chassis.database import Pool, open_pool
from chassis.endings import Ending
from chassis.http.app import create_app
from chassis.log.appender import append_within
from chassis.log.http import log_router
from chassis.log.reader import read_after
from chassis.log.records import LogRecord
from chassis.security.tokens import FixedToken
from chassis.testing.issuer import FakeIssuer
from journey.audit import verdicts
from journey.audit.evidence import Claim, receipts_in, stamps_in
from journey.audit.findings import Audit
from journey.audit.logs import AuditedLog
from journey.audit.verifying import verify_all
from support.log_events import an_event

pytestmark = pytest.mark.servers
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
RECORDS, LEFT = 12, 9


@dataclass(frozen=True, slots=True)
class Served:
    """Intake's log, and journey, which consumes it."""

    intake: Pool
    journey: Pool
    logs: dict[str, AuditedLog]

    async def records(self) -> list[LogRecord]:
        async with self.intake.acquire() as connection:
            return await read_after(connection, 0, limit=100)

    async def consume(self) -> None:
        """Journey has done all there is."""
        last = {one.partition: one for one in await self.records() if one.partition is not None}
        steps = {number: (Mark(), Mark(one.pseq or 0, one.position, one.position)) for number, one in last.items()}
        async with self.journey.acquire() as connection, connection.transaction():
            await join(connection, "journey", "intake.events", partitions=range(4), epoch=1)
            await move(connection, "journey", "intake.events", epoch=1, steps=steps)

    async def cut(self) -> None:
        """Take the last records away and move the head back, as only the owner of the tables can."""
        async with self.intake.acquire() as connection, connection.transaction():
            await connection.execute("ALTER TABLE log DISABLE TRIGGER log_append_only")
            await connection.execute("DELETE FROM log WHERE position > $1", LEFT)
            await connection.execute(_MOVE_BACK)
            await connection.execute("ALTER TABLE log ENABLE TRIGGER log_append_only")

    async def verified(self, *claims: Claim) -> Audit:
        return await verify_all(self.logs, claims)


@pytest.fixture
async def served(database: Callable[[str], str]) -> AsyncIterator[Served]:
    issuer = FakeIssuer()
    token = FixedToken(issuer.token(scope="log:read"))
    async with AsyncExitStack() as stack:
        pools, logs = {}, {}
        for name in ("intake", "journey"):
            pools[name] = await stack.enter_async_context(open_pool(database("chassis")))
            app = create_app(
                name, routers=[log_router(pools[name], issuer.bearer(), topic=f"{name}.events")], readiness={}
            )
            http = await stack.enter_async_context(httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app)))
            logs[name] = AuditedLog(name, f"http://{name}", token, http)
        async with pools["intake"].acquire() as connection:
            await append_within(connection, [an_event(key=f"case-{n}") for n in range(RECORDS)], epoch=1)
        yield Served(pools["intake"], pools["journey"], logs)


async def test_a_cut_log_is_whole_by_itself_and_nothing_is_claimed_about_its_end(served: Served) -> None:
    await served.cut()
    audit = await served.verified()
    assert verdicts.ending(audit) is Ending.DONE
    assert verdicts.sentence(audit.logs[0]).endswith("nothing was given to prove that it does not end too soon")


async def test_a_cut_log_is_found_by_a_stamp_as_text_and_as_json(served: Served) -> None:
    before = await served.verified()
    kept = ["\n".join(verdicts.as_text(before, at=NOW)), verdicts.as_json(before, at=NOW)]
    await served.cut()
    for text in kept:
        assert_cut(await served.verified(*stamps_in(text)), by="the stamp of 2026-11-27T12:00:00+00:00")


async def test_a_cut_log_is_found_by_a_receipt(served: Served) -> None:
    last = (await served.records())[-1]
    receipt = {"id": last.id, "source": last.source, "position": last.position, "hash": last.hash.hex()}
    claims = receipts_in(json.dumps({"results": [{"index": 0, "status": 200, "receipt": receipt}]}))
    assert (await served.verified(*claims)).errors == []
    await served.cut()
    assert_cut(await served.verified(*claims), by=f"the receipt of event {last.id}")


async def test_a_cut_log_is_found_by_its_consumer(served: Served) -> None:
    await served.consume()
    assert "up to date" in "".join(verdicts.as_text(await served.verified(), at=NOW))
    await served.cut()
    assert_cut(await served.verified(), by="the consumer journey")


async def test_a_log_cut_and_grown_again_is_another_log(served: Served) -> None:
    claims = stamps_in(verdicts.as_json(await served.verified(), at=NOW))
    await served.cut()
    async with served.intake.acquire() as connection:
        await append_within(connection, [an_event(key="another") for _ in range(RECORDS)], epoch=1)
    audit = await served.verified(*claims)
    assert verdicts.ending(audit) is Ending.CHECK_FAILED
    assert f"record {RECORDS} is another than the stamp" in str(audit.errors[0])


def assert_cut(audit: Audit, *, by: str) -> None:
    assert verdicts.ending(audit) is Ending.CHECK_FAILED
    assert verdicts.state(audit.logs[0]) == "missing"
    assert f"{by} is about record {RECORDS}: records {LEFT + 1} to {RECORDS} are missing" in " ".join(
        map(str, audit.errors)
    )


_MOVE_BACK = """
UPDATE log_head SET
  (position, hash, recorded_at) = (SELECT position, hash, recorded_at FROM log ORDER BY position DESC LIMIT 1),
  pseqs = ARRAY(SELECT coalesce((SELECT max(pseq) FROM log WHERE partition = n), 0) FROM generate_series(0, 3) AS n)
"""
