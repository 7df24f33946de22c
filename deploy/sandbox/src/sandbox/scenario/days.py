"""Days and hours of the story, on London clocks; the clock only moves forward."""

from datetime import datetime, time, timedelta

from chassis.working_days import LONDON

from sandbox.world import World

SATURDAY = 5
MORNING, EVENING = time(10), time(18)
SAFE_FROM, SAFE_UNTIL = time(17, 30), time(20, 30)
"""The hours that Amira calls safe, on weekdays."""


def next_weekday(after: datetime, *, at: time) -> datetime:
    """The first moment after `after` when it is this time on a weekday in London."""
    local = after.astimezone(LONDON)
    day = local.date()
    while True:
        moment = datetime.combine(day, at, LONDON)
        if moment > local and day.weekday() < SATURDAY:
            return moment
        day += timedelta(days=1)


def is_safe(moment: datetime) -> bool:
    """Whether Amira may be sent something at this moment."""
    local = moment.astimezone(LONDON)
    return local.weekday() < SATURDAY and SAFE_FROM <= local.time() < SAFE_UNTIL


async def morning_comes(world: World) -> datetime:
    """Moves the clock to ten on the next weekday."""
    return await _comes(world, MORNING)


async def evening_comes(world: World) -> datetime:
    """Moves the clock to six in the evening of this day, or of the next weekday."""
    return await _comes(world, EVENING)


async def _comes(world: World, at: time) -> datetime:
    return await world.clock.advance_to(next_weekday(await world.clock.now(), at=at))
