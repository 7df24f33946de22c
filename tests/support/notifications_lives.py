"""One victim's life as notifications sees it: what is said of news, promised, told and taken back, and time passing."""

import os
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from chassis.testing.clock import FakeClock
from contracts.ids import ContactId, DutyKey, MessageId
from contracts.journey import Reach
from contracts.notifications import Safety
from contracts.telling import Tell
from notifications.agreeing.promising import ClearTerms
from notifications.deciding.questioning import question_promise
from notifications.decisions.news import News
from notifications.delivery.provider import Refused
from notifications.delivery.providers.memory import MemoryProvider
from notifications.errors import PromiseHasMoved
from notifications.ledger.memory import MemoryLedgers
from notifications.promise.memory_seals import MemorySeals
from notifications.promise.windows import SafeTimes
from notifications.transaction.ledger import Alarm
from support.notifications_world import ALWAYS, AMIRA, EVENINGS, NOON, World, email_promise, news_of

LIVES = int(os.environ.get("LIVES", "150"))  # noqa: TID251 how many, for a long run by hand
DAYS = 14
"""The longest silence that is ever promised in a life."""


@dataclass(slots=True)
class Life:
    """One victim's, with the timers that ring in it. `look` is called whenever all that was due has happened."""

    world: World
    clock: FakeClock
    ledgers: MemoryLedgers
    look: Callable[["Life"], None]
    said: list[News] = field(default_factory=list)
    heard_at: list[datetime] = field(default_factory=lambda: [NOON])
    contacts: dict[ContactId, datetime] = field(default_factory=dict)
    duties: list[DutyKey] = field(default_factory=list)

    @property
    def heard_from(self) -> datetime:
        """When she last agreed a promise, looked, or heard from an officer whose contact stands."""
        return max([*self.heard_at, *self.contacts.values()])

    def item(self, back: int) -> News:
        """What was said so long ago; before there is any, news that never came."""
        return self.said[max(len(self.said) - 1 - back, 0)] if self.said else news_of("never")

    async def hear(self, **changes: object) -> None:
        """First news."""
        item = news_of(f"news {len(self.said)}", known_at=self.clock.now(), recorded_at=self.clock.now())
        self.said.append(replace(item, **changes))  # type: ignore[arg-type]
        await self.world.hear(self.said[-1])

    async def hear_again(self, back: int, **changes: object) -> None:
        """What is said of it now."""
        if self.said:
            again = replace(self.item(back), known_at=self.clock.now(), **changes)  # type: ignore[arg-type]
            self.said[self.said.index(self.item(back))] = again
            await self.world.hear(again)

    async def amend(self, back: int, **changes: object) -> None:
        original = self.item(back)
        await self.hear(corrects=original.corrects or original.news_id, **changes)

    async def see(self, back: int) -> None:
        before = len(self.ledgers.state.told)
        await self.world.see(self.item(back))
        if len(self.ledgers.state.told) > before:
            self.heard_at.append(self.clock.now())

    async def contact(self, *items: News, made_ago: timedelta = timedelta(), put_right: bool = False) -> None:
        made_at, right = self.clock.now() - made_ago, items if put_right else ()
        named = () if put_right else items
        contact = await self.world.contact(*named, duties=self.duties, put_right=right, made_at=made_at)
        self.contacts[contact] = made_at

    async def take_back(self) -> None:
        if self.contacts:
            contact = next(reversed(self.contacts))
            del self.contacts[contact]
            await self.world.take_back(contact)

    async def owe(self, back: int) -> None:
        if self.said:
            self.duties.append(await self.world.open_duty(self.item(back)))

    async def be_warned(self) -> None:
        async with self.ledgers.begin() as ledger:
            await question_promise(ledger, AMIRA)

    async def agree(
        self, *, times: SafeTimes = ALWAYS, safe: Safety = Safety.SAFE, at_once: bool = True, days: int | None = DAYS
    ) -> None:
        """Agreed by two at once who had read the same: the first counts, and the second is told so."""
        clear = email_promise(times=times, safe=safe, days=days)
        clear = ClearTerms(replace(clear.terms, at_once=at_once), clear.addresses, clear.code_word)
        promise = self.ledgers.state.in_force.get(AMIRA)
        read = promise.version if promise else None
        await self.world.agree(clear, read=read)
        before = self.ledgers.state.in_force[AMIRA]
        try:
            await self.world.agree(email_promise(safe=Safety.NOT_SAFE), read=read)
        except PromiseHasMoved:
            self.heard_at.append(self.clock.now())
        assert self.ledgers.state.in_force[AMIRA] == before, "two promises agreed at one moment"

    async def fail(self) -> None:
        """The provider refuses the next message."""
        self.world.provider.answers = [Refused()]

    async def let_pass(self, span: timedelta) -> None:
        """Ring each alarm at its time."""
        end = self.clock.now() + span
        while due := [(at, key) for key, at in self.ledgers.state.alarms.items() if at <= end]:
            at, key = min(due)
            if at > self.clock.now():
                self.look(self)
                self.clock.advance(at - self.clock.now())
            del self.ledgers.state.alarms[key]
            await self._ring(*key)
        self.look(self)
        self.clock.advance(end - self.clock.now())
        self.look(self)

    async def _ring(self, alarm: Alarm, key: str) -> None:
        match alarm:
            case Alarm.TELL:
                await self.world.tell()
            case Alarm.NOTHING_CHANGED:
                await self.world.break_silence()
            case Alarm.DUTY_REMINDER:
                await self.world.remind(DutyKey(key))
            case Alarm.MESSAGE_STEP:
                async with self.ledgers.begin() as ledger:
                    await ledger.messages.ring([MessageId(key)])
        await self.world.carry()


def new_life(look: Callable[[Life], None]) -> Life:
    """Before anything happened."""
    clock = FakeClock(NOON)
    ledgers = MemoryLedgers(clock)
    return Life(World(ledgers, clock, MemorySeals(), MemoryProvider()), clock, ledgers, look)


def in_days(life: Life, days: float) -> datetime:
    return life.clock.now() + timedelta(days=days)


NINE_DAYS = timedelta(days=9)
HAPPENS: Mapping[str, Callable[[Life, int], Awaitable[None]]] = {
    "news": lambda life, _: life.hear(),
    "doubtful news": lambda life, _: life.hear(reach=Reach.OFFICER),
    "hard news": lambda life, _: life.hear(tell=Tell.OFFICER_FIRST),
    "history": lambda life, _: life.hear(backfill=True),
    "a hearing tomorrow": lambda life, _: life.hear(about_at=in_days(life, 1)),
    "a hearing this afternoon": lambda life, _: life.hear(about_at=in_days(life, 0.1)),
    "a hearing in ten days": lambda life, _: life.hear(about_at=in_days(life, 10)),
    "it is replaced": lambda life, back: life.hear_again(back, standing=False),
    "it stands again": lambda life, back: life.hear_again(back, standing=True, reach=Reach.VICTIM),
    "it is in doubt": lambda life, back: life.hear_again(back, reach=Reach.OFFICER),
    "it is about tomorrow": lambda life, back: life.hear_again(back, about_at=in_days(life, 1)),
    "a correction": lambda life, back: life.amend(back),
    "a hard correction": lambda life, back: life.amend(back, tell=Tell.OFFICER_FIRST, says_type="invented"),
    "a correction of what was replaced": lambda life, back: life.amend(back, standing=False),
    "a retraction": lambda life, back: life.amend(back, retracts=True),
    "not hers": lambda life, back: life.world.withdraw(life.item(back)),
    "seen": lambda life, back: life.see(back),
    "a contact": lambda life, back: life.contact(life.item(back)),
    "an old contact": lambda life, back: life.contact(life.item(back), made_ago=NINE_DAYS),
    "a contact about nothing": lambda life, _: life.contact(),
    "put right": lambda life, back: life.contact(life.item(back), put_right=True),
    "a contact taken back": lambda life, _: life.take_back(),
    "a duty": lambda life, back: life.owe(back),
    "a message fails": lambda life, _: life.fail(),
    "a warning": lambda life, _: life.be_warned(),
    "agreed": lambda life, _: life.agree(),
    "agreed for evenings": lambda life, _: life.agree(times=EVENINGS),
    "agreed to gather": lambda life, _: life.agree(times=EVENINGS, at_once=False),
    "agreed without a channel": lambda life, _: life.agree(safe=Safety.UNKNOWN),
    "an hour passes": lambda life, _: life.let_pass(timedelta(hours=1)),
    "a day passes": lambda life, _: life.let_pass(timedelta(days=1)),
    "a week passes": lambda life, _: life.let_pass(timedelta(days=7)),
    "ten days pass": lambda life, _: life.let_pass(timedelta(days=10)),
}
