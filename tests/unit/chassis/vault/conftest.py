"""A vault in memory, and what seals with it."""

import pytest
from chassis.key_ring import KeyRing
from chassis.testing.clock import FakeClock
from chassis.vault.composing import EventComposer
from chassis.vault.memory import MemoryVault


@pytest.fixture
def vault() -> MemoryVault:
    return MemoryVault(clock=FakeClock())


@pytest.fixture
def composer(vault: MemoryVault) -> EventComposer:
    return EventComposer(vault, KeyRing.alone(b"d" * 32))
