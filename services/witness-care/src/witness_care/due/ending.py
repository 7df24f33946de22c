"""What ends each line of the due list: no more than what the line says that it ends by."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from contracts.duties import DUTIES
from contracts.notifications import ContactReason


class EndsBy(StrEnum):
    """What an officer does that ends a line.

    Told: all its news that stands was told, by whatever contact names it, or seen by the victim.
    Put right: contacts made since it was asked for say of all its news that it was not about the victim.
    In touch: any contact made since it was asked for, also one that names nothing.
    Done: something done for the victim; no conversation ends it.
    """

    TOLD = "told"
    PUT_RIGHT = "put-right"
    IN_TOUCH = "in-touch"
    DONE = "done"


CONTACTS_END: Final[Mapping[ContactReason, EndsBy]] = {
    ContactReason.NO_SAFE_CHANNEL: EndsBy.TOLD,
    ContactReason.NOT_SEEN: EndsBy.TOLD,
    ContactReason.UNKNOWN_OUTCOME: EndsBy.TOLD,
    ContactReason.OFFICER_FIRST: EndsBy.TOLD,
    ContactReason.SEND_FAILED: EndsBy.TOLD,
    ContactReason.DOUBT: EndsBy.TOLD,
    ContactReason.NOT_THEIRS: EndsBy.PUT_RIGHT,
    ContactReason.SILENCE: EndsBy.IN_TOUCH,
}
"""By why it was asked for."""


def contact_ends_by(reason: ContactReason, *, names_something: bool) -> EndsBy:
    """What ends a contact that an officer owes. Where it names nothing, being in touch is all that it asks for."""
    ends_by = CONTACTS_END[reason]
    return EndsBy.IN_TOUCH if ends_by is EndsBy.TOLD and not names_something else ends_by


def duty_ends_by(duty_id: str) -> EndsBy:
    """What ends a duty; one of a later catalogue is taken for one to tell."""
    duty = DUTIES.get(duty_id)
    return EndsBy.DONE if duty and duty.met_by else EndsBy.TOLD
