"""Whatever happens, no promised interval passes without a message, a telling or a contact asked of an officer."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from notifications.messages.facts import MessageSent
from notifications.officer_contacts.facts import OfficerContactDue
from support.notifications_lives import DAYS, HAPPENS, Life, new_life

TO_THE_NEXT_EVENING = timedelta(days=3, hours=2)
"""From Friday night to Monday evening, and the hour in which a message leaves."""


def look(life: Life) -> None:
    heard = [fact.at for fact in life.ledgers.state.facts if isinstance(fact, MessageSent | OfficerContactDue)]
    last = max([life.heard_from, *heard])
    assert life.clock.now() - last <= timedelta(days=DAYS) + TO_THE_NEXT_EVENING, "a promised silence passed"


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(sorted(HAPPENS)), st.integers(0, 2)), max_size=16))
def test_no_promised_interval_passes_in_silence(happens: Sequence[tuple[str, int]]) -> None:
    life = new_life(look)

    async def live() -> None:
        for what, back in (("agreed", 0), *happens, *[("a week passes", 0)] * 5):
            await HAPPENS[what](life, back)

    asyncio.run(live())
