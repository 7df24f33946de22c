"""Whatever happens, no promised interval passes without a message, a telling or a contact asked of an officer."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chassis.testing.clock import FakeClock
from contracts.ids import MessageId
from contracts.journey import Reach
from contracts.notifications import Safety
from contracts.telling import Tell
from hypothesis import given, settings
from hypothesis import strategies as st
from notifications.deciding.questioning import question_promise
from notifications.decisions.news import News
from notifications.delivery.providers.memory import MemoryProvider
from notifications.ledger.memory import MemoryLedgers
from notifications.messages.facts import MessageSent
from notifications.officer_contacts.facts import OfficerContactDue
from notifications.promise.memory_seals import MemorySeals
from notifications.promise.windows import SafeTimes
from notifications.transaction.ledger import Alarm
from support.notifications_world import ALWAYS, AMIRA, EVENINGS, NOON, World, email_promise, news_of

DAYS = 14
TO_THE_NEXT_EVENING = timedelta(days=3, hours=2)
"""From Friday night to Monday evening, and the hour in which a message leaves."""


@dataclass(slots=True)
class Life:
    """One victim's, with the timers that ring in it."""

    world: World
    clock: FakeClock
    ledgers: MemoryLedgers
    heard: int = 0
    heard_from: datetime = NOON

    @property
    def last(self) -> News:
        """What was heard last; before there is any, news that never came."""
        return news_of(f"news {self.heard}")

    async def hear(self, **changes: object) -> None:
        self.heard += 1
        await self.world.hear(replace(self.last, **changes))  # type: ignore[arg-type]

    async def be_told(self, telling: Awaitable[object]) -> None:
        await telling
        self.heard_from = self.clock.now()

    async def be_warned(self) -> None:
        async with self.ledgers.begin() as ledger:
            await question_promise(ledger, AMIRA)

    async def agree(self, *, times: SafeTimes = ALWAYS, safe: Safety = Safety.SAFE) -> None:
        promise = self.ledgers.state.in_force.get(AMIRA)
        read = promise.version if promise else None
        await self.world.agree(email_promise(times=times, safe=safe, days=DAYS), read=read)
        self.heard_from = self.clock.now()

    async def let_pass(self, span: timedelta) -> None:
        """Ring each alarm at its time."""
        end = self.clock.now() + span
        while due := [(at, key) for key, at in self.ledgers.state.alarms.items() if at <= end]:
            at, key = min(due)
            self.clock.advance(max(at - self.clock.now(), timedelta()))
            del self.ledgers.state.alarms[key]
            await self._ring(*key)
            self._look()
        self.clock.advance(end - self.clock.now())
        self._look()

    async def _ring(self, alarm: Alarm, key: str) -> None:
        match alarm:
            case Alarm.TELL:
                await self.world.tell()
            case Alarm.NOTHING_CHANGED:
                await self.world.break_silence()
            case _:
                async with self.ledgers.begin() as ledger:
                    await ledger.messages.ring([MessageId(key)])
        await self.world.carry()

    def _look(self) -> None:
        heard = [fact.at for fact in self.ledgers.state.facts if isinstance(fact, MessageSent | OfficerContactDue)]
        last = max([self.heard_from, *heard])
        assert self.clock.now() - last <= timedelta(days=DAYS) + TO_THE_NEXT_EVENING, "a promised silence passed"


HAPPENS: Mapping[str, Callable[[Life], Awaitable[None]]] = {
    "news": lambda life: life.hear(),
    "doubtful news": lambda life: life.hear(reach=Reach.OFFICER),
    "hard news": lambda life: life.hear(tell=Tell.OFFICER_FIRST),
    "a correction": lambda life: life.hear(corrects=life.last.news_id),
    "a retraction": lambda life: life.hear(corrects=life.last.news_id, retracts=True),
    "not hers": lambda life: life.world.withdraw(life.last),
    "seen": lambda life: life.be_told(life.world.see(life.last)),
    "a contact": lambda life: life.be_told(life.world.contact(life.last)),
    "a warning": Life.be_warned,
    "agreed": Life.agree,
    "agreed for evenings": lambda life: life.agree(times=EVENINGS),
    "agreed without a channel": lambda life: life.agree(safe=Safety.UNKNOWN),
    "a week passes": lambda life: life.let_pass(timedelta(days=7)),
    "ten days pass": lambda life: life.let_pass(timedelta(days=10)),
}


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(sorted(HAPPENS)), max_size=16))
def test_no_promised_interval_passes_in_silence(happens: Sequence[str]) -> None:
    clock = FakeClock(NOON)
    ledgers = MemoryLedgers(clock)
    life = Life(World(ledgers, clock, MemorySeals(), MemoryProvider()), clock, ledgers)

    async def live() -> None:
        for what in ("agreed", *happens, *["a week passes"] * 5):
            await HAPPENS[what](life)

    asyncio.run(live())
