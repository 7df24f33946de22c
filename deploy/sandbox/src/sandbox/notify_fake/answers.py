"""How Notify describes a message it has taken over, and how the mailbox does."""

from sandbox.notify_fake.mailbox import Mailbox, Message

FINAL = ("delivered", "permanent-failure", "temporary-failure")


def notification(message: Message, mailbox: Mailbox) -> dict[str, object]:
    """The body of `GET /v2/notifications/{id}`."""
    status, created_at = mailbox.status(message), message.created_at.isoformat()
    return {
        "id": message.id,
        "reference": message.reference,
        "email_address": message.recipient if message.kind == "email" else None,
        "phone_number": message.recipient if message.kind == "sms" else None,
        "type": message.kind,
        "status": status,
        "template": {"id": message.template_id, "version": 1, "uri": f"/v2/template/{message.template_id}"},
        "body": message.words.body,
        "subject": message.words.subject or None,
        "created_at": created_at,
        "sent_at": None if status == "created" else created_at,
        "completed_at": created_at if status in FINAL else None,
        "scheduled_for": None,
        "one_click_unsubscribe_url": None,
    }


def in_mailbox(message: Message, mailbox: Mailbox) -> dict[str, object]:
    """One entry of the mailbox, for checks and people."""
    return {
        "id": message.id,
        "kind": message.kind,
        "recipient": message.recipient,
        "subject": message.words.subject,
        "body": message.words.body,
        "reference": message.reference,
        "status": mailbox.status(message),
        "business_time": message.business_time.isoformat(),
        "real_time": message.created_at.isoformat(),
    }
