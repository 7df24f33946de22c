"""Repeats, holes and contradictions in one partition's order. Guards: the pseq check and the duplicate check."""

from datetime import UTC, datetime

import pytest
from chassis.consumer.events import Arrival
from chassis.consumer.sequence import Mark, OrderBroken, Run, take
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

WHEN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def record(pseq: int, *, position: int | None = None, offset: int = 0) -> Arrival:
    return Arrival("intake.events", 0, pseq, position or pseq * 10, "case-1", WHEN, None, b"{}", offset + 1)


def numbers(run: Run) -> list[int]:
    return [one.pseq for one in run.arrivals]


def test_contiguous_records_are_new() -> None:
    run = take(Mark(2, 20, 2), [record(3, offset=2), record(4, offset=3)])
    assert numbers(run) == [3, 4]
    assert run.after == Mark(4, 40, 4)
    assert run.beyond_hole is None


def test_repeats_are_dropped_and_kafka_goes_on_behind_them() -> None:
    """Guards the duplicate check."""
    run = take(Mark(3, 30, 0), [record(2, offset=7), record(3, offset=8), record(4, offset=9), record(4, offset=10)])
    assert numbers(run) == [4]
    assert run.after == Mark(4, 40, 11)


def test_a_hole_ends_the_run_before_it() -> None:
    """Guards the pseq check."""
    run = take(Mark(1, 10, 1), [record(2, offset=1), record(4, offset=2), record(5, offset=3)])
    assert numbers(run) == [2]
    assert run.beyond_hole is not None
    assert run.beyond_hole.pseq == 4
    assert run.after == Mark(2, 20, 2)


def test_a_topic_that_numbers_another_log_is_refused() -> None:
    with pytest.raises(OrderBroken, match="pseq 4 carries position 7"):
        take(Mark(3, 30, 3), [record(4, position=7)])


@given(st.lists(st.integers(1, 12), max_size=40), st.integers(0, 6))
def test_whatever_arrives_each_number_is_taken_once_in_order_without_gaps(pseqs: list[int], done: int) -> None:
    """Guards the pseq check and the duplicate check."""
    mark = Mark(done, done * 10, 0)
    run = take(mark, [record(pseq, offset=index) for index, pseq in enumerate(pseqs)])
    assert numbers(run) == list(range(done + 1, run.after.pseq + 1))
    if run.beyond_hole is None:
        assert all(pseq <= run.after.pseq for pseq in pseqs)
    else:
        assert run.beyond_hole.pseq > run.after.pseq + 1


def test_the_marks_own_number_with_another_event_contradicts() -> None:
    """Guards the identity: a log that lost rows gives its numbers again."""
    after = take(Mark(2, 20, 2), [record(3)]).after
    assert numbers(take(after, [record(2), record(3)])) == []
    other = structs.replace(record(3), body=b'{"another": true}')
    with pytest.raises(OrderBroken, match="another event"):
        take(after, [other])


def test_without_a_note_of_the_event_nothing_is_contradicted() -> None:
    assert numbers(take(Mark(3, 30, 3), [record(3)])) == []
