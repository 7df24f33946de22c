"""The order of one partition: what is new, what is a repeat, where a hole begins."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from hashlib import sha256

from chassis.consumer.events import Arrival
from chassis.errors import ThroughlineError


class OrderBroken(ThroughlineError):
    """A topic numbers another log than the one consumed so far: a person must look before it goes on."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How far one partition is done: sequence number, log position, and where to go on in Kafka (a hint).

    `digest` is of the event under that number, which may be another one tomorrow: a log that was restored, or failed
    over and lost rows, gives its numbers again. None where nobody noted it; two marks of one place are the same mark.
    """

    pseq: int = 0
    position: int = 0
    kafka_offset: int = 0
    digest: bytes | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Run:
    """Contiguous new records, the mark after them, and the first record beyond a hole, if there is one."""

    arrivals: list[Arrival]
    after: Mark
    beyond_hole: Arrival | None = None


def take(mark: Mark, arrivals: Iterable[Arrival]) -> Run:
    """Sort one partition's records, in the order in which they came, against how far it is done.

    Repeats (pseq at or under the mark) are dropped. Raises OrderBroken when a next pseq carries an older position, or
    the mark's own pseq another event.
    """
    new: list[Arrival] = []
    pseq, position, offset = mark.pseq, mark.position, mark.kafka_offset
    for arrival in arrivals:
        if arrival.pseq > pseq + 1:
            return Run(new, _after(new, mark, offset), arrival)
        if arrival.pseq == pseq + 1:
            if arrival.position <= position:
                raise OrderBroken(_contradiction(arrival, position))
            new.append(arrival)
            pseq, position = arrival.pseq, arrival.position
        elif arrival.pseq == mark.pseq and mark.digest not in {None, digest_of(arrival)}:
            raise OrderBroken(other_event(arrival.topic, arrival.partition, arrival.pseq))
        offset = offset if arrival.next_offset is None else arrival.next_offset
    return Run(new, _after(new, mark, offset))


def mark_after(arrival: Arrival, offset: int) -> Mark:
    """The mark when this record is the last that is done."""
    return Mark(arrival.pseq, arrival.position, offset, digest_of(arrival))


def digest_of(arrival: Arrival) -> bytes:
    """By what an event is known again: its body, byte for byte as its owner recorded it."""
    return sha256(arrival.body).digest()


def other_event(topic: str, partition: int, pseq: int) -> str:
    """What is said where a number stands for two events."""
    return (
        f"{topic}/{partition}: pseq {pseq} is another event than the one consumed under it, as after a restore that "
        "lost rows; see how to go on in the chassis' README"
    )


def _after(new: list[Arrival], mark: Mark, offset: int) -> Mark:
    return mark_after(new[-1], offset) if new else replace(mark, kafka_offset=offset)


def _contradiction(arrival: Arrival, position: int) -> str:
    return (
        f"{arrival.topic}/{arrival.partition}: pseq {arrival.pseq} carries position {arrival.position}, "
        f"not after {position}; compare the owner's log with this topic"
    )
