"""The hours of the story: mornings, evenings, and what Amira calls safe."""

from datetime import UTC, datetime

import pytest
from sandbox.scenario.days import EVENING, MORNING, is_safe, next_weekday


def london_winter(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def test_the_next_morning_of_a_sunday_is_mondays() -> None:
    assert next_weekday(london_winter(22, 2), at=MORNING) == london_winter(23, 10)


def test_the_next_morning_of_a_friday_afternoon_is_mondays() -> None:
    assert next_weekday(london_winter(27, 15), at=MORNING) == london_winter(30, 10)


def test_the_evening_of_a_weekday_morning_is_the_same_days() -> None:
    assert next_weekday(london_winter(23, 10), at=EVENING) == london_winter(23, 18)


def test_a_moment_is_never_its_own_next_one() -> None:
    assert next_weekday(london_winter(23, 18), at=EVENING) == london_winter(24, 18)


@pytest.mark.parametrize(
    ("moment", "safe"),
    [
        (london_winter(23, 17, 30), True),
        (london_winter(23, 20, 29), True),
        (london_winter(23, 20, 30), False),
        (london_winter(23, 10), False),
        (london_winter(28, 18), False),
        (datetime(2027, 7, 5, 16, 30, tzinfo=UTC), True),
        (datetime(2027, 7, 5, 20, 0, tzinfo=UTC), False),
    ],
)
def test_only_weekday_evenings_in_london_are_safe(moment: datetime, *, safe: bool) -> None:
    assert is_safe(moment) is safe
