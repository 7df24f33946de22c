"""What an event names, read from its data."""

from collections.abc import Iterable
from functools import cache, lru_cache
from operator import itemgetter
from typing import Final, NamedTuple, TypeVar

from contracts.cps import CaseReferencesLinked
from contracts.facts import CaseFact, VictimFact
from contracts.plain import Plain
from contracts.police import CrimeReported, VictimIdentified
from contracts.references import Scheme
from pydantic import BaseModel

from intake.identity.identifiers import canonical
from intake.identity.naming import Mention, named, numbered


class _Kind(NamedTuple):
    case: bool
    victim: bool
    quotes_report: bool
    merges: bool
    identifies: bool


_NOTHING: Final = Mention("", (), (), None)
_REPORT: Final = Scheme.REPORT_REFERENCE
_REMEMBERED: Final = 20_000
"""Agencies speak of the same cases again and again."""
_Value = TypeVar("_Value")
_spelling = itemgetter("scheme", "issuer", "value")


def mention_of(publisher: str, data: Plain) -> Mention:
    """The references and the victim number of a fact; a report's reference counts wherever it is quoted."""
    kind = _kind_of(data.model)
    if not kind.case:
        return _NOTHING
    members = data.members
    victim = members["victim"] if kind.victim else None
    return _mention(
        publisher,
        tuple(map(_spelling, members["references"])),
        members.get("report_reference") if kind.quotes_report else None,
        (victim["issuer"], victim["number"]) if victim else None,
        kind.merges,
        kind.identifies,
    )


@lru_cache(_REMEMBERED)
def _mention(
    publisher: str,
    references: tuple[tuple[Scheme, str, str], ...],
    report: str | None,
    victim: tuple[str, str] | None,
    merges: bool,  # noqa: FBT001 by place, since names make a remembered call slow
    identifies: bool,  # noqa: FBT001
) -> Mention:
    quoted = [value for scheme, _, value in references if scheme is _REPORT]
    quoted += [] if report is None else [report]
    return Mention(
        publisher,
        _once(named(*reference) for reference in references if reference[0] is not _REPORT),
        _once(map(canonical, quoted)),
        numbered(*victim) if victim else None,
        merges,
        identifies,
    )


def _once(values: Iterable[_Value]) -> tuple[_Value, ...]:
    return tuple(dict.fromkeys(values))


@cache
def _kind_of(model: type[BaseModel]) -> _Kind:
    """Asked once for each model: an instance check of a pydantic model is slow."""
    return _Kind(
        case=issubclass(model, CaseFact),
        victim=issubclass(model, VictimFact),
        quotes_report=issubclass(model, CrimeReported | VictimIdentified),
        merges=issubclass(model, CaseReferencesLinked),
        identifies=issubclass(model, VictimIdentified),
    )


def without_doubts(mention: Mention) -> Mention:
    """The same names after an officer has looked at them."""
    return mention._replace(references=tuple(named._replace(doubt=None) for named in mention.references))
