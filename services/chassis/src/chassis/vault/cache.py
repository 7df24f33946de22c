"""Keys held for a short while: bounded in age, so that an erasure takes effect, and in number."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from chassis.vault.keys import DataKey


class KeyCache:
    """Keys by (purpose, subject): asking for another purpose is another unwrap, and recorded. Least used go first."""

    def __init__(self, *, longest: timedelta, most: int) -> None:
        self._longest = longest
        self._most = most
        self._held: OrderedDict[tuple[str, str], tuple[DataKey, datetime]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._held)

    def get(self, subjects: Iterable[str], *, purpose: str, now: datetime) -> dict[str, DataKey]:
        """The keys still held for these subjects."""
        found: dict[str, DataKey] = {}
        for subject in subjects:
            held = self._held.get((purpose, subject))
            if held is not None and now < held[1]:
                self._held.move_to_end((purpose, subject))
                found[subject] = held[0]
        return found

    def put(self, keys: Mapping[str, DataKey], *, purpose: str, now: datetime) -> None:
        """Hold keys, counted from `now`: the moment they were asked for, not the moment they came."""
        for subject, key in keys.items():
            self._held[purpose, subject] = key, now + self._longest
            self._held.move_to_end((purpose, subject))
        while len(self._held) > self._most:
            self._held.popitem(last=False)

    def drop(self, subject: str) -> None:
        """Forget a subject's key under every purpose."""
        for place in [place for place in self._held if place[1] == subject]:
            del self._held[place]
