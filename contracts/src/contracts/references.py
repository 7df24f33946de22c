"""How agencies name cases and victims: by numbers of their own, which intake resolves."""

from enum import StrEnum
from typing import Annotated

from pydantic import StringConstraints

from contracts.shape import OPAQUE, Shape

Issuer = Annotated[str, OPAQUE]
"""Who gave the number: a force or prosecution authority code, or a system's name."""

Number = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^ *[\x21-\x7e][\x20-\x7e]*$")]
"""A number as its issuer writes it. Whether it fits the issuer's pattern is intake's to doubt, not to refuse.

A blank one is refused: all whom somebody numbered so would be one person or one case.
"""


class Scheme(StrEnum):
    """What kind of number a reference is."""

    # An enumeration hashes its names, in Python; this is the text that it is, whose hash is known.
    __hash__ = str.__hash__

    CRIME_REFERENCE = "crime-reference"
    URN = "urn"
    CP_CASE = "cp-case"
    CPS_CASE = "cps-case"
    REPORT_REFERENCE = "report-reference"
    POLICE_UK_CRIME = "police-uk-crime"


class Reference(Shape):
    """One agency's name for one case. A number is unique only together with its scheme and issuer."""

    scheme: Scheme
    issuer: Issuer
    value: Number


class VictimNumber(Shape):
    """One agency's local number for one victim."""

    issuer: Issuer
    number: Number
