"""How many events one transaction takes, and how what came is divided."""

from chassis.consumer.events import Arrival
from chassis.consumer.pieces import MOST, SMALL, Runs, Stride, count_of, cut
from chassis.consumer.sequence import Mark, take
from msgspec import structs
from support.arrivals import arrival, arrivals


def on_kafka(records: list[Arrival]) -> list[Arrival]:
    return [structs.replace(one, next_offset=one.pseq) for one in records]


def runs(first: int, second: int) -> Runs:
    return {
        0: take(Mark(), [*on_kafka(arrivals(first)), arrival(first + 2)]),
        1: take(Mark(), on_kafka(arrivals(second, partition=1))),
    }


MARKS = {0: Mark(), 1: Mark()}


def test_what_fits_is_not_divided() -> None:
    whole = runs(4, 4)
    assert cut(whole, MARKS, 8) == (whole, {})


def test_a_piece_has_the_first_events_of_the_owners_log_and_the_marks_after_them() -> None:
    piece, rest = cut(runs(4, 1), MARKS, 3)
    assert [(one.partition, one.pseq) for run in piece.values() for one in run.arrivals] == [(0, 1), (0, 2), (1, 1)]
    assert (piece[0].after, piece[0].beyond_hole) == (Mark(2, 8, 2), None)
    assert (list(rest), [one.pseq for one in rest[0].arrivals]) == ([0], [3, 4])


def test_pieces_together_are_what_came_and_the_last_one_ends_as_it_did() -> None:
    whole, left, marks = runs(7, 5), runs(7, 5), dict(MARKS)
    seen: list[tuple[int, int]] = []
    ends: dict[int, Arrival | None] = {}
    while left:
        piece, left = cut(left, marks, 2)
        assert 1 <= count_of(piece) <= 2
        seen += [(one.partition, one.pseq) for run in piece.values() for one in run.arrivals]
        marks |= {number: run.after for number, run in piece.items()}
        ends |= {number: run.beyond_hole for number, run in piece.items()}
    assert sorted(seen) == [*((0, n) for n in range(1, 8)), *((1, n) for n in range(1, 6))]
    assert marks == {number: run.after for number, run in whole.items()}
    assert (ends[0], ends[1]) == (whole[0].beyond_hole, None)


def test_repeats_alone_move_kafkas_offset() -> None:
    repeats = {0: take(Mark(2, 8, 0), on_kafka(arrivals(2))), 1: take(Mark(), on_kafka(arrivals(9, partition=1)))}
    piece, rest = cut(repeats, {0: Mark(2, 8, 0), 1: Mark()}, 4)
    assert piece[0].after == Mark(2, 8, 2)
    assert list(rest) == [1]


def test_what_fails_for_the_moment_halves_and_success_doubles() -> None:
    stride = Stride()
    stride.failed(100)
    assert stride.size == 50
    stride.succeeded()
    assert stride.size == 100
    for _ in range(20):
        stride.failed(stride.size)
    assert stride.size == 1
    for _ in range(20):
        stride.succeeded()
    assert stride.size == MOST


def test_a_refusal_makes_it_small_at_once() -> None:
    stride = Stride()
    stride.refused()
    assert stride.size == SMALL
