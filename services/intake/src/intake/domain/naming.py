"""How an event names its case and victim, in the spelling that is looked up."""

from typing import Final, NamedTuple

from contracts.intake import Doubt
from contracts.references import Reference, Scheme, VictimNumber

from intake.domain import identifiers

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


def named(reference: Reference) -> Named:
    """The canonical form of a reference; the raw spelling stays in the event."""
    scheme = reference.scheme
    if scheme is Scheme.URN:
        return _urn(reference)
    issuer = _ANY_ISSUER if scheme is Scheme.CP_CASE else reference.issuer
    doubtful = scheme is Scheme.CRIME_REFERENCE and not identifiers.is_crime_reference(reference.value)
    doubt = Doubt.CRIME_REFERENCE_PATTERN if doubtful else None
    return Named(scheme, issuer, identifiers.canonical(reference.value), doubt)


def _urn(reference: Reference) -> Named:
    """Police, prosecutors and courts share a URN, whoever quotes it; another prosecutor's number is its own."""
    value = identifiers.canonical_urn(reference.value)
    if identifiers.is_urn(reference.value):
        return Named(reference.scheme, _ANY_ISSUER, value)
    return Named(reference.scheme, reference.issuer, value, Doubt.URN_PATTERN)


def numbered(number: VictimNumber) -> Numbered:
    return Numbered(number.issuer, identifiers.canonical(number.number))
