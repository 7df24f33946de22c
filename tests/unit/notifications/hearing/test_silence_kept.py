"""Whatever happens, no promised interval passes without a message, a telling, a contact asked or a breach on record."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from notifications.keeping_in_touch.facts import SilenceBroken
from notifications.messages.facts import MessageSent
from notifications.officer_contacts.facts import OfficerContactDue
from support.notifications_lives import DAYS, HAPPENS, LIVES, Life, new_life

TO_THE_NEXT_EVENING = timedelta(days=3, hours=2)
"""From Friday night to Monday evening, and the hour in which a message leaves."""


def breaches_are_true(life: Life) -> None:
    """Each says since when she had heard nothing at all, which is longer than was promised."""
    for fact in life.ledgers.state.facts:
        if isinstance(fact, SilenceBroken) and fact.at == life.clock.now():
            sent = [one.at for one in life.ledgers.state.facts if isinstance(one, MessageSent) and one.at < fact.at]
            assert fact.breach.since == max([life.heard_from, *sent]), "she had heard from us meanwhile"
            assert fact.at - fact.breach.since >= timedelta(days=DAYS)
            assert fact.breach.due_at < fact.at


def look(life: Life) -> None:
    breaches_are_true(life)
    sent = [fact.at for fact in life.ledgers.state.facts if isinstance(fact, MessageSent)]
    nothing_since = max([life.heard_from, *sent])
    broken = [fact.at for fact in life.ledgers.state.facts if isinstance(fact, SilenceBroken)]
    if life.clock.now() - nothing_since > 2 * (timedelta(days=DAYS) + TO_THE_NEXT_EVENING):
        # An officer was asked when the first interval passed; when the second did, none had been in touch.
        assert any(at > nothing_since for at in broken), "two promised intervals passed, and no breach is on record"
    heard = [fact.at for fact in life.ledgers.state.facts if isinstance(fact, MessageSent | OfficerContactDue)]
    last = max([life.heard_from, *heard])
    assert life.clock.now() - last <= timedelta(days=DAYS) + TO_THE_NEXT_EVENING, "a promised silence passed"


@settings(max_examples=LIVES, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(sorted(HAPPENS)), st.integers(0, 2)), max_size=16))
def test_no_promised_interval_passes_in_silence(happens: Sequence[tuple[str, int]]) -> None:
    life = new_life(look)

    async def live() -> None:
        for what, back in (("agreed", 0), *happens, *[("a week passes", 0)] * 5):
            await HAPPENS[what](life, back)

    asyncio.run(live())
