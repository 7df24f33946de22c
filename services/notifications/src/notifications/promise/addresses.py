"""An address is read once, when it is agreed; what was read is kept, shown, and given to the provider.

Possible numbers, not only valid ones: those set aside for drama are possible, and so is every number in use.
"""

import re
from typing import Final, assert_never

import phonenumbers
from contracts.notifications import ChannelKind
from email_validator import EmailNotValidError, validate_email

from notifications.errors import UnusableTerms

_HOME: Final = "GB"
# anything else the reader of numbers would pass over in silence
_DIALLED: Final = re.compile(r"[+(]?[0-9][0-9 ().\-/]*")


def address_of(kind: ChannelKind, text: str) -> str:
    """The address in the one form in which it is used. Raises `UnusableTerms`, without repeating the text.

    E-mail as its ASCII form, numbers as E.164; a text message needs a number that takes one. What would not be read
    as itself is no address: whoever reads it next would reach somebody else.
    """
    found = _read(kind, text)
    if not found or _read(kind, found) != found:
        raise UnusableTerms(f"the address of {kind} can't be one: correct it")
    return found


def _read(kind: ChannelKind, text: str) -> str | None:
    plain = " ".join(text.split())
    match kind:
        case ChannelKind.EMAIL:
            return _email(plain)
        case ChannelKind.SMS:
            return _number(plain, mobile=True)
        case ChannelKind.PHONE:
            return _number(plain, mobile=False)
        case ChannelKind.LETTER:
            return plain
        case _:
            assert_never(kind)


def _email(text: str) -> str | None:
    try:
        return validate_email(text, check_deliverability=False, allow_smtputf8=False).ascii_email
    except EmailNotValidError:
        return None


def _number(text: str, *, mobile: bool) -> str | None:
    if _DIALLED.fullmatch(text) is None:
        return None
    try:
        number = phonenumbers.parse(text, _HOME)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number) or (mobile and not _takes_messages(number)):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def _takes_messages(number: phonenumbers.PhoneNumber) -> bool:
    """In the United Kingdom mobile numbers begin with 7, but for personal ones (70); elsewhere only lines are known."""
    national = phonenumbers.national_significant_number(number)
    if phonenumbers.region_code_for_country_code(number.country_code or 0) == _HOME:
        return national.startswith("7") and not national.startswith("70")
    return phonenumbers.number_type(number) != phonenumbers.PhoneNumberType.FIXED_LINE
