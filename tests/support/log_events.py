"""Invented events for tests of the log and its relay."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import count

from chassis.log.records import NewEvent, Receipt, Refusal, Submission
from msgspec.structs import replace

_numbers = count(1)

SOURCE = "urn:test:police"


def an_event(**changes: object) -> NewEvent:
    """A streamless public fact with an id of its own; `changes` replace fields."""
    number = next(_numbers)
    id_ = f"event-{number}"
    body = b'{"id":"%s","data":{"what":"invented"}}' % id_.encode()
    event = NewEvent(
        id=id_,
        source=SOURCE,
        type="police.crime-reported.v1",
        stream=f"case/{number}",
        version=None,
        key=f"case-{number}",
        occurred_at=datetime(2026, 3, 2, 9, 30, tzinfo=UTC),
        body=body,
        digest=hashlib.sha256(body).digest(),
    )
    return replace(event, **changes)


def alone(event: NewEvent) -> Submission:
    """A submission of one event."""
    return Submission((event,))


def receipts(results: Sequence[Receipt | Refusal]) -> list[Receipt]:
    """The results, all of which must be receipts."""
    for result in results:
        assert isinstance(result, Receipt), f"refused: {result}"
    return [result for result in results if isinstance(result, Receipt)]


def refusals(results: Sequence[Receipt | Refusal]) -> list[Exception]:
    """The errors of the results, all of which must be refusals."""
    for result in results:
        assert isinstance(result, Refusal), f"not refused: {result}"
    return [result.error for result in results if isinstance(result, Refusal)]
