"""The order of the chapters, and playing them."""

from collections.abc import Sequence

from sandbox.scenario.chapters import (
    audit,
    charge,
    correction,
    court,
    handover,
    negatives,
    prison,
    promise,
    questions,
    reporting,
    second_crime,
    second_victim,
    support,
)
from sandbox.scenario.steps import Step
from sandbox.scenario.tale import Known, Tale
from sandbox.world import World

CHAPTERS: Sequence[Sequence[Step]] = (
    reporting.STEPS,
    promise.STEPS,
    support.STEPS,
    second_crime.STEPS,
    second_victim.STEPS,
    charge.STEPS,
    court.STEPS,
    handover.STEPS,
    correction.STEPS,
    prison.STEPS,
    questions.STEPS,
    negatives.STEPS,
    audit.STEPS,
)


async def play(world: World) -> Known:
    """Plays the whole story once; what it learned. Raises StepFailed, naming the step and what did not happen."""
    steps = [step for chapter in CHAPTERS for step in chapter]
    world.story.expect(len(steps))
    tale = Tale(world)
    for step in steps:
        with world.step(step.title):
            await step.act(tale)
    return tale.known
