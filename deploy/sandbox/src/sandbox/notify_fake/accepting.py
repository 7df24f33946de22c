"""Taking a message over: `POST /v2/notifications/email` and `/sms`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from chassis.clock import Clock
from pydantic import BaseModel, ConfigDict

from sandbox.notify_fake.behaviour import Gone, Switch
from sandbox.notify_fake.business_time import BusinessTime
from sandbox.notify_fake.failures import bad_request
from sandbox.notify_fake.mailbox import Mailbox, Message
from sandbox.notify_fake.templates import Templates

Kind = Literal["email", "sms"]


class Handed(BaseModel):
    """What the official client posts; members that concern neither kind are let pass."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    template_id: str
    email_address: str | None = None
    phone_number: str | None = None
    personalisation: Mapping[str, object] = {}
    reference: str | None = None


@dataclass(frozen=True, kw_only=True)
class Acceptance:
    """Accepts messages into the mailbox. Like Notify it doesn't mind a reference that it has seen before."""

    templates: Templates
    mailbox: Mailbox
    switch: Switch
    clock: Clock
    business_time: BusinessTime

    async def accept(self, handed: Handed, *, kind: Kind, gone: Gone) -> dict[str, object]:
        """The answer of 201. Raises NotifyError."""
        await self.switch.before_accepting(gone)
        recipient = handed.email_address if kind == "email" else handed.phone_number
        if not recipient:
            raise bad_request(f"{'email_address' if kind == 'email' else 'phone_number'} is a required property")
        message = Message(
            id=self.clock.new_id(),
            kind=kind,
            recipient=recipient,
            template_id=handed.template_id,
            words=self.templates.fill(handed.template_id, kind=kind, values=handed.personalisation),
            reference=handed.reference,
            created_at=self.clock.now(),
            business_time=await self.business_time.now(),
        )
        self.mailbox.put(message)
        await self.switch.after_accepting(gone)
        return _receipt(message)


def _receipt(message: Message) -> dict[str, object]:
    content = {"body": message.words.body} | ({"subject": message.words.subject} if message.kind == "email" else {})
    return {
        "id": message.id,
        "reference": message.reference,
        "content": content,
        "uri": f"/v2/notifications/{message.id}",
        "template": {"id": message.template_id, "version": 1, "uri": f"/v2/template/{message.template_id}"},
    }
