"""The parts of the fake ledger, each over the same rows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from contracts.ids import ContactId, DutyKey, MessageId, NewsId, VictimId

from notifications.decisions.decision_record import DecisionRecord
from notifications.decisions.news import News
from notifications.decisions.published_decisions import DecisionChanged
from notifications.duties.duty import Duty
from notifications.keeping_in_touch.promised_silence import Silence
from notifications.ledger.memory_state import State
from notifications.messages.ledger import Errand
from notifications.messages.message import Message
from notifications.promise.contact_promise import ContactPromise
from notifications.promise.ledger import PromiseInForce
from notifications.tellings.telling import Telling
from notifications.transaction.ledger import Alarm


@dataclass(frozen=True, slots=True)
class MemoryPromises:
    """Contact promises."""

    state: State

    async def in_force(self, victim: VictimId) -> PromiseInForce | None:
        return self.state.in_force.get(victim)

    async def load(self, victim: VictimId) -> ContactPromise | None:
        return self.state.promises.get(victim)

    async def save(self, promise: ContactPromise, *, event_id: str) -> None:  # noqa: ARG002 the port's shape
        promise.collect_events()
        victim = VictimId(str(promise.id))
        self.state.promises[victim] = promise
        self.state.in_force[victim] = PromiseInForce(promise.version, promise.terms)


@dataclass(frozen=True, slots=True)
class MemoryDecisions:
    """News and decisions."""

    state: State
    now: datetime

    async def heard(self, news: NewsId) -> News | None:
        return self.state.news.get(news)

    async def note(self, news: News) -> None:
        self.state.news[news.news_id] = news
        record = self.state.decisions.get(news.news_id)
        if record is not None:
            self.state.decisions[news.news_id] = replace(record, news=news)

    async def of(self, news: NewsId) -> DecisionRecord | None:
        return self.state.decisions.get(news)

    async def thread(self, original: NewsId, *, victim: VictimId) -> Sequence[News]:
        mine = [news for news in self.state.news.values() if news.victim == victim and news.thread == original]
        return sorted(mine, key=lambda news: news.order)

    async def owed(self, victim: VictimId) -> Sequence[DecisionRecord]:
        return [record for record in self.state.decisions.values() if record.news.victim == victim and record.owed]

    async def goes_on_elsewhere(self, victim: VictimId) -> bool:
        return any(news.moved for news in self.state.news.values() if news.victim == victim)

    async def keep(self, record: DecisionRecord) -> None:
        if self.state.decisions.get(record.news.news_id) != record:
            self.state.decisions[record.news.news_id] = record
            self.state.facts.append(DecisionChanged(record, self.now))


@dataclass(frozen=True, slots=True)
class MemoryMessages:
    """Messages and leases."""

    state: State

    async def held(self, errand: Errand) -> Message | None:
        lease = self.state.leases.get(errand.message_id)
        return self.state.messages.get(errand.message_id) if lease and lease[0] == errand.token else None

    async def of(self, message_id: MessageId) -> Message | None:
        return self.state.messages.get(message_id)

    async def keep(self, message: Message) -> None:
        self.state.rung.setdefault(message.message_id, True)
        self.state.messages[message.message_id] = message

    async def release(self, message_id: MessageId) -> None:
        self.state.leases.pop(message_id, None)

    async def lock(self, message_ids: Sequence[MessageId]) -> None:
        """Nobody else is there."""

    async def ring(self, message_ids: Sequence[MessageId]) -> None:
        for message_id in message_ids:
            self.state.rung[message_id] = True


@dataclass(frozen=True, slots=True)
class MemoryDuties:
    """Duties."""

    state: State

    async def open(self, duty: Duty) -> None:
        self.state.duties.setdefault(duty.key, duty)

    async def change(self, duty: Duty) -> None:
        self.state.duties[duty.key] = duty
        self.state.met_by.pop(duty.key, None)

    async def meet(self, key: DutyKey, *, by: ContactId | None = None) -> None:
        duty = self.state.duties.get(key)
        if duty is not None and (by is None or not duty.met):
            self.state.duties[key] = replace(duty, met=True)
            self.state.met_by[key] = by

    async def reopen(self, by: ContactId) -> Sequence[Duty]:
        keys = [key for key, contact in self.state.met_by.items() if contact == by]
        for key in keys:
            del self.state.met_by[key]
            self.state.duties[key] = replace(self.state.duties[key], met=False)
        return [self.state.duties[key] for key in keys]

    async def of(self, key: DutyKey) -> Duty | None:
        return self.state.duties.get(key)

    async def unmet_about(self, news: Sequence[NewsId]) -> Sequence[Duty]:
        return [duty for duty in self.state.duties.values() if duty.news in news and not duty.met]


@dataclass(frozen=True, slots=True)
class MemoryTellings:
    """What the victim knows."""

    state: State

    async def note(self, victim: VictimId, news: NewsId, telling: Telling) -> bool:
        key = (victim, news, telling.how, telling.contact)
        if key in self.state.told:
            return False
        self.state.told[key] = telling
        return True

    async def of(self, victim: VictimId, news: NewsId) -> Sequence[Telling]:
        found = [telling for key, telling in self.state.told.items() if key[:2] == (victim, news)]
        return sorted(found, key=lambda telling: (telling.at, telling.how, telling.contact or ""))

    async def looked(self, victim: VictimId, at: datetime) -> None:
        self.state.looked[victim] = max(at, self.state.looked.get(victim, at))

    async def in_touch(self, contact: ContactId, victim: VictimId, at: datetime) -> bool:
        if (contact, victim) in self.state.contacts:
            return False
        self.state.contacts[contact, victim] = at
        return True

    async def take_back(self, contact: ContactId, victim: VictimId) -> Sequence[NewsId]:
        self.state.contacts[contact, victim] = None
        told = [key for key in self.state.told if key[0] == victim and key[3] == contact]
        for key in told:
            del self.state.told[key]
        return sorted({news for _, news, _, _ in told})

    async def last(self, victim: VictimId) -> datetime | None:
        made = [at for (_, who), at in self.state.contacts.items() if who == victim and at is not None]
        looked = [at for who, at in self.state.looked.items() if who == victim]
        return max([*made, *looked], default=None)


@dataclass(frozen=True, slots=True)
class MemoryContacts:
    """Contacts asked of officers."""

    state: State

    async def asked(self, victim: VictimId, news: NewsId) -> bool:
        return self._open((victim, news, False))

    async def not_yet_asked(self, victim: VictimId, news: Sequence[NewsId], *, to_put_right: bool) -> Sequence[NewsId]:
        return [each for each in news if not self._open((victim, each, to_put_right))]

    async def ask(
        self, contact: ContactId, victim: VictimId, news: Sequence[NewsId], *, to_put_right: bool
    ) -> Sequence[ContactId]:
        keys = [key for each in news if not self._open(key := (victim, each, to_put_right))]
        replaced = {self._drop(key) for key in keys if key in self.state.asked}
        gone = [one for one in replaced if not self._open_about(one)]
        self.state.asked.update(dict.fromkeys(keys, contact))
        return sorted(gone)

    async def made(self, victim: VictimId, news: NewsId, *, to_put_right: bool, by: ContactId | None) -> None:
        key = (victim, news, to_put_right)
        if by is None and key in self.state.asked:
            self._drop(key)
        elif by is not None and self._open(key):
            self.state.made[key] = by

    async def reopen(self, victim: VictimId, *, by: ContactId) -> None:
        for key in [key for key, made in self.state.made.items() if key[0] == victim and made == by]:
            del self.state.made[key]

    async def withdraw(self, victim: VictimId, news: NewsId, *, to_put_right: bool) -> ContactId | None:
        key = (victim, news, to_put_right)
        contact = self.state.asked.get(key)
        if contact is None or set(self._open_about(contact)) - {key}:
            return None
        for about in [other for other, asked in self.state.asked.items() if asked == contact]:
            self._drop(about)
        return contact

    def _open(self, key: tuple[VictimId, NewsId, bool]) -> bool:
        return key in self.state.asked and key not in self.state.made

    def _open_about(self, contact: ContactId) -> list[tuple[VictimId, NewsId, bool]]:
        return [key for key, asked in self.state.asked.items() if asked == contact and self._open(key)]

    def _drop(self, key: tuple[VictimId, NewsId, bool]) -> ContactId:
        self.state.made.pop(key, None)
        return self.state.asked.pop(key)


@dataclass(frozen=True, slots=True)
class MemoryVictims:
    """Whom we have heard of."""

    state: State

    async def note(self, victims: Sequence[VictimId]) -> None:
        self.state.known.update(victims)

    async def knows(self, victim: VictimId) -> bool:
        return victim in self.state.known


@dataclass(frozen=True, slots=True)
class MemoryGrants:
    """Grants."""

    state: State

    async def grant(self, subject: str, victim: VictimId) -> None:
        self.state.granted.add((subject, victim))

    async def revoke(self, subject: str, victim: VictimId) -> None:
        self.state.granted.discard((subject, victim))

    async def holds(self, subject: str, victim: VictimId) -> bool:
        return (subject, victim) in self.state.granted


@dataclass(frozen=True, slots=True)
class MemorySilences:
    """How long each victim has heard nothing."""

    state: State

    async def of(self, victim: VictimId) -> Silence:
        return self.state.silences.get(victim, Silence())

    async def keep(self, victim: VictimId, silence: Silence) -> None:
        self.state.silences[victim] = silence


@dataclass(frozen=True, slots=True)
class MemoryAlarms:
    """Alarms."""

    state: State

    async def set(self, alarm: Alarm, key: str, due_at: datetime) -> None:
        self.state.alarms[alarm, key] = due_at

    async def cancel(self, alarm: Alarm, key: str) -> None:
        self.state.alarms.pop((alarm, key), None)
