"""What the services answer, as far as the story looks at it."""

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict


class Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class EventName(Answer):
    source: str
    id: str


class Detail(Answer):
    label: str
    text: str


class Entry(Answer):
    """One line of a timeline."""

    event: EventName
    type: str
    what: str
    meaning: str
    details: tuple[Detail, ...]
    recorded_at: datetime
    backfill: bool
    doubt: str | None
    reach: str
    corrected_by: EventName | None
    case_id: str | None
    news_id: str | None
    notified_at: datetime | None
    opened_at: datetime | None
    told_at: datetime | None
    told_how: str | None

    @property
    def to_be_told(self) -> bool:
        """News that the victim has neither opened nor been told."""
        return self.news_id is not None and self.told_at is None and not self.backfill


class Timeline(Answer):
    victim_id: str
    entries: tuple[Entry, ...]

    def of(self, *types: str) -> list[Entry]:
        """The entries of these types ("court.verdict-reached"), newest first."""
        return [entry for entry in self.entries if entry.type.rpartition(".")[0] in types]


class NextDate(Answer):
    what: str
    on: date


class ContactPerson(Answer):
    role: str
    name: str | None


class Owed(Answer):
    duty_key: str
    duty_id: str
    due_at: datetime
    reminder_at: datetime
    news_id: str


class Status(Answer):
    """Where things are now."""

    where_things_are: tuple[str, ...]
    next_date: NextDate | None
    contact: ContactPerson | None
    owed: tuple[Owed, ...]


class DueItem(Answer):
    kind: str
    key: str
    what: str
    due_at: datetime
    news_ids: tuple[str, ...]
    duty_keys: tuple[str, ...]


class DueVictim(Answer):
    victim_id: str
    name: str
    items: tuple[DueItem, ...]


class DueList(Answer):
    """An officer's victims, and those whom nobody has taken over."""

    mine: tuple[DueVictim, ...]
    unassigned: tuple[DueVictim, ...]


class Decision(Answer):
    news_id: str
    event_type: str
    verdict: str
    why: str | None
    message_id: str | None
    notified_at: datetime | None


class Decisions(Answer):
    decisions: tuple[Decision, ...]


class Waiting(Answer):
    """A message of an agency that waits for an officer."""

    document_id: str
    state: str
    why: str | None
    decided_at: datetime | None
