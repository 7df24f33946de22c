"""The court lists a trial, moves it with a reason, is silent for a month, and results it."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, time, timedelta

from sandbox.scenario import cast
from sandbox.scenario.answers import DueItem, Entry, Owed
from sandbox.scenario.days import evening_comes, morning_comes, next_weekday
from sandbox.scenario.hearings import (
    confirm,
    guilty_and_sentenced,
    hearing,
    moved_because_no_court_was_free,
    share_results,
)
from sandbox.scenario.letters import NOTHING_CHANGED, letters
from sandbox.scenario.people import in_care_of, record_contact, status
from sandbox.scenario.steps import Step
from sandbox.scenario.tale import Tale
from sandbox.scenario.telling import (
    deliveries_are_on_record,
    hers,
    news_of,
    nothing_is_owed,
    notified_in_the_evening,
    told_the_same_evening,
)
from sandbox.scenario.waiting import demand, eventually, until

SITTING_AT = time(10, 30)
LISTED_AHEAD, MOVED_AHEAD = timedelta(days=35), timedelta(days=49)
WEEKS_AT_FIRST = 26
SET, CHANGED = "court.trial-date-set", "court.trial-date-changed"
VERDICT, SENTENCE = "court.verdict-reached", "court.sentence-passed"


async def trial_is_listed(tale: Tale) -> None:
    """The same snapshot sent twice is one listing."""
    now = await morning_comes(tale.world)
    listed = hearing(cast.TRIAL_ID, sitting=next_weekday(now + LISTED_AHEAD, at=SITTING_AT))
    await confirm(tale.world, listed)
    await confirm(tale.world, listed)
    await told_the_same_evening(tale, SET, officer=cast.POLICE_OFFICER)


async def trial_is_moved(tale: Tale) -> None:
    """She can read why, and the next date is the new one."""
    now = await morning_comes(tale.world)
    sitting = next_weekday(now + MOVED_AHEAD, at=SITTING_AT)
    await confirm(tale.world, moved_because_no_court_was_free(hearing(cast.TRIAL_ID, sitting=sitting)))
    news = await news_of(tale, CHANGED)
    demand(len((await hers(tale)).of(SET)) == 1, "one listing, sent twice, is on her timeline more than once")
    said = " ".join(f"{detail.label} {detail.text}" for detail in news[0].details) + news[0].meaning
    demand("did not have enough time" in said, f"she cannot read why the trial moved: {said}")
    following = (await status(tale.world, cast.AMIRA, of=tale.known.amira)).next_date
    demand(following is not None and following.on == sitting.date(), "her next date is not that of the moved trial")
    tale.known.sitting = sitting


async def she_does_not_open_it(tale: Tale) -> None:
    """Notified is not told: by the reminder it becomes an officer's contact, due before the duty is."""
    await notified_in_the_evening(tale, await news_of(tale, CHANGED))
    duty = await _duty_to_tell_of_the_move(tale)
    await tale.world.clock.advance_to(duty.reminder_at + timedelta(minutes=1))
    item = await eventually("the officer is asked to tell her, as she did not look", _contact_about(tale, duty.news_id))
    demand(item.due_at <= duty.due_at, f"the officer is asked for {item.due_at}, after it is due at {duty.due_at}")
    demand(await tale.world.clock.now() < duty.due_at, "the officer was asked only after it was due")
    at = await tale.world.clock.now()
    await record_contact(tale.world, cast.POLICE_OFFICER, victim=tale.known.amira, about=item, at=at)
    await nothing_is_owed(tale, officer=cast.POLICE_OFFICER)
    told = (await hers(tale)).of(CHANGED)[0]
    demand(told.told_how == "in-person", f"her timeline says that she was told by {told.told_how}")


async def nothing_changes_for_a_month(tale: Tale) -> None:
    """She was promised to hear at least every 28 days; that this is so is said in a safe hour, and neutrally."""
    world = tale.world
    await world.clock.advance_by(timedelta(days=28, minutes=5))
    await evening_comes(world)

    async def said_so() -> bool:
        return any(NOTHING_CHANGED in letter.body for letter in await letters(world))

    await until("the message that nothing has changed, after 28 days", said_so)
    await deliveries_are_on_record(tale)
    tale.known.before_the_verdict = await world.clock.now()


async def trial_is_resulted(tale: Tale) -> None:
    sitting = tale.known.sitting
    demand(sitting, "no trial was listed")
    if sitting is not None:
        shared = await tale.world.clock.advance_to(sitting + timedelta(hours=5))
        await share_results(tale.world, resulted(sitting, weeks=WEEKS_AT_FIRST), at=shared)
    verdict, sentence = await _one_of_each(tale)
    demand(verdict.reach == "victim" and sentence.reach == "victim", "the outcome does not reach her")


async def she_is_told_the_outcome(tale: Tale) -> None:
    owed = {duty.duty_id for duty in (await status(tale.world, cast.AMIRA, of=tale.known.amira)).owed}
    demand(owed >= {"R9-OUTCOME", "R9-SENTENCE"}, f"verdict and sentence are not owed to her: {sorted(owed)}")
    await told_the_same_evening(tale, VERDICT, SENTENCE, officer=cast.POLICE_OFFICER)


def resulted(sitting: datetime, *, weeks: int) -> dict[str, object]:
    """The trial with its results: guilty, and so many weeks."""
    outcome = guilty_and_sentenced(cast.TRIAL_ID, on=sitting, weeks=weeks)
    return moved_because_no_court_was_free(hearing(cast.TRIAL_ID, sitting=sitting, offence=outcome))


async def _one_of_each(tale: Tale) -> tuple[Entry, Entry]:
    news = await news_of(tale, VERDICT, SENTENCE)
    demand(len(news) == 2, f"there are {len(news)} items about one verdict and one sentence")
    by_type = {entry.type.rpartition(".")[0]: entry for entry in news}
    return by_type[VERDICT], by_type[SENTENCE]


async def _duty_to_tell_of_the_move(tale: Tale) -> Owed:
    owed = (await status(tale.world, cast.AMIRA, of=tale.known.amira)).owed
    hearings = [duty for duty in owed if duty.duty_id == "R8-HEARING"]
    demand(len(hearings) == 1, f"{len(hearings)} duties to tell her of a hearing are open, not one")
    return hearings[0]


def _contact_about(tale: Tale, news_id: str) -> Callable[[], Awaitable[DueItem | None]]:
    async def look() -> DueItem | None:
        care = await in_care_of(tale.world, cast.POLICE_OFFICER, victim=tale.known.amira)
        items = care.items if care else ()
        return next((item for item in items if item.kind == "contact" and news_id in item.news_ids), None)

    return look


STEPS: Sequence[Step] = (
    Step("The court lists a trial, and she is told the same evening", trial_is_listed),
    Step("The court moves the trial, with a reason that she can read", trial_is_moved),
    Step("She does not open it: an officer is asked in time, and tells her in person", she_does_not_open_it),
    Step("A month without news: she hears that nothing has changed", nothing_changes_for_a_month),
    Step("The trial ends with a verdict and a sentence", trial_is_resulted),
    Step("She is told both the same evening, and nothing is due", she_is_told_the_outcome),
)
