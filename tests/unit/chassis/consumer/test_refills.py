"""Questions to the owner's log: whatever becomes of them is said, and none of them ends the loop."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from chassis.consumer.owner_log import MemoryOwnerLog
from chassis.consumer.refills import Finding, Refills
from chassis.consumer.sequence import Mark, digest_of
from support.arrivals import RECORDED, TOPIC, arrivals
from support.deadline import until


@dataclass
class Told:
    """Keeps what is reported."""

    blind: list[str] = field(default_factory=list)
    answers: int = 0

    def owner_answers(self) -> None:
        self.answers += 1

    def owner_is_away(self, why: str) -> None:
        self.blind.append(why)


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def owner() -> MemoryOwnerLog:
    return MemoryOwnerLog(arrivals(3))


@pytest.fixture
async def refills(owner: MemoryOwnerLog, told: Told) -> AsyncIterator[Refills]:
    async with Refills(owner, TOPIC, told) as opened:
        yield opened


async def answer(refills: Refills) -> Finding:
    found: list[Finding] = []

    async def came() -> bool:
        found.extend(refills.finished())
        return bool(found)

    await until(came, "an answer of the owner's log")
    return found[0]


async def test_what_is_settled_is_told_by_the_owners_time(refills: Refills, owner: MemoryOwnerLog, told: Told) -> None:
    """Guards the tail check in the sandbox, whose clocks were moved: ours would never agree."""
    owner.now = RECORDED + timedelta(seconds=1)
    refills.check(0, Mark())
    assert (await answer(refills)).arrivals == []
    owner.now = RECORDED + timedelta(seconds=3)
    refills.check(0, Mark())
    assert [one.pseq for one in (await answer(refills)).arrivals] == [1, 2, 3]
    assert (told.answers, told.blind) == (2, [])


async def test_an_owner_that_cannot_be_asked_is_said(refills: Refills, owner: MemoryOwnerLog, told: Told) -> None:
    """Guards the word: a wrong scope, address or secret puts the detection of losses out."""
    owner.away = True
    refills.check(0, Mark())
    assert (await answer(refills)).arrivals == []
    assert told.blind == ["OwnerUnreachable: the log that owns intake.events is away"]


async def test_an_owner_without_a_time_is_said(refills: Refills, owner: MemoryOwnerLog, told: Told) -> None:
    owner.says_no_time = True
    refills.check(0, Mark())
    assert (await answer(refills)).arrivals == []
    assert len(told.blind) == 1


@pytest.mark.parametrize("question", ["check", "fill"])
async def test_an_error_that_nobody_expected_is_said_and_asked_again(
    refills: Refills, owner: MemoryOwnerLog, told: Told, question: str
) -> None:
    """Guards the process: the result of a question may not raise in the topic's loop."""
    owner.fault = ValueError("a page that nobody expected")
    getattr(refills, question)(0, Mark())

    async def said() -> bool:
        return bool(told.blind)

    await until(said, "the error on the report")
    assert told.blind == ["ValueError"]
    owner.fault = None
    if question == "check":
        await answer(refills)
        refills.check(0, Mark())
    assert [one.pseq for one in (await answer(refills)).arrivals] == [1, 2, 3]


async def test_a_question_that_a_library_cancels_ends_nothing(refills: Refills, owner: MemoryOwnerLog) -> None:
    owner.fault = asyncio.CancelledError()
    refills.check(0, Mark())

    async def over() -> bool:
        return not list(refills.finished()) and 0 not in refills

    await until(over, "the end of the question")


@pytest.mark.parametrize("question", ["check", "identify", "fill"])
async def test_a_log_that_is_not_the_one_consumed_is_a_contradiction(refills: Refills, question: str) -> None:
    """Guards the identity of the mark's event."""
    getattr(refills, question)(0, Mark(2, 8, 0, b"another"))
    assert "pseq 2 is another event" in ((await answer(refills)).contradiction or "")
    getattr(refills, question)(0, Mark(4, 16, 0))
    assert "the owner's log ends at pseq 3" in ((await answer(refills)).contradiction or "")
    getattr(refills, question)(0, Mark(2, 8, 0, digest_of(arrivals(2)[-1])))
    assert (await answer(refills)).contradiction is None
