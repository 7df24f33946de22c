"""The due list in an officer's words."""

from collections.abc import Mapping

from contracts.duties import DUTIES
from contracts.notifications import ContactReason

_CONTACTS: Mapping[ContactReason, str] = {
    ContactReason.NO_SAFE_CHANNEL: "Tell them yourself: no channel is agreed as safe",
    ContactReason.NOT_SEEN: "Tell them yourself: they were notified and have not looked",
    ContactReason.UNKNOWN_OUTCOME: "Tell them yourself: we cannot know whether the message left",
    ContactReason.OFFICER_FIRST: "Tell them yourself: this news needs a person's words",
    ContactReason.SEND_FAILED: "Tell them yourself: the message did not arrive",
    ContactReason.DOUBT: "Look at this first: something about the fact is doubtful, and nobody has been told",
}


def contact_wording(reason: str) -> str:
    """Why an officer's contact is due; raises ValueError for a reason that the contract does not know."""
    return _CONTACTS[ContactReason(reason)]


def duty_wording(duty_id: str) -> str:
    """What a duty asks for; a duty of a later catalogue is shown by its id rather than hidden."""
    duty = DUTIES.get(duty_id)
    return f"Tell them {duty.must_tell}" if duty else f"Duty {duty_id}"
