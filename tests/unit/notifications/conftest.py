"""Fakes of notifications that several files of tests begin with; a file may give its own."""

import pytest
from chassis.testing.clock import FakeClock
from notifications.delivery.providers.memory import MemoryProvider
from notifications.ledger.memory import MemoryLedgers
from notifications.promise.memory_seals import MemorySeals
from support.notifications_world import NOON, World


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(NOON)


@pytest.fixture
def ledgers(clock: FakeClock) -> MemoryLedgers:
    return MemoryLedgers(clock)


@pytest.fixture
def world(ledgers: MemoryLedgers, clock: FakeClock) -> World:
    return World(ledgers, clock, MemorySeals(), MemoryProvider())
