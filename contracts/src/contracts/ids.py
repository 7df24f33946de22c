"""Identifiers that cross service borders. All are UUID text, except where said."""

from typing import NewType

from pydantic import Field

CaseId = NewType("CaseId", str)
VictimId = NewType("VictimId", str)
NewsId = NewType("NewsId", str)
LinkId = NewType("LinkId", str)
MessageId = NewType("MessageId", str)
ContactId = NewType("ContactId", str)
DutyKey = NewType("DutyKey", str)

EventId = NewType("EventId", str)
"""Any printable text of up to 200 characters: publishers number their own events."""

DefendantId = NewType("DefendantId", str)
"""The prosecution's opaque id of one accused person in one case; on Common Platform a UUID."""

OffenceId = NewType("OffenceId", str)
"""The prosecution's opaque id of one charged offence; on Common Platform a UUID."""

UUID_TEXT = Field(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")
"""Lower-case UUID text, so that equal ids are equal bytes."""
