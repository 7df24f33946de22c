"""What one batch may hold twice: decided before anything is numbered, not left to the unique index."""

from datetime import UTC, datetime

from chassis.log.admission import Known, admit_all
from chassis.log.chain import GENESIS
from chassis.log.errors import DigestMismatch
from chassis.log.head import Head
from chassis.log.numbering import number
from chassis.log.records import Refusal, Submission
from chassis.log.writing import prepare
from support.log_events import alone, an_event

NOTHING = Known({}, {})
START = Head(0, GENESIS, (0, 0, 0, 0), datetime(2026, 3, 2, 9, tzinfo=UTC))


def test_an_event_that_stands_twice_in_a_batch_is_numbered_once() -> None:
    """Guards the duplicate check within a batch: within a caller's transaction the index would undo everything."""
    event = an_event()
    admission = admit_all([prepare(alone(event)), prepare(Submission((event, an_event())))], NOTHING)
    assert len(admission.fresh) == 2
    first, second = admission.outcomes(number(START, admission.fresh).receipts(admission.fresh))
    assert not isinstance(first, Refusal)
    assert not isinstance(second, Refusal)
    assert [receipt.position for receipt in (*first, *second)] == [1, 1, 2]
    assert [receipt.duplicate for receipt in (*first, *second)] == [False, True, False]


def test_one_name_with_two_contents_in_a_batch_is_refused_the_second_time() -> None:
    event = an_event()
    other = an_event(id=event.id, digest=b"other")
    admission = admit_all([prepare(alone(event)), prepare(alone(other))], NOTHING)
    _, refused = admission.outcomes(number(START, admission.fresh).receipts(admission.fresh))
    assert isinstance(refused, Refusal)
    assert isinstance(refused.error, DigestMismatch)
