"""The fake GOV.UK Notify: what the official client would see."""

import asyncio
import re
from datetime import timedelta

import pytest
from chassis.testing.clock import FakeClock
from fastapi.testclient import TestClient
from joserfc import jwt
from joserfc.jwk import OctKey
from pydantic import SecretStr
from sandbox.notify_fake.app import notify_app
from sandbox.notify_fake.behaviour import Behaviour, Switch
from sandbox.notify_fake.business_time import RealTime
from sandbox.notify_fake.failures import NotifyError
from sandbox.notify_fake.settings import NotifySettings
from sandbox.system.environments import EMAIL_TEMPLATE, SMS_TEMPLATE

SERVICE, SECRET = "26785a09-ab16-4eb0-8407-a37497a57506", "3d844edf-8d35-48ac-975b-e847b4f122b0"
WORDS = {"subject": "You have an update", "body": "Sign in when it is safe for you."}


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def notify(clock: FakeClock) -> TestClient:
    settings = NotifySettings(api_key=SecretStr(f"sandbox-{SERVICE}-{SECRET}"), port=1)
    return TestClient(notify_app(settings, clock=clock, business_time=RealTime(clock)))


def headers(clock: FakeClock, *, secret: str = SECRET, service: str = SERVICE, age: int = 0) -> dict[str, str]:
    claims = {"iss": service, "iat": int(clock.now().timestamp()) - age}
    return {"Authorization": f"Bearer {jwt.encode({'alg': 'HS256'}, claims, OctKey.import_key(secret))}"}


def send(notify: TestClient, clock: FakeClock, address: str = "amira@example.org") -> str:
    handed = {"email_address": address, "template_id": EMAIL_TEMPLATE, "personalisation": WORDS, "reference": "ref-1"}
    answer = notify.post("/v2/notifications/email", json=handed, headers=headers(clock))
    assert answer.status_code == 201
    return str(answer.json()["id"])


def status(notify: TestClient, clock: FakeClock, message: str) -> str:
    return str(notify.get(f"/v2/notifications/{message}", headers=headers(clock)).json()["status"])


def test_a_message_is_created_then_sending_then_delivered(notify: TestClient, clock: FakeClock) -> None:
    message = send(notify, clock)
    seen = []
    for _ in range(3):
        seen.append(status(notify, clock, message))
        clock.advance(timedelta(seconds=0.4))
    assert seen == ["created", "sending", "delivered"]


@pytest.mark.parametrize(
    ("address", "outcome"),
    [("perm-fail@simulator.notify", "permanent-failure"), ("temp-fail@example.org", "temporary-failure")],
)
def test_some_addresses_fail(notify: TestClient, clock: FakeClock, address: str, outcome: str) -> None:
    message = send(notify, clock, address)
    clock.advance(timedelta(seconds=1))
    assert status(notify, clock, message) == outcome


def test_a_message_is_found_by_its_reference(notify: TestClient, clock: FakeClock) -> None:
    message = send(notify, clock)
    found = notify.get("/v2/notifications", params={"reference": "ref-1"}, headers=headers(clock)).json()
    assert [entry["id"] for entry in found["notifications"]] == [message]
    other = notify.get("/v2/notifications", params={"reference": "ref-2"}, headers=headers(clock)).json()
    assert other["notifications"] == []


def test_the_same_reference_twice_is_two_messages(notify: TestClient, clock: FakeClock) -> None:
    assert send(notify, clock) != send(notify, clock)
    assert len(notify.get("/mailbox").json()) == 2


@pytest.mark.parametrize(
    ("secret", "service", "age"), [(SERVICE, SERVICE, 0), (SECRET, SECRET, 0), (SECRET, SERVICE, 60)]
)
def test_a_wrong_key_is_refused(notify: TestClient, clock: FakeClock, secret: str, service: str, age: int) -> None:
    wrong = headers(clock, secret=secret, service=service, age=age)
    answer = notify.get("/v2/notifications", headers=wrong)
    assert answer.status_code == 403
    assert answer.json()["errors"][0]["error"] == "AuthError"


@pytest.mark.parametrize(
    "change",
    [{"template_id": "nothing"}, {"template_id": SMS_TEMPLATE}, {"personalisation": {}}, {"email_address": ""}],
)
def test_a_message_that_cannot_be_written_is_refused(
    notify: TestClient, clock: FakeClock, change: dict[str, object]
) -> None:
    handed = {"email_address": "a@example.org", "template_id": EMAIL_TEMPLATE, "personalisation": WORDS} | change
    answer = notify.post("/v2/notifications/email", json=handed, headers=headers(clock))
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["error"] == "BadRequestError"
    assert notify.get("/mailbox").json() == []


@pytest.mark.parametrize(("behaviour", "code"), [(Behaviour.DOWN, 500), (Behaviour.TOO_MANY, 429)])
def test_the_fake_can_be_away(notify: TestClient, clock: FakeClock, behaviour: Behaviour, code: int) -> None:
    notify.put("/behaviour", json={"behaviour": behaviour})
    handed = {"phone_number": "07700900123", "template_id": SMS_TEMPLATE, "personalisation": WORDS}
    assert notify.post("/v2/notifications/sms", json=handed, headers=headers(clock)).status_code == code


@pytest.mark.parametrize("behaviour", [Behaviour.LOST_BEFORE, Behaviour.LOST_AFTER])
async def test_an_answer_that_is_lost_is_held_for_as_long_as_its_caller_waits(behaviour: Behaviour) -> None:
    switch, looks = Switch(), iter([False, False, True])
    switch.now = behaviour

    async def gone() -> bool:
        return next(looks)

    if behaviour is Behaviour.LOST_BEFORE:
        with pytest.raises(NotifyError):
            await asyncio.wait_for(switch.before_accepting(gone), 20)
    await asyncio.wait_for(switch.after_accepting(gone), 20)
    assert list(looks) == []


def test_the_mailbox_page_shows_what_was_sent(notify: TestClient, clock: FakeClock) -> None:
    assert "There are none yet" in notify.get("/").text
    send(notify, clock)
    page = notify.get("/").text
    assert "You have an update" in page
    assert re.search(r"it left on \w+day \d{1,2} \w+ \d{4} at \d\d:\d\d, London time", page)
    assert "amira@example.org" in page
