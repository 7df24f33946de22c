"""Sees a connection that looks alive and delivers nothing (aiokafka 1154, 847, 703)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from chassis.errors import TransientFailure

FROZEN_SECONDS = 10.0


class ConsumerStuck(TransientFailure):
    """Kafka has records that it does not deliver to us; the connection is thrown away and opened again."""


@dataclass(slots=True)
class Watchdog:
    """Per partition: since when does the position stand still although the broker's end is beyond it?"""

    frozen_seconds: float = FROZEN_SECONDS
    _positions: dict[int, int] = field(default_factory=dict)
    _since: dict[int, float] = field(default_factory=dict)

    def busy(self, now: float) -> None:
        """Nothing is fetched while what was fetched is worked on, or it is fetched again."""
        self._since = dict.fromkeys(self._since, now)

    def look(self, now: float, *, positions: Mapping[int, int], ends: Mapping[int, int]) -> None:
        """Compare with the last look (`now` in monotonic seconds); raises ConsumerStuck."""
        for partition, position in positions.items():
            waiting = ends.get(partition, 0) > position
            moved = self._positions.get(partition) != position
            self._positions[partition] = position
            if moved or not waiting:
                self._since[partition] = now
            elif now - self._since[partition] >= self.frozen_seconds:
                raise ConsumerStuck(f"partition {partition} stands at {position}, {ends[partition]} is the end")
