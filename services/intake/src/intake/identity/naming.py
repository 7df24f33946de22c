"""How an event names its case and victim, in the spelling that is looked up."""

from typing import Final, NamedTuple, assert_never

from contracts.intake import Doubt
from contracts.references import Scheme

from intake.identity import identifiers

CRIME_LEVEL: Final = frozenset({Scheme.CRIME_REFERENCE, Scheme.POLICE_UK_CRIME})
"""Beside a report's reference, the names of one crime; all others name the whole matter that it is prosecuted in."""
_ANY_ISSUER: Final = "*"
"""For numbers that are unique in the country: who quotes one doesn't matter."""


class Named(NamedTuple):
    """One reference to a case. `doubt` when it does not look like what it claims to be."""

    scheme: Scheme
    issuer: str
    value: str
    doubt: Doubt | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        return (self.scheme, self.issuer, self.value)


class Numbered(NamedTuple):
    """One agency's local number for a victim."""

    issuer: str
    number: str


class Mention(NamedTuple):
    """What one event names. `reports` are references of reports made to us; `merges` when it says all are one case."""

    publisher: str
    references: tuple[Named, ...]
    reports: tuple[str, ...]
    victim: Numbered | None
    merges: bool = False
    identifies: bool = False
    """Does it say who the victim is, as apart from a fact about somebody known?"""

    @property
    def joins(self) -> bool:
        """Does it say of names that they are of one case, for which it answers when it is taken back?"""
        return self.merges or bool(self.reports)


def named(scheme: Scheme, issuer: str, value: str) -> Named:
    """The canonical form of a reference, from its members; the raw spelling stays in the event."""
    match scheme:
        case Scheme.URN:
            return _urn(issuer, value)
        case Scheme.CRIME_REFERENCE:
            doubt = None if identifiers.is_crime_reference(value) else Doubt.CRIME_REFERENCE_PATTERN
        case Scheme.CP_CASE:
            issuer, doubt = _ANY_ISSUER, None
        case Scheme.CPS_CASE | Scheme.REPORT_REFERENCE | Scheme.POLICE_UK_CRIME:
            doubt = None
        case _:
            assert_never(scheme)
    return Named(scheme, issuer, identifiers.canonical(value), doubt)


def _urn(issuer: str, raw: str) -> Named:
    """Police, prosecutors and courts share a URN, whoever quotes it; another prosecutor's number is its own."""
    value = identifiers.canonical_urn(raw)
    if identifiers.is_urn(raw):
        return Named(Scheme.URN, _ANY_ISSUER, value)
    return Named(Scheme.URN, issuer, value, Doubt.URN_PATTERN)


def numbered(issuer: str, number: str) -> Numbered:
    """The canonical form of a victim's number."""
    return Numbered(issuer, identifiers.canonical(number))
