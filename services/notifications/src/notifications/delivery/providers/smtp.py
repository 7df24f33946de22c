"""E-mail by SMTP. It can't be asked afterwards: an unclear hand-over is an unknown outcome and is never sent again."""

from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime

import aiosmtplib
from chassis.clock import Clock
from chassis.open_transactions import refuse_within_transaction
from contracts.notifications import ChannelKind
from pydantic import SecretStr

from notifications.delivery.provider import (
    Accepted,
    CannotTell,
    Delivery,
    FindOutcome,
    NotNow,
    Outgoing,
    Refused,
    SendOutcome,
    Unclear,
)
from notifications.errors import UnusableTerms
from notifications.promise.addresses import address_of

CALL_SECONDS = 10.0
PERMANENT = range(500, 600)


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """The submission server. `sender` is a neutral address; `start_tls` None means: if the server offers it."""

    host: str
    port: int
    sender: str
    username: str | None = None
    password: SecretStr | None = None
    start_tls: bool | None = None


class Smtp:
    """E-mail only."""

    def __init__(self, settings: SmtpSettings, *, clock: Clock) -> None:
        self._settings, self._clock = settings, clock

    async def send(self, outgoing: Outgoing) -> SendOutcome:
        if outgoing.channel is not ChannelKind.EMAIL or _address_of(outgoing.address) != outgoing.address:
            return Refused()
        try:
            await self._submit(self._letter(outgoing), recipient=outgoing.address)
        except (aiosmtplib.SMTPConnectError, aiosmtplib.SMTPAuthenticationError):
            return NotNow()
        except aiosmtplib.SMTPRecipientsRefused as error:
            return Refused() if all(each.code in PERMANENT for each in error.recipients) else NotNow()
        except aiosmtplib.SMTPResponseException as error:
            return Refused() if error.code in PERMANENT else NotNow()
        except (aiosmtplib.SMTPException, TimeoutError, OSError):
            return Unclear()
        return Accepted(None)

    async def find(self, reference: str) -> FindOutcome:  # noqa: ARG002 the port's shape
        return CannotTell()

    async def delivery(self, provider_id: str) -> Delivery:  # noqa: ARG002
        return Delivery.UNKNOWN

    async def _submit(self, letter: EmailMessage, *, recipient: str) -> None:
        """To the agreed address alone: a header is read by other rules, and may name another."""
        refuse_within_transaction()
        settings = self._settings
        await aiosmtplib.send(
            letter,
            sender=settings.sender,
            recipients=[recipient],
            hostname=settings.host,
            port=settings.port,
            username=settings.username,
            password=settings.password.get_secret_value() if settings.password else None,
            start_tls=settings.start_tls,
            timeout=CALL_SECONDS,
        )

    def _letter(self, outgoing: Outgoing) -> EmailMessage:
        letter = EmailMessage()
        letter["From"] = self._settings.sender
        letter["To"] = outgoing.address
        letter["Subject"] = outgoing.subject
        letter["Date"] = format_datetime(self._clock.now())
        letter["Message-ID"] = f"<{outgoing.reference}@{self._settings.sender.rpartition('@')[2]}>"
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(outgoing.body)
        return letter


def _address_of(text: str) -> str | None:
    """The text as an address, as it was agreed; None where it is none."""
    try:
        return address_of(ChannelKind.EMAIL, text)
    except UnusableTerms:
        return None
