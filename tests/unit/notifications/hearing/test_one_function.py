"""Whatever happens, in whatever order: what is decided is what the one function says of all that is known."""

import asyncio
from collections.abc import Sequence

from contracts.notifications import ContactReason
from hypothesis import given, settings
from hypothesis import strategies as st
from notifications.deciding.amended import Amended
from notifications.deciding.rules import decide
from notifications.decisions.decision_record import DecisionRecord
from notifications.decisions.verdicts import Decision, GiveToOfficer, HoldUntil, NotOwed, TellNow, Verdict, Withdrawn
from notifications.messages.facts import MessageSent
from notifications.officer_contacts.facts import OfficerContactDue
from notifications.tellings.telling import telling_of
from support.notifications_lives import HAPPENS, LIVES, Life, new_life
from support.notifications_world import AMIRA


def decided_from_scratch(life: Life, record: DecisionRecord) -> Decision:
    """What the function says now, with what is remembered of news, promise and records and nothing else."""
    state, news = life.ledgers.state, record.news
    thread = sorted((other for other in state.news.values() if other.thread == news.thread), key=lambda one: one.order)
    earlier = [state.decisions[other.news_id] for other in thread if other.order < news.order]
    promise = state.in_force.get(AMIRA)
    return decide(
        news,
        terms=promise.terms if promise else None,
        original=Amended(earlier) if earlier else None,
        now=life.clock.now(),
        replaced=any(other.holds for other in thread if other.order > news.order),
        left=record.left,
    )


def look(life: Life) -> None:
    for record in life.ledgers.state.decisions.values():
        tellings = [telling for key, telling in life.ledgers.state.told.items() if key[1] == record.news.news_id]
        telling = telling_of(record.news, tellings)
        assert record.told_at == (telling.at if telling else None), "told is not what the tellings say"
        if record.told_at is None:
            same_as_decided(life, record, decided_from_scratch(life, record))


def same_as_decided(life: Life, record: DecisionRecord, decision: Decision) -> None:
    now, about = life.clock.now(), record.news.about_at
    if isinstance(decision, NotOwed | Withdrawn):
        assert (record.owed, record.why) == (False, decision.why.value)
        return
    assert record.owed, "what is owed is not"
    if record.verdict is Verdict.GIVE_TO_OFFICER:
        day_came = record.why == ContactReason.BEFORE_THE_DAY.value and about is not None and about <= now
        assert day_came or record.fails_by_message or decision == GiveToOfficer(ContactReason(record.why or ""))
    elif record.pending:
        assert isinstance(decision, TellNow | HoldUntil), "a message is to leave that may not"
        assert record.until is not None
        assert record.until == decision.until if isinstance(decision, HoldUntil) else record.until <= now
        assert about is None or about <= now or record.until < about, "news of a day waits past it"


def nothing_wrong_left(life: Life, *, seen: int) -> int:
    """Of the facts since those `seen`: no message about what is another's or was replaced, no contact past its day."""
    facts = life.ledgers.state.facts
    for fact in facts[seen:]:
        if isinstance(fact, MessageSent):
            for each in fact.message.news:
                news = life.ledgers.state.news[each]
                assert news.holds, "what is another's or was replaced was sent"
                assert not news.backfill
        if isinstance(fact, OfficerContactDue) and fact.reason is not ContactReason.NOT_THEIRS:
            days = [life.ledgers.state.news[each].about_at for each in fact.news if each in life.ledgers.state.news]
            ahead = [day for day in days if day is not None and day > fact.at]
            assert all(fact.due_by < day for day in ahead), "an officer is asked for after the day"
    return len(facts)


@settings(max_examples=LIVES, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(sorted(HAPPENS)), st.integers(0, 2)), max_size=20))
def test_what_is_decided_is_what_the_one_function_says(happens: Sequence[tuple[str, int]]) -> None:
    seen = 0

    def look_at_all(life: Life) -> None:
        nonlocal seen
        seen = nothing_wrong_left(life, seen=seen)
        look(life)

    life = new_life(look_at_all)

    async def live() -> None:
        for what, back in (*happens, ("a day passes", 0), ("a week passes", 0)):
            await HAPPENS[what](life, back)
            look_at_all(life)

    asyncio.run(live())
