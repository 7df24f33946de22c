"""The CloudEvents 1.0 envelope with our extensions, named as on the wire."""

from typing import Annotated, Final, Literal

from pydantic import Field

from contracts.ids import UUID_TEXT, CaseId, VictimId
from contracts.shape import Instant, Opaque, Shape

WRITTEN_BY_INTAKE: Final = ("caseid", "victimid", "doubt", "crimeids")
"""Attributes that no publisher may set: intake resolves and judges."""


class Envelope(Shape):
    """Everything about an event but its data. Absent attributes are left out of the JSON.

    `subject` and the ids travel in the clear, so they are opaque ids and never name a person.
    Others are not kept: whatever they hold would be published unread. See `contracts.sent`.
    """

    specversion: Literal["1.0"] = "1.0"
    id: Opaque
    source: Opaque
    """URI reference of the publishing system, bound to its credentials."""
    type: str = Field(pattern=r"^[a-z-]+\.[a-z-]+\.v[1-9][0-9]*$", max_length=100)
    time: Instant
    """When it happened, as the publisher claims (occurred_at)."""
    subject: Opaque | None = None
    datacontenttype: Literal["application/json"] = "application/json"
    dataschema: Opaque | None = None
    traceparent: str | None = Field(default=None, pattern=r"^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$")
    caseid: Annotated[CaseId, UUID_TEXT] | None = None
    victimid: Annotated[VictimId, UUID_TEXT] | None = None
    correlationid: Opaque | None = None
    causationid: Opaque | None = None
    backfill: bool = False
    """History being filled in: shown on the timeline, told to nobody."""
    doubt: str | None = Field(default=None, pattern=r"^[a-z-]+(,[a-z-]+)*$", max_length=200)
    """Why the fact is kept but told to nobody until an officer has looked: `Doubt` values, comma-separated."""
    crimeids: str | None = Field(default=None, pattern=r"^[0-9a-f-]{36}(,[0-9a-f-]{36})*$", max_length=1000)
    """The crimes that the fact names, as the cases they were recorded as: sorted, comma-separated.

    Absent where that is `caseid` alone, and where the fact names no crime (a URN or a prosecutor's or court's number
    alone is about all of the matter).
    """
