"""The sentence was sent in error: the court amends it, and Amira is told that it was wrong."""

from collections.abc import Sequence

from sandbox.scenario import cast
from sandbox.scenario.answers import Entry
from sandbox.scenario.chapters.court import SENTENCE, resulted
from sandbox.scenario.days import morning_comes
from sandbox.scenario.hearings import share_results
from sandbox.scenario.steps import Step
from sandbox.scenario.tale import Tale
from sandbox.scenario.telling import hers, news_of, told_the_same_evening
from sandbox.scenario.waiting import demand

WEEKS = 6
CORRECTED = "court.event-corrected"


async def court_amends(tale: Tale) -> None:
    """The same result with other content is a correction of what was said, not another sentence."""
    now = await morning_comes(tale.world)
    sitting = tale.known.sitting
    demand(sitting, "no trial was listed")
    if sitting is not None:
        await share_results(tale.world, resulted(sitting, weeks=WEEKS), at=now)
    right = (await news_of(tale, CORRECTED))[0]
    timeline = await hers(tale)
    demand(len(timeline.of(SENTENCE)) == 1, "the amended sentence was taken for a second one")
    wrong = timeline.of(SENTENCE)[0]
    demand(wrong.corrected_by == right.event, "her timeline does not say that the first sentence was wrong")
    demand_it_says_so(right)


def demand_it_says_so(right: Entry) -> None:
    """It says that the earlier entry was wrong, and what is right. Raises NotSo."""
    demand("was wrong" in right.meaning, f"the correction does not say that it was wrong: {right.meaning}")
    said = right.meaning + " ".join(detail.text for detail in right.details)
    demand(str(WEEKS) in said, "the correction does not say what is right")


async def she_is_told(tale: Tale) -> None:
    await told_the_same_evening(tale, CORRECTED, officer=cast.WITNESS_CARE_OFFICER)


STEPS: Sequence[Step] = (
    Step("The court corrects the sentence: her timeline says what was wrong", court_amends),
    Step("She is told of the correction the same evening", she_is_told),
)
