"""One release may raise several messages, and a prisoner of two numbers one under each: told once."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from intake.prisons.movements import Meaning, Movement

NEAR: Final = timedelta(hours=24)


def is_doubled(movement: Movement, told: Sequence[tuple[Meaning, datetime]]) -> bool:
    """Was the same told of the same defendant within a day, with nothing else told in between?

    `told` has what was told of the defendant near this movement, in order of time.
    """
    before = [meaning for meaning, at in told if at <= movement.occurred_at]
    after = [meaning for meaning, at in told if at > movement.occurred_at]
    return before[-1:] == [movement.meaning] or after[:1] == [movement.meaning]
