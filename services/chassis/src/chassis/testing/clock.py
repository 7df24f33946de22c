"""A clock that stands still until it is moved."""

from datetime import UTC, datetime, timedelta


class FakeClock:
    """Time moves only by `advance`; ids are UUID-shaped and count up; tokens differ and can be foretold."""

    def __init__(self, now: datetime = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)) -> None:
        self._now = now
        self._made = 0

    def now(self) -> datetime:
        return self._now

    def advance(self, step: timedelta) -> None:
        """Move forward; a clock never goes back."""
        if step < timedelta(0):
            raise ValueError("a clock moves only forward")
        self._now += step

    def new_id(self) -> str:
        self._made += 1
        return f"01930000-0000-7000-8000-{self._made:012x}"

    def token(self, nbytes: int) -> str:
        self._made += 1
        return f"token-{self._made}-".ljust(max(nbytes, 12), "x")
