"""The person who answers to a victim."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from contracts.witness_care import ContactRole
from contracts.words import word

from witness_care.errors import NotYourRole


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactPerson:
    """The officer who takes over: opaque sign-in subject, and how the victim reaches their unit."""

    officer: str
    role: ContactRole
    name: str
    phone: str | None = None
    email: str | None = None


def roles_open_to(signed_in: Collection[str]) -> tuple[ContactRole, ...]:
    """What an officer with these roles of a sign-in may call themselves: what it says, or any where it is silent."""
    said = tuple(role for role in ContactRole if role in signed_in)
    return said or tuple(ContactRole)


def roles_said(signed_in: Collection[str]) -> Mapping[ContactRole, str]:
    """The same, each with its words."""
    return {role: word(ContactRole, role) for role in roles_open_to(signed_in)}


def role_of(signed_in: Collection[str], *, asked: ContactRole | None) -> ContactRole:
    """What the victim is told that the officer is. Raises NotYourRole."""
    open_ = roles_open_to(signed_in)
    if asked is None and len(open_) == 1:
        return open_[0]
    if asked is None or asked not in open_:
        raise NotYourRole
    return asked
