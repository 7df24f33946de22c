"""What the logs, the read models and the mailbox of a running system say, compared with what was acknowledged."""

from collections import Counter
from collections.abc import AsyncIterator, Mapping

import asyncpg
import msgspec
from chassis.log.served import ServedRecord, decode_page, verify_served
from sandbox.scenario.calls import Service, address, expect
from sandbox.system.running import RunningSystem
from sandbox.world import World
from support.deadline import until
from support.load import Kept

FACTS = "SELECT id FROM fact WHERE topic = 1"
RELAYED = "SELECT count(*) FROM log WHERE partition IS NOT NULL"


async def log_of(world: World, service: Service) -> AsyncIterator[ServedRecord]:
    """A service's whole log as an auditor reads it."""
    after = 0
    while True:
        token = await world.as_system("sandbox-auditor", audience=f"throughline-{service}")
        question = {"after": after, "limit": 1000}
        answer = await world.http.get(f"{address(world, service)}/log", params=question, headers=token)
        records = decode_page(expect(answer, 200).content).records
        if not records:
            return
        for record in records:
            yield record
        after = records[-1].position


async def assert_kept(world: World, acknowledged: Mapping[str, Kept]) -> None:
    """Every receipt's event is in the log once, at its place with its hash, and the chain holds."""
    records = [record async for record in log_of(world, Service.INTAKE)]
    verify_served(records)
    names = Counter((record.source, record.id) for record in records)
    assert max(names.values()) == 1, "an event is in the log twice"
    found = {record.id: Kept(record.position, record.hash) for record in records if record.id in acknowledged}
    assert found == acknowledged


async def facts_have_come(system: RunningSystem, acknowledged: Mapping[str, Kept], *, seconds: float = 90.0) -> None:
    """Waits until journey's read model holds all that intake relays; then it holds each acknowledged fact once."""
    relayed = await value(system, "intake", RELAYED)

    async def all_here() -> bool:
        return await value(system, "journey", f"SELECT count(*) FROM ({FACTS}) AS facts") >= relayed

    await until(all_here, f"journey has all {relayed} facts of intake", seconds=seconds)
    found = Counter([row["id"] for row in await rows(system, "journey", FACTS)])
    assert {id_: found[id_] for id_ in acknowledged} == dict.fromkeys(acknowledged, 1)
    assert await value(system, "journey", "SELECT count(*) FROM parked") == 0


async def assert_told_once(world: World) -> int:
    """No message left twice and no news stands in two messages; returns how many messages left."""
    references, news = Counter[str](), Counter[str]()
    async for record in log_of(world, Service.NOTIFICATIONS):
        if record.type == "notifications.message-sent.v1":
            sent = msgspec.json.decode(record.body)["data"]
            references[sent["reference"]] += 1
            news.update(sent["news_ids"])
    letters = Counter([letter.reference for letter in await world.notify.messages()])
    assert letters == references, "the mailbox and the record of what was sent differ"
    assert set(letters.values()) <= {1}, "a message was handed over twice"
    assert set(news.values()) <= {1}, "news was told in two messages"
    return sum(letters.values())


async def value(system: RunningSystem, database: str, query: str) -> int:
    """One number from a service's database."""
    return int((await rows(system, database, query))[0][0])


async def rows(system: RunningSystem, database: str, query: str) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(system.postgres.dsn(database))
    try:
        return list(await connection.fetch(query))
    finally:
        await connection.close()
