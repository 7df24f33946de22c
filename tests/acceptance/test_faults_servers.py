"""Kafka and PostgreSQL killed under a running system: what depends on them waits, says so, and catches up."""

import asyncio

import httpx2
import pytest
from sandbox.system.plan import WATCHED
from support.deadline import until
from support.everything import Everything
from support.load import reported

pytestmark = [pytest.mark.servers, pytest.mark.asyncio(loop_scope="session")]

BATCHES = 60


async def test_without_kafka_intake_goes_on_accepting_and_the_rest_catches_up(everything: Everything) -> None:
    kafka, agencies = everything.system.kafka, everything.agencies
    kafka.kill()
    try:
        answers = await asyncio.gather(
            *(agencies.send("police", [reported(agencies.next_number())]) for _ in range(BATCHES))
        )
        assert {answer.status_code for answer in answers} == {200}
        await everything.victims.have_news()
    finally:
        await kafka.start()
    await everything.lost_and_repeated_nothing()


async def test_without_postgresql_intake_says_try_again_and_leaves_nothing_half_done(everything: Everything) -> None:
    postgres, agencies = everything.system.postgres, everything.agencies
    refused = [reported(agencies.next_number())]
    load = asyncio.create_task(agencies.report_crimes(BATCHES))
    await everything.victims.have_news()
    postgres.kill()
    try:
        answer = await agencies.send("police", refused)
        assert_told_to_try_again(answer)
    finally:
        await postgres.start()
    await load
    await agencies.publish("police", refused)
    await until(lambda: all_ready(everything), "every service is ready again", seconds=60)
    await everything.lost_and_repeated_nothing()


def assert_told_to_try_again(answer: httpx2.Response) -> None:
    """503 as problem details (RFC 9457), with the seconds to wait."""
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert int(answer.headers["retry-after"]) > 0
    assert answer.json()["status"] == 503


async def all_ready(everything: Everything) -> bool:
    plan = everything.system.plan
    answers = [
        await everything.world.http.get(f"{plan.health(name)}/{path}")
        for name in WATCHED
        for path in ("readyz", "progress")
    ]
    return all(answer.status_code == 200 for answer in answers)
