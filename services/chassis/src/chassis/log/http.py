"""`GET /log`: the owner's log for consumers that found a hole and for auditors, who also ask how far consumers are."""

from typing import Annotated, Protocol

from fastapi import APIRouter, Depends, Query, Response

from chassis.database import Pool
from chassis.http.answers import PERMISSION, json_answer
from chassis.log.reader import body_digest, read_after, read_numbered, read_partition
from chassis.log.served import Checkpoint, LogPage, ServedHead, ServedRecord, encode_checkpoints, encode_page
from chassis.security.bearer import PrincipalOf

_PAGE_BYTES = 8 << 20

After = Annotated[int, Query(ge=0, le=2**62, description="the last position already seen")]
Limit = Annotated[int, Query(ge=1, le=1000)]
Partition = Annotated[int | None, Query(ge=0, le=1023, description="only what is relayed to this Kafka partition")]
AfterPseq = Annotated[
    int | None,
    Query(ge=0, le=2**62, description="with a partition: the last number seen in it, in place of a position"),
]


class ScopeCheck(Protocol):
    """The part of `Bearer` that this router needs."""

    def require_scope(self, scope: str) -> PrincipalOf: ...


def log_router(pool: Pool, bearer: ScopeCheck, *, topic: str) -> APIRouter:
    """Serve the log that is relayed to `topic`; the caller's token needs the scope log:read."""
    router = APIRouter(dependencies=[Depends(bearer.require_scope("log:read"))], responses=PERMISSION)

    @router.get(
        "/log",
        summary="The log by position, to refill a hole or to verify the chain",
        response_class=Response,
        responses=json_answer(LogPage, "A page of the log, and where the log ends."),
    )
    async def read_log(
        after: After = 0, limit: Limit = 500, partition: Partition = None, after_pseq: AfterPseq = None
    ) -> Response:
        page = await _page(pool, after, after_pseq, limit=limit, partition=partition, topic=topic)
        return Response(encode_page(page), media_type="application/json")

    @router.get(
        "/log/checkpoints",
        summary="How far this service's consumers are in other services' logs",
        response_class=Response,
        responses=json_answer(list[Checkpoint], "One for each partition that is read."),
    )
    async def read_checkpoints() -> Response:
        async with pool.acquire() as connection:
            rows = await connection.fetch(_CHECKPOINTS)
        return Response(encode_checkpoints([Checkpoint(*row) for row in rows]), media_type="application/json")

    return router


async def _page(
    pool: Pool, after: int, after_pseq: int | None, *, limit: int, partition: int | None, topic: str
) -> LogPage:
    seen = None
    async with pool.acquire() as connection:
        # The head is read first: a record that the page lacks may then only be newer than the head.
        *head, now = await connection.fetchrow("SELECT position, hash, pseqs, business_now() FROM log_head")
        if partition is None:
            records = await read_after(connection, after, limit=limit, upto_bytes=_PAGE_BYTES)
        elif after_pseq is None:
            records = await read_partition(connection, partition, after=after, limit=limit, upto_bytes=_PAGE_BYTES)
        else:
            seen = await body_digest(connection, partition, pseq=after_pseq)
            records = await read_numbered(
                connection, partition, after_pseq=after_pseq, limit=limit, upto_bytes=_PAGE_BYTES
            )
    return LogPage([ServedRecord.of(record, topic=topic) for record in records], ServedHead(*head), now, seen)


_CHECKPOINTS = """
SELECT o.consumer, o.topic, o.partition, o.pseq, o.position, count(p.pseq) AS parked
FROM consumer_offset o LEFT JOIN parked p USING (consumer, topic, partition)
GROUP BY o.consumer, o.topic, o.partition ORDER BY o.consumer, o.topic, o.partition
"""
