"""What the story accepts as a harmless message."""

from datetime import UTC, datetime

import pytest
from sandbox.scenario import cast
from sandbox.scenario.letters import demand_harmless
from sandbox.scenario.waiting import NotSo
from sandbox.world.mailbox import Letter

SAFE_HOUR = datetime(2026, 11, 23, 18, tzinfo=UTC)


def letter(
    *,
    recipient: str = cast.AMIRAS_EMAIL,
    body: str = "You have an update. Sign in when it is safe for you. http://127.0.0.1:1234",
    at: datetime = SAFE_HOUR,
) -> Letter:
    return Letter(
        id="m-1",
        kind="email",
        recipient=recipient,
        subject="You have an update",
        body=body,
        reference="r-1",
        status="delivered",
        business_time=at,
        real_time=at,
    )


def test_a_neutral_message_in_a_safe_hour_is_harmless() -> None:
    demand_harmless(letter())


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (letter(at=SAFE_HOUR.replace(hour=10)), "outside her safe hours"),
        (letter(recipient="somebody.else@example.org"), "an address that nobody called safe"),
        (letter(body="The court has a new date."), "court"),
        (letter(body="News from the police."), "police"),
        (letter(body="Dear Amira, you have an update."), "Amira"),
    ],
)
def test_anything_else_fails_the_story(bad: Letter, why: str) -> None:
    with pytest.raises(NotSo, match=why):
        demand_harmless(bad)
