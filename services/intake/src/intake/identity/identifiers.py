"""The numbers that agencies give to cases and people: canonical form, pattern and check letter.

A number that fails is doubtful, not refused: published samples fail too, and an officer can look.
"""

import re
from typing import Final

_CHECK_LETTERS: Final = "ZABCDEFGHJKLMNPQRTUVWXY"
_LETTERS_WITHOUT_LOOKALIKES: Final = "AC-HJ-NP-RTV-Z"

_URN = re.compile(r"[A-Z0-9]{11}")
_CRIME_REFERENCE = re.compile(r"(?=.*[0-9])[A-Z0-9][A-Z0-9/ .-]{2,34}")
_PRISON_NUMBER = re.compile(f"[{_LETTERS_WITHOUT_LOOKALIKES}][0-9]{{4}}[{_LETTERS_WITHOUT_LOOKALIKES}]{{2}}")
_ARREST_SUMMONS_NUMBER = re.compile(r"([0-9]{2})([A-Z0-9]{6,7})([0-9]{11})([A-Z])")
_PNC_ID = re.compile(r"([0-9]{4}|[0-9]{2})/?([0-9]{1,7})([A-Z])")
_CRO = re.compile(r"(SF)?([0-9]{1,6})/([0-9]{1,6})([A-Z])")
_COURT_CASE = re.compile(r"([0-9]{2})/([0-9]{4})/([0-9]{6})([A-Z])")


def check_letter(digits: str) -> str:
    """The letter that closes a number of the police national computer (no I, O or S)."""
    return _CHECK_LETTERS[int(digits) % len(_CHECK_LETTERS)]


def canonical(value: str) -> str:
    """One spelling for look-ups: upper case, no blanks. Separators stay: `1/23` and `12/3` are two numbers."""
    return "".join(value.split()).upper()


def canonical_urn(value: str) -> str:
    """A URN is printed with and without separators; its length is fixed, so they carry nothing."""
    return re.sub(r"[/.\-]", "", canonical(value))


def is_urn(value: str) -> bool:
    """A police-issued case number (PTI-URN): eleven letters and digits."""
    return _URN.fullmatch(canonical_urn(value)) is not None


def is_crime_reference(value: str) -> bool:
    """Forces choose their own; no national pattern exists, so only what no force would print is doubted."""
    return _CRIME_REFERENCE.fullmatch(canonical(value)) is not None


def is_prison_number(value: str) -> bool:
    """HMPPS's number of a prisoner, as issued now (letters that look alike are not used)."""
    return _PRISON_NUMBER.fullmatch(canonical(value)) is not None


def is_arrest_summons_number(value: str) -> bool:
    """Year 2, force 2, unit 2, system 2 or 3, sequence 11, check letter over the numeric parts except the unit."""
    match = _ARREST_SUMMONS_NUMBER.fullmatch(canonical(value))
    if match is None:
        return False
    year, station, sequence, letter = match.groups()
    force, system = station[:2], station[4:]
    digits = "".join(part for part in (force, system, year, sequence) if part.isdigit())
    return check_letter(digits) == letter


def is_pnc_id(value: str) -> bool:
    """A person on the police national computer: year, serial, check letter; the slash and the century may be absent."""
    match = _PNC_ID.fullmatch(value.strip().upper())
    if match is None:
        return False
    year, serial, letter = match.groups()
    return check_letter(year[-2:] + serial.zfill(7)) == letter


def is_cro_number(value: str) -> bool:
    """A criminal records office number: serial/year, or SF year/serial, closed by a check letter."""
    match = _CRO.fullmatch(value.strip().upper())
    if match is None:
        return False
    short_file, first, second, letter = match.groups()
    digits = first + second if short_file else second + first.zfill(6)
    return check_letter(digits) == letter


def is_court_case_reference(value: str) -> bool:
    """A court case on the police national computer: year, court, serial, check letter over all digits."""
    match = _COURT_CASE.fullmatch(value.strip().upper())
    return match is not None and check_letter("".join(match.groups()[:3])) == match.group(4)
