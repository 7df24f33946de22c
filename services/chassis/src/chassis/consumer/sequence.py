"""The order of one partition: what is new, what is a repeat, where a hole begins."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from chassis.consumer.events import Arrival
from chassis.errors import ThroughlineError


class OrderBroken(ThroughlineError):
    """A topic numbers another log than the one consumed so far: a person must look before it goes on."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How far one partition is done: sequence number, log position, and where to go on in Kafka (a hint)."""

    pseq: int = 0
    position: int = 0
    kafka_offset: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """Contiguous new records, the mark after them, and the first record beyond a hole, if there is one."""

    arrivals: list[Arrival]
    after: Mark
    beyond_hole: Arrival | None = None


def take(mark: Mark, arrivals: Iterable[Arrival]) -> Run:
    """Sort one partition's records, in the order in which they came, against how far it is done.

    Repeats (pseq at or under the mark) are dropped. Raises OrderBroken when a next pseq carries an older position.
    """
    new: list[Arrival] = []
    pseq, position, offset = mark.pseq, mark.position, mark.kafka_offset
    for arrival in arrivals:
        if arrival.pseq > pseq + 1:
            return Run(new, Mark(pseq, position, offset), arrival)
        if arrival.pseq == pseq + 1:
            if arrival.position <= position:
                raise OrderBroken(_contradiction(arrival, position))
            new.append(arrival)
            pseq, position = arrival.pseq, arrival.position
        offset = offset if arrival.next_offset is None else arrival.next_offset
    return Run(new, Mark(pseq, position, offset))


def digest_of(arrival: Arrival) -> bytes:
    """By what an event is known again: its body, byte for byte as its owner recorded it."""
    return sha256(arrival.body).digest()


def _contradiction(arrival: Arrival, position: int) -> str:
    return (
        f"{arrival.topic}/{arrival.partition}: pseq {arrival.pseq} carries position {arrival.position}, "
        f"not after {position}; compare the owner's log with this topic"
    )
