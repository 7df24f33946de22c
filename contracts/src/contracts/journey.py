"""What the journey service publishes: news for a victim, and duties opened and met."""

from enum import StrEnum
from typing import Annotated, Final

from contracts.event_type import EventType
from contracts.ids import UUID_TEXT, CaseId, DutyKey, EventId, NewsId, VictimId
from contracts.shape import OPAQUE, Instant, Opaque, Shape

NewsIdText = Annotated[NewsId, UUID_TEXT]
DutyKeyText = Annotated[DutyKey, UUID_TEXT]
CaseIdText = Annotated[CaseId, UUID_TEXT]
VictimIdText = Annotated[VictimId, UUID_TEXT]


class Reach(StrEnum):
    """Who may have the news: the victim, or first an officer, as when no link to that defendant is known."""

    VICTIM = "victim"
    OFFICER = "officer"


class NewsArrived(Shape):
    """A fact concerns this victim. Ids, type and times only: the content is read on the timeline.

    It comes again, under the same `news_id`, when its reach or its standing has changed, or after it was withdrawn:
    what was said last holds.
    """

    news_id: NewsIdText
    """UUIDv5 of the event's source and id, and the victim."""
    event_id: Annotated[EventId, OPAQUE]
    event_source: Opaque
    event_type: Opaque
    says_type: Opaque | None = None
    """The type of what holds by it: of a correction, that of the replacement. Absent where it is the event's own."""
    about_at: Instant | None = None
    """When what it is about begins, as a hearing does or a release: it is of no use to her afterwards."""
    case_id: CaseIdText
    occurred_at: Instant
    recorded_at: Instant
    backfill: bool = False
    reach: Reach
    standing: bool = True
    """False when another fact has replaced it: put it right, or taken its place among those about the same thing."""
    corrects_news: NewsIdText | None = None
    retracts: bool = False
    told_at: Instant | None = None
    """When she was told it under another id, of those by which an officer found her to be one person."""


class NewsWithdrawn(Shape):
    """The news was not about this victim after all: a link was revoked, or a correction names somebody else.

    Or an officer found that she is one person with another id: then it is as hers as before, and goes on under that id.
    """

    news_id: NewsIdText
    at: Instant
    moved_to: VictimIdText | None = None
    """The id under which she goes on. Nothing is to be put right."""


class VictimHeardOf(Shape):
    """A fact names this victim, and none did before: who listens to us alone knows now that there is such a victim."""

    event_id: Annotated[EventId, OPAQUE]
    event_source: Opaque
    at: Instant


class SafeContactWarned(Shape):
    """Somebody warned what makes contact unsafe, said otherwise, or took it back. What was said is read by officers."""

    event_id: Annotated[EventId, OPAQUE]
    event_source: Opaque
    stands: bool
    """False when it was taken back; how the victim may be reached has to be agreed anew all the same."""
    at: Instant


class DutyOpened(Shape):
    """Something is owed to this victim by a time: by its true clock, which may have run out before we knew."""

    duty_key: DutyKeyText
    """UUIDv5 of the victim, the trigger event and the duty."""
    duty_id: Opaque
    subject: Opaque | None = None
    """What it is about, as `hearing/<id>` or `accused/<id>`: no two open duties of one id and reach have the same."""
    reach: Reach = Reach.VICTIM
    """Officer: it is owed all the same, and waits for an officer to find out whether she may be told."""
    news_id: NewsIdText | None = None
    case_id: CaseIdText
    owner: Opaque
    opened_at: Instant
    due_at: Instant
    reminder_at: Instant
    code_edition: Opaque
    due_beyond_calendar: bool = False
    """The due time lies past the last known bank holiday, so it may move."""


class DutyChanged(DutyOpened):
    """What was said of this duty is otherwise now: its time, its news or its reach; or it is open again."""


class MetBy(StrEnum):
    """What met a duty; a send or a delivery does not."""

    SEEN = "seen"
    CONTACT = "contact"
    EVENT = "event"


class DutyEnding(StrEnum):
    """What became of a duty. Replaced: a later fact stands in its place, or what it followed from holds no more."""

    DONE = "done"
    REPLACED = "replaced"
    NOT_WANTED = "not-wanted"


class DutyMet(Shape):
    """The victim was told, or what was owed was done."""

    duty_key: DutyKeyText
    met_by: MetBy
    ending: DutyEnding | None = None
    """Where an event ended it, which of these it was."""
    at: Instant


TYPES: Final = (
    EventType("journey.victim-heard-of.v1", VictimHeardOf),
    EventType("journey.news-arrived.v1", NewsArrived),
    EventType("journey.news-withdrawn.v1", NewsWithdrawn),
    EventType("journey.safe-contact-warned.v1", SafeContactWarned),
    EventType("journey.duty-opened.v1", DutyOpened),
    EventType("journey.duty-changed.v1", DutyChanged),
    EventType("journey.duty-met.v1", DutyMet),
)
