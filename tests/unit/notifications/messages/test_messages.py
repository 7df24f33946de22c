"""A message's states, its schedules, and its words."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from contracts.ids import MessageId, NewsId, VictimId
from contracts.notifications import ChannelKind, MessageKind
from notifications.delivery.wording import WORDINGS
from notifications.errors import MessageCannotMove
from notifications.messages.message import MOVES, RETRIES, STOP_ASKING_AFTER, Message, MessageState

AT = datetime(2026, 11, 23, 19, tzinfo=UTC)
MESSAGE = Message.claim(
    MessageId("00000000-0000-0000-0000-000000000001"),
    victim=VictimId("00000000-0000-0000-0000-0000000000aa"),
    channel=ChannelKind.EMAIL,
    kind=MessageKind.NEWS,
    news=(NewsId("00000000-0000-0000-0000-0000000000bb"),),
    promise_version=1,
    at=AT,
)

FORBIDDEN = re.compile(
    r"\b(crim|court|polic|officer|prosecut|cps|trial|hearing|judge|verdict|sentence|offen[cd]|prison|probation|victim"
    r"|witness|justice|suspect|accused|arrest|charge|bail|release|case|evidence|abus|assault|rape|burgl|theft|violen"
    r"|domestic|support|referral|throughline|urgent|dear)"
)


@pytest.mark.parametrize("kind", MessageKind)
def test_every_message_is_neutral(kind: MessageKind) -> None:
    """Nobody who reads it over a shoulder learns what it is about or whom it is from."""
    text = f"{WORDINGS[kind].subject} {WORDINGS[kind].body_with('https://example.org/')}".lower()
    assert FORBIDDEN.findall(text) == []


def test_the_only_link_is_the_bare_home_page() -> None:
    for wording in WORDINGS.values():
        assert re.findall(r"\{.*?\}|https?:\S+", wording.subject + wording.body) == ["{home}"]


@pytest.mark.parametrize(
    "final", [MessageState.DELIVERED, MessageState.FAILED, MessageState.UNKNOWN, MessageState.WITHDRAWN]
)
def test_a_final_state_is_final(final: MessageState) -> None:
    """A message that failed is never asked back to life."""
    assert MOVES[final] == frozenset()


def test_a_message_is_never_handed_over_twice_without_coming_back() -> None:
    handed = MESSAGE.handed(1)
    with pytest.raises(MessageCannotMove):
        handed.handed(1)


def test_the_reference_never_changes() -> None:
    handed = MESSAGE.handed(1)
    again = handed.moved(MessageState.CLAIMED).handed(2)
    assert {MESSAGE.reference, handed.reference, again.reference, again.sent("p1", AT).reference} == {MESSAGE.reference}


def test_attempts_follow_the_schedule_and_end() -> None:
    waits, message = [], MESSAGE
    while True:
        message = message.handed(1)
        again = message.next_attempt(AT)
        if again is None:
            break
        waits.append(again - AT)
        message = message.moved(MessageState.CLAIMED)
    assert tuple(waits) == RETRIES
    assert waits[-1] == timedelta(seconds=14_400)


def test_questions_about_delivery_end_after_three_days() -> None:
    sent = MESSAGE.handed(1).sent("p1", AT)
    assert sent.next_question(AT + timedelta(hours=71)) is not None
    assert sent.next_question(AT + STOP_ASKING_AFTER) is None
