"""What the last look before a message leaves must not miss: another channel, another address."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import pytest
from chassis.testing.clock import FakeClock
from contracts.ids import VictimId
from contracts.notifications import ChannelKind, Safety
from notifications.agreeing.promising import ClearTerms
from notifications.delivery.providers.memory import MemoryProvider
from notifications.ledger.memory import MemoryLedgers
from notifications.messages.message import MessageState
from notifications.promise.channels import Channel, SealedText
from notifications.promise.memory_seals import MemorySeals
from notifications.promise.terms import Terms
from support.notifications_world import ADDRESS, ALWAYS, NOON, World, email_promise, news_of

PHONE = "07700 900123"
NEW_ADDRESS = "amira.new@example.org"


@dataclass(slots=True)
class SlowSeals(MemorySeals):
    """Something happens once, after the texts were opened and before they are used."""

    meanwhile: Callable[[], Awaitable[object]] | None = None

    async def open(self, victim: VictimId, *, sealed: dict[str, SealedText], purpose: str) -> dict[str, str]:
        opened = await MemorySeals.open(self, victim, sealed=sealed, purpose=purpose)
        happens, self.meanwhile = self.meanwhile, None
        if happens is not None:
            await happens()
        return opened


@pytest.fixture
def seals() -> SlowSeals:
    return SlowSeals()


@pytest.fixture
def world(seals: SlowSeals) -> World:
    clock = FakeClock(NOON)
    return World(MemoryLedgers(clock), clock, seals, MemoryProvider())


def by_text_message(address: str = ADDRESS) -> ClearTerms:
    """E-mail is no longer safe, text messages are."""
    channels = (Channel(ChannelKind.EMAIL, Safety.NOT_SAFE), Channel(ChannelKind.SMS, Safety.SAFE))
    return ClearTerms(Terms(channels, ALWAYS, None), {ChannelKind.EMAIL: address, ChannelKind.SMS: PHONE}, None)


async def test_another_channel_agreed_between_claim_and_hand_over_stops_the_message(world: World) -> None:
    """Guards the fire-time re-check of the channel: safe is what was agreed last, not that something is safe."""
    await world.agree(email_promise())
    await world.hear(news_of())
    await world.tell()
    claimed = await world.message(news_of())
    await world.agree(by_text_message(), read=1)
    await world.carry()
    assert world.provider.outbox == []
    async with world.ledgers.begin() as ledger:
        withdrawn = await ledger.messages.of(claimed.message_id)
    assert withdrawn is not None
    assert withdrawn.state is MessageState.WITHDRAWN

    await world.tell_and_carry()
    assert [letter.address for letter in world.provider.outbox] == [PHONE]


async def test_an_address_changed_while_it_was_opened_is_not_used(world: World, seals: SlowSeals) -> None:
    """Guards the promise's version at hand-over: the old address may be in the wrong hands."""
    await world.agree(email_promise())
    await world.hear(news_of())
    await world.tell()
    moved = ClearTerms(email_promise().terms, {ChannelKind.EMAIL: NEW_ADDRESS}, None)
    seals.meanwhile = lambda: world.agree(moved, read=1)
    await world.carry()
    assert [letter.address for letter in world.provider.outbox] == [NEW_ADDRESS]
