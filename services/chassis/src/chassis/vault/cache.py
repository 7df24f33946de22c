"""Keys held for a short while: bounded in age, so that an erasure takes effect, and in number."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from chassis.vault.keys import DataKey


class KeyCache:
    """Keys by purpose and subject: asking for another purpose is another unwrap, and recorded. The oldest go first."""

    def __init__(self, *, longest: timedelta, most: int) -> None:
        self._longest = longest
        self._most = most
        self._held: dict[str, dict[str, tuple[DataKey, datetime]]] = {}

    def __len__(self) -> int:
        return sum(map(len, self._held.values()))

    def get(self, subjects: Iterable[str], *, purpose: str, now: datetime) -> dict[str, DataKey]:
        """The keys still held for these subjects."""
        held = self._held.get(purpose, {})
        return {subject: kept[0] for subject in subjects if (kept := held.get(subject)) is not None and now < kept[1]}

    def put(self, keys: Mapping[str, DataKey], *, purpose: str, now: datetime) -> None:
        """Hold keys, counted from `now`: the moment they were asked for, not the moment they came."""
        held, until = self._held.setdefault(purpose, {}), now + self._longest
        for subject, key in keys.items():
            held.pop(subject, None)
            held[subject] = key, until
        while len(held) > self._most:
            del held[next(iter(held))]

    def drop(self, subject: str) -> None:
        """Forget a subject's key under every purpose."""
        for held in self._held.values():
            held.pop(subject, None)
