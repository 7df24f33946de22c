"""Which duties are met by telling the victim, so that a reminder to tell makes sense."""

from contracts.duties import DUTIES
from contracts.duty import Kind


def met_by_telling(duty_id: str) -> bool:
    """False for duties between agencies and for those that another event meets; True where we don't know better."""
    duty = DUTIES.get(duty_id)
    return duty is None or (duty.kind is Kind.DUTY and not duty.met_by)
