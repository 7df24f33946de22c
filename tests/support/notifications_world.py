"""A notifications service without servers around it: its ledger, its courier and a provider that does as it is told."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from chassis.clock import Clock
from contracts.ids import CaseId, ContactId, DutyKey, EventId, NewsId, VictimId
from contracts.journey import Reach
from contracts.notifications import AgreedBy, ChannelKind, Safety
from contracts.telling import Tell
from notifications.agreeing.promising import ClearTerms, agree_promise
from notifications.deciding.hearing_news import hear_news, hear_withdrawal
from notifications.deciding.reminders import change_duty, meet_duty, open_duty, remind_of_duty
from notifications.decisions.decision_record import DecisionRecord
from notifications.decisions.news import News
from notifications.delivery.claiming import tell_what_is_due
from notifications.delivery.courier import Courier
from notifications.delivery.providers.memory import MemoryProvider
from notifications.duties.duty import Duty
from notifications.hearing.telling import hear_of_contact, see_news, take_contact_back
from notifications.keeping_in_touch.silence import break_silence
from notifications.ledger.ledger import Ledgers
from notifications.messages.message import Message
from notifications.promise.channels import Channel
from notifications.promise.memory_seals import MemorySeals
from notifications.promise.terms import Terms
from notifications.promise.windows import SafeTimes, Weekday, Window
from notifications.tellings.telling import Contact

AMIRA = VictimId("0193a000-0000-7000-8000-00000000000a")
BEN = VictimId("0193a000-0000-7000-8000-00000000000b")
CASE = CaseId("0193a000-0000-7000-8000-0000000000ca")
ADDRESS = "amira@example.org"
HOME = "https://home.example.org/"
EVENINGS = SafeTimes((Window(frozenset(Weekday(day) for day in range(5)), 18 * 60, 21 * 60),))
ALWAYS = SafeTimes((Window(frozenset(Weekday), 0, 24 * 60 - 1),))
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def news_of(name: str = "verdict", *, victim: VictimId = AMIRA, **changes: object) -> News:
    """An item of news; the same name and victim make the same item."""
    item = News(
        news_id=NewsId(str(uuid5(UUID(victim), name))),
        victim=victim,
        case=CASE,
        event_id=EventId(name),
        event_source="urn:example:court",
        event_type="court.verdict-reached.v1",
        tell=Tell.MESSAGE,
        occurred_at=NOON,
        recorded_at=NOON,
        backfill=False,
        reach=Reach.VICTIM,
        standing=True,
        known_at=NOON,
    )
    return replace(item, **changes)  # type: ignore[arg-type]


def email_promise(*, times: SafeTimes = ALWAYS, safe: Safety = Safety.SAFE, days: int | None = 28) -> ClearTerms:
    """E-mail as said, the telephone not safe."""
    channels = (Channel(ChannelKind.EMAIL, safe), Channel(ChannelKind.PHONE, Safety.NOT_SAFE))
    return ClearTerms(Terms(channels, times, days), {ChannelKind.EMAIL: ADDRESS}, "heron")


@dataclass(slots=True)
class World:
    """Everything but the infrastructure. Each verb is one transaction, as in production."""

    ledgers: Ledgers
    clock: Clock
    seals: MemorySeals
    provider: MemoryProvider

    def courier(self) -> Courier:
        """A courier process."""
        carriers = dict.fromkeys(ChannelKind, self.provider)
        return Courier(self.ledgers, providers=carriers, seals=self.seals, clock=self.clock, home=HOME)

    async def agree(self, clear: ClearTerms, *, victim: VictimId = AMIRA, read: int | None = None) -> int:
        return await agree_promise(
            self.ledgers,
            clear,
            victim=victim,
            read_version=read,
            agreed_by=AgreedBy.VICTIM,
            seals=self.seals,
            clock=self.clock,
        )

    async def hear(self, *items: News) -> None:
        async with self.ledgers.begin() as ledger:
            await ledger.lock([item.victim for item in items])
            for item in items:
                await hear_news(ledger, item)

    async def withdraw(self, item: News, *, victim: VictimId = AMIRA, moved: bool = False) -> None:
        async with self.ledgers.begin() as ledger:
            await ledger.lock([victim])
            await hear_withdrawal(ledger, victim, news=item.news_id, moved=moved)

    async def open_duty(self, item: News, *, reminder_in: timedelta = timedelta(days=3)) -> DutyKey:
        key = DutyKey(str(uuid5(UUID(item.victim), f"duty {item.event_id}")))
        async with self.ledgers.begin() as ledger:
            now = await ledger.now()
            due = now + reminder_in + timedelta(days=1)
            await open_duty(ledger, Duty(key, item.victim, item.news_id, now + reminder_in, due))
        return key

    async def change_duty(self, duty: Duty) -> None:
        async with self.ledgers.begin() as ledger:
            await change_duty(ledger, duty)

    async def meet_duty(self, key: DutyKey) -> None:
        async with self.ledgers.begin() as ledger:
            await meet_duty(ledger, key)

    async def remind(self, key: DutyKey) -> None:
        async with self.ledgers.begin() as ledger:
            await remind_of_duty(ledger, key)

    async def tell(self, victim: VictimId = AMIRA) -> None:
        """The alarm rings: what is due is decided and claimed."""
        async with self.ledgers.begin() as ledger:
            await tell_what_is_due(ledger, victim)

    async def break_silence(self, victim: VictimId = AMIRA) -> None:
        async with self.ledgers.begin() as ledger:
            await break_silence(ledger, victim)

    async def carry(self) -> None:
        """The courier works off whatever is due."""
        courier = self.courier()
        while errands := await self.ledgers.take_errands(10):
            for errand in errands:
                await courier.run(errand)

    async def tell_and_carry(self) -> None:
        await self.tell()
        await self.carry()

    async def see(self, item: News) -> None:
        async with self.ledgers.begin() as ledger:
            await see_news(ledger, item.victim, news=item.news_id, seen_at=await ledger.now())

    async def contact(
        self,
        *items: News,
        duties: Sequence[DutyKey] = (),
        put_right: Sequence[News] = (),
        made_at: datetime | None = None,
        victim: VictimId | None = None,
    ) -> ContactId:
        """An officer was in touch, now or as said, with the victim of the first item; returns the contact."""
        victim = victim or (items[0].victim if items else AMIRA)
        async with self.ledgers.begin() as ledger:
            await ledger.lock([victim])
            contact, right = ContactId(ledger.new_id()), [item.news_id for item in put_right]
            said = Contact(contact, made_at or await ledger.now(), [item.news_id for item in items], duties, right)
            await hear_of_contact(ledger, victim, said)
        return contact

    async def take_back(self, contact: ContactId, *, victim: VictimId = AMIRA) -> None:
        async with self.ledgers.begin() as ledger:
            await ledger.lock([victim])
            await take_contact_back(ledger, victim, contact)

    async def next_step(self, item: News) -> None:
        """The message's alarm rings (a retry, a recovery, a question) and the courier takes it up."""
        record = await self.decision(item)
        assert record.message_id is not None, "no message covers the item"
        async with self.ledgers.begin() as ledger:
            await ledger.messages.ring([record.message_id])
        await self.carry()

    async def message(self, item: News) -> Message:
        """The message that covers the item."""
        record = await self.decision(item)
        async with self.ledgers.begin() as ledger:
            message = await ledger.messages.of(record.message_id) if record.message_id else None
        assert message is not None, "no message covers the item"
        return message

    async def decision(self, item: News) -> DecisionRecord:
        async with self.ledgers.begin() as ledger:
            record = await ledger.decisions.of(item.news_id)
        assert record is not None, "the item has no decision"
        return record
