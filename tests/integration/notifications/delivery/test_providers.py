"""The adapters against servers on loopback: the sandbox's Notify, and an SMTP server that does as it is told."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import httpx2
import pytest
import uvicorn
from chassis.clock import SystemClock
from contracts.notifications import ChannelKind
from notifications.delivery.provider import (
    Absent,
    Accepted,
    CannotTell,
    Delivery,
    Found,
    NotNow,
    Outgoing,
    ProviderAway,
    Refused,
    Unclear,
)
from notifications.delivery.providers.notify import Notify, NotifySettings
from notifications.delivery.providers.smtp import Smtp, SmtpSettings
from pydantic import SecretStr
from sandbox.notify_fake.app import notify_app
from sandbox.notify_fake.business_time import RealTime
from sandbox.notify_fake.settings import NotifySettings as FakeSettings
from sandbox.system.environments import EMAIL_TEMPLATE, SMS_TEMPLATE
from support.deadline import until

KEY = "sandbox-26785a09-ab16-4eb0-8407-a37497a57506-3d844edf-8d35-48ac-975b-e847b4f122b0"
WRONG_KEY = "sandbox-26785a09-ab16-4eb0-8407-a37497a57506-00000000-8d35-48ac-975b-e847b4f122b0"
TEMPLATES = {ChannelKind.EMAIL: EMAIL_TEMPLATE, ChannelKind.SMS: SMS_TEMPLATE}
LETTER = Outgoing("reference-1", ChannelKind.EMAIL, "amira@example.org", "You have an update", "Sign in.")
TEXT = Outgoing("reference-2", ChannelKind.SMS, "07700900123", "You have an update", "Sign in.")


@asynccontextmanager
async def notify_server() -> AsyncIterator[str]:
    """The address of a fake Notify on loopback."""
    clock = SystemClock()
    app = notify_app(FakeSettings(api_key=SecretStr(KEY), port=1), clock=clock, business_time=RealTime(clock))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, lifespan="off"))
    serving = asyncio.create_task(server.serve())

    async def started() -> bool:
        return server.started

    await until(started, "the fake Notify listens")
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        await serving


def notify_at(url: str, *, key: str = KEY) -> Notify:
    return Notify(NotifySettings(SecretStr(key), url, TEMPLATES))


async def behave(url: str, behaviour: str) -> None:
    async with httpx2.AsyncClient() as http:
        answer = await http.put(f"{url}/behaviour", json={"behaviour": behaviour})
        assert answer.is_success, answer.text


@pytest.mark.parametrize("outgoing", [LETTER, TEXT])
async def test_notify_takes_a_message_knows_its_reference_and_delivers_it(outgoing: Outgoing) -> None:
    async with notify_server() as url:
        notify = notify_at(url)
        assert await notify.find(outgoing.reference) == Absent()
        accepted = await notify.send(outgoing)
        assert isinstance(accepted, Accepted)
        assert accepted.provider_id is not None
        assert await notify.find(outgoing.reference) == Found(accepted.provider_id)

        async def delivered() -> bool:
            assert accepted.provider_id is not None
            return await notify.delivery(accepted.provider_id) is Delivery.DELIVERED

        await until(delivered, "the fake delivers")


async def test_notify_reports_what_never_arrives() -> None:
    async with notify_server() as url:
        notify = notify_at(url)
        lost = Outgoing("r", ChannelKind.EMAIL, "perm-fail@simulator.notify", "You have an update", "Sign in.")
        accepted = await notify.send(lost)
        assert isinstance(accepted, Accepted)

        async def failed() -> bool:
            return await notify.delivery(accepted.provider_id or "") is Delivery.FAILED

        await until(failed, "the fake reports the failure")


async def test_notify_outcomes_follow_the_table() -> None:
    """400 is final; 403 and 429 were certainly not accepted; behind 5xx or silence it may have been."""
    async with notify_server() as url:
        nobody = Outgoing("r", ChannelKind.EMAIL, "", "You have an update", "Sign in.")
        assert await notify_at(url).send(nobody) == Refused()
        assert await notify_at(url, key=WRONG_KEY).send(LETTER) == NotNow()
        await behave(url, "too-many")
        assert await notify_at(url).send(LETTER) == NotNow()
        await behave(url, "down")
        assert await notify_at(url).send(LETTER) == Unclear()
    assert await notify_at(url).send(LETTER) == Unclear()
    with pytest.raises(ProviderAway):
        await notify_at(url).find("reference-1")


class SmtpServer:
    """Speaks as much SMTP as a client needs; `rcpt` and `data` are its answers, "" hangs up."""

    def __init__(self, *, rcpt: str = "250 ok", data: str = "250 ok") -> None:
        self.letters: list[str] = []
        self.recipients: list[str] = []
        self._answers = {"RCPT": rcpt, "EHLO": "250 loopback", "MAIL": "250 ok", "QUIT": "221 bye"}
        self._data = data

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[int]:
        server = await asyncio.start_server(self._talk, "127.0.0.1", 0)
        async with server:
            yield server.sockets[0].getsockname()[1]

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 loopback\r\n")
        while line := (await reader.readline()).decode():
            if line.startswith("DATA"):
                writer.write(b"354 go on\r\n")
                self.letters.append((await reader.readuntil(b"\r\n.\r\n")).decode())
                answer = self._data
            else:
                self.recipients += [line.strip()] if line.upper().startswith("RCPT") else []
                answer = self._answers.get(line[:4].upper(), "250 ok")
            if not answer:
                break
            writer.write(f"{answer}\r\n".encode())
        writer.close()


def smtp_at(port: int) -> Smtp:
    settings = SmtpSettings(host="127.0.0.1", port=port, sender="updates@example.org", start_tls=False)
    return Smtp(settings, clock=SystemClock())


async def test_smtp_hands_over_a_neutral_letter_with_its_reference() -> None:
    server = SmtpServer()
    async with server.listening() as port:
        assert await smtp_at(port).send(LETTER) == Accepted(None)
    [letter] = server.letters
    assert "Message-ID: <reference-1@example.org>" in letter
    assert "Subject: You have an update" in letter
    assert server.recipients == [f"RCPT TO:<{LETTER.address}>"]


@pytest.mark.parametrize(
    "address", ["a:b@example.org", "a[b@example.org", "a(b@example.org", "ab@example..org", "ab@[1.2.3.4"]
)
async def test_smtp_sends_to_the_agreed_text_or_not_at_all(address: str) -> None:
    """As an older release may have agreed it: whoever reads the header otherwise must not choose who gets it."""
    server = SmtpServer()
    async with server.listening() as port:
        assert await smtp_at(port).send(replace(LETTER, address=address)) == Refused()
    assert (server.recipients, server.letters) == ([], [])


@pytest.mark.parametrize(
    ("server", "outcome"),
    [
        (SmtpServer(rcpt="550 no such mailbox"), Refused()),
        (SmtpServer(rcpt="451 try later"), NotNow()),
        (SmtpServer(data="554 not this"), Refused()),
        (SmtpServer(data="452 full"), NotNow()),
        (SmtpServer(data=""), Unclear()),
    ],
)
async def test_smtp_outcomes_follow_the_answer(server: SmtpServer, outcome: object) -> None:
    async with server.listening() as port:
        assert await smtp_at(port).send(LETTER) == outcome


async def test_an_smtp_server_that_is_not_there_took_nothing() -> None:
    async with SmtpServer().listening() as port:
        pass
    assert await smtp_at(port).send(LETTER) == NotNow()


async def test_smtp_cannot_be_asked_and_carries_no_texts() -> None:
    assert await smtp_at(1).find("reference-1") == CannotTell()
    assert await smtp_at(1).send(TEXT) == Refused()
