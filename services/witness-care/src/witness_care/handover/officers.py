"""Who answers to a victim, from the opened event that says so."""

from collections.abc import Mapping
from typing import Any

from chassis.vault.opening import ErasedText
from contracts.witness_care import ContactRole

from witness_care.contacts.contact import ContactPerson


def person_in(event: Mapping[str, Any], *, officer: str) -> ContactPerson | None:
    """The officer as the victim sees them; None where the event is missing, speaks of another or names nobody."""
    said = event.get("data", {})
    name = said.get("officer_name")
    if said.get("officer") != officer or name is None or isinstance(name, ErasedText):
        return None
    return ContactPerson(
        officer=officer, role=ContactRole(said["role"]), name=name, phone=said.get("phone"), email=said.get("email")
    )
