"""How an event names its case and victim, in the spelling that is looked up."""

from dataclasses import dataclass
from typing import assert_never

from contracts.intake import Doubt
from contracts.references import Reference, Scheme, VictimNumber

from intake.domain import identifiers

REPORTS: str = "throughline"
"""Issuer of the references that we give to people who report to us; whatever a quoting agency writes there."""


@dataclass(frozen=True, slots=True)
class Named:
    """One reference to a case. `doubt` when it does not look like what it claims to be."""

    scheme: Scheme
    issuer: str
    value: str
    doubt: Doubt | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        return (self.scheme.value, self.issuer, self.value)


@dataclass(frozen=True, slots=True)
class Numbered:
    """One agency's local number for a victim."""

    issuer: str
    number: str


@dataclass(frozen=True, slots=True)
class Mention:
    """What one event names. `reports` are references of reports made to us; `merges` when it says all are one case."""

    publisher: str
    references: tuple[Named, ...]
    reports: tuple[str, ...]
    victim: Numbered | None
    merges: bool = False


def named(reference: Reference) -> Named:
    """The canonical form of a reference; the raw spelling stays in the event."""
    match reference.scheme:
        case Scheme.URN:
            doubt = None if identifiers.is_urn(reference.value) else Doubt.URN_PATTERN
            return Named(reference.scheme, reference.issuer, identifiers.canonical_urn(reference.value), doubt)
        case Scheme.CRIME_REFERENCE:
            doubt = None if identifiers.is_crime_reference(reference.value) else Doubt.CRIME_REFERENCE_PATTERN
        case Scheme.CP_CASE | Scheme.CPS_CASE | Scheme.REPORT_REFERENCE | Scheme.POLICE_UK_CRIME:
            doubt = None
        case _:
            assert_never(reference.scheme)
    return Named(reference.scheme, reference.issuer, identifiers.canonical(reference.value), doubt)


def numbered(number: VictimNumber) -> Numbered:
    return Numbered(number.issuer, identifiers.canonical(number.number))
