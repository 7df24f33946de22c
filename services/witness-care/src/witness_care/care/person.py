"""The person who answers to a victim."""

from dataclasses import dataclass

from contracts.witness_care import ContactRole


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactPerson:
    """The officer who takes over: opaque sign-in subject, and how the victim reaches their unit."""

    officer: str
    role: ContactRole
    name: str
    phone: str | None = None
    email: str | None = None
