"""A contact that an officer owes."""

from dataclasses import dataclass
from datetime import datetime

from contracts.ids import ContactId, DutyKey, NewsId, VictimId
from contracts.notifications import ContactReason
from contracts.shape import Shape

from contracts import notifications as said


@dataclass(frozen=True, slots=True)
class OfficerContactWithdrawn:
    """Nobody has to make this contact any more."""

    contact_id: ContactId
    victim: VictimId
    at: datetime

    def said(self) -> tuple[str, Shape]:
        return "notifications.officer-contact-withdrawn.v1", said.OfficerContactWithdrawn(contact_id=self.contact_id)


@dataclass(frozen=True, slots=True)
class OfficerContactDue:
    """A person has to make contact about these news by `due_by`."""

    contact_id: ContactId
    victim: VictimId
    reason: ContactReason
    news: tuple[NewsId, ...]
    duties: tuple[DutyKey, ...]
    due_by: datetime
    at: datetime

    def said(self) -> tuple[str, Shape]:
        return "notifications.officer-contact-due.v1", said.OfficerContactDue(
            contact_id=self.contact_id,
            reason=self.reason,
            news_ids=self.news,
            duty_keys=self.duties,
            due_by=self.due_by,
        )
