"""Addresses that nobody could ever reach are refused when they are agreed, not found out when it matters.

Possible, not valid: the numbers set aside for drama are possible, and so is every number in use.
"""

import re
from typing import assert_never

import phonenumbers
from contracts.notifications import ChannelKind

from notifications.errors import UnusableTerms

_EMAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;]+")


def refuse_impossible(kind: ChannelKind, address: str) -> None:
    """Raise `UnusableTerms`, without repeating the address."""
    match kind:
        case ChannelKind.EMAIL:
            possible = _EMAIL.fullmatch(address) is not None
        case ChannelKind.SMS | ChannelKind.PHONE:
            possible = _is_possible_number(address)
        case ChannelKind.LETTER:
            possible = True
        case _:
            assert_never(kind)
    if not possible:
        raise UnusableTerms(f"the address of {kind} can't be one: correct it")


def _is_possible_number(text: str) -> bool:
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(text, "GB"))
    except phonenumbers.NumberParseException:
        return False
