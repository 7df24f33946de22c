"""GOV.UK Notify through its own Python client, which is synchronous: each call runs in a worker thread with a limit.

The template of each channel holds only ((subject)) and ((body)), or ((body)): the words are ours, and tested.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from chassis.open_transactions import refuse_within_transaction
from contracts.notifications import ChannelKind
from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient
from pydantic import SecretStr

from notifications.delivery.provider import (
    Absent,
    Accepted,
    Delivery,
    FindOutcome,
    Found,
    NotNow,
    Outgoing,
    ProviderAway,
    Refused,
    SendOutcome,
    Unclear,
)

CALL_SECONDS = 8.0
ANSWER_SECONDS = 10.0

REFUSED_FOR_GOOD = frozenset({400, 404, 413})
CERTAINLY_NOT_ACCEPTED = frozenset({401, 403, 429})

ON_ITS_WAY = frozenset({"created", "sending", "pending", "sent", "accepted", "pending-virus-check"})
"""The only statuses that mean "ask again" (trap N6); one we have never heard of is an unknown outcome."""
FAILED = frozenset({"permanent-failure", "temporary-failure", "technical-failure", "cancelled", "virus-scan-failed"})

Answer = TypeVar("Answer")
_CLIENT: Any = NotificationsAPIClient


@dataclass(frozen=True, slots=True)
class NotifySettings:
    """Where Notify answers and how we sign in; `templates` by channel."""

    api_key: SecretStr
    base_url: str
    templates: Mapping[ChannelKind, str]


class Notify:
    """E-mail and text messages. A message that Notify may have accepted is found again by its reference."""

    def __init__(self, settings: NotifySettings) -> None:
        self._settings = settings
        self._client()

    async def send(self, outgoing: Outgoing) -> SendOutcome:
        template = self._settings.templates.get(outgoing.channel)
        if template is None:
            return Refused()
        try:
            answer = await self._call(lambda client: _post(client, outgoing, template))
        except APIError as error:
            return _outcome_of(error)
        except (TimeoutError, OSError):
            return Unclear()
        return Accepted(str(answer["id"])) if "id" in answer else Unclear()

    async def find(self, reference: str) -> FindOutcome:
        answer = await self._ask(lambda client: client.get_all_notifications(reference=reference))
        found = answer.get("notifications") or []
        return Found(str(found[0]["id"])) if found else Absent()

    async def delivery(self, provider_id: str) -> Delivery:
        answer = await self._ask(lambda client: client.get_notification_by_id(provider_id))
        status = answer.get("status")
        if status in ON_ITS_WAY:
            return Delivery.ON_ITS_WAY
        if status in FAILED:
            return Delivery.FAILED
        return Delivery.DELIVERED if status in ("delivered", "received") else Delivery.UNKNOWN

    async def _ask(self, question: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
        try:
            return await self._call(question)
        except (APIError, TimeoutError, OSError) as error:
            raise ProviderAway(f"Notify did not answer a question ({type(error).__name__})") from error

    async def _call(self, work: Callable[[Any], Answer]) -> Answer:
        refuse_within_transaction()
        async with asyncio.timeout(ANSWER_SECONDS):
            # A client of its own for each call: it is not thread-safe.
            return await asyncio.to_thread(lambda: work(self._client()))

    def _client(self) -> Any:
        key = self._settings.api_key.get_secret_value()
        return _CLIENT(key, base_url=self._settings.base_url, timeout=CALL_SECONDS)


def _post(client: Any, outgoing: Outgoing, template: str) -> Any:
    if outgoing.channel is ChannelKind.SMS:
        return client.send_sms_notification(
            outgoing.address, template, personalisation={"body": outgoing.body}, reference=outgoing.reference
        )
    words = {"subject": outgoing.subject, "body": outgoing.body}
    return client.send_email_notification(
        outgoing.address, template, personalisation=words, reference=outgoing.reference
    )


def _outcome_of(error: APIError) -> SendOutcome:
    # The client invents a 503 where there was no answer at all; and behind any 5xx the message may have been accepted.
    if error.response is None:
        return Unclear()
    if error.status_code in REFUSED_FOR_GOOD:
        return Refused()
    return NotNow() if error.status_code in CERTAINLY_NOT_ACCEPTED else Unclear()
