"""What an event names, read from its data."""

from functools import cache
from typing import Final, NamedTuple, TypeVar

from contracts.cps import CaseReferencesLinked
from contracts.facts import CaseFact, VictimFact
from contracts.plain import Plain
from contracts.police import CrimeReported, VictimIdentified
from contracts.references import Scheme
from pydantic import BaseModel

from intake.domain.identifiers import canonical
from intake.domain.naming import Mention, Named, named, numbered


class _Kind(NamedTuple):
    case: bool
    victim: bool
    quotes_report: bool
    merges: bool


_NOTHING: Final = Mention("", (), (), None)
_REPORT: Final = Scheme.REPORT_REFERENCE
_Value = TypeVar("_Value")


def mention_of(publisher: str, data: Plain) -> Mention:
    """The references and the victim number of a fact; a report's reference counts wherever it is quoted."""
    kind = _kind_of(data.model)
    if not kind.case:
        return _NOTHING
    members = data.members
    references: list[Named] = []
    quoted: list[str] = []
    for reference in members["references"]:
        if reference["scheme"] is _REPORT:
            quoted.append(canonical(reference["value"]))
        else:
            references.append(named(reference["scheme"], reference["issuer"], reference["value"]))
    if kind.quotes_report and (named_apart := members.get("report_reference")) is not None:
        quoted.append(canonical(named_apart))
    victim = members["victim"] if kind.victim else None
    return Mention(
        publisher,
        _once(references),
        _once(quoted) if quoted else (),
        numbered(victim["issuer"], victim["number"]) if victim else None,
        kind.merges,
    )


def _once(values: list[_Value]) -> tuple[_Value, ...]:
    return tuple(dict.fromkeys(values)) if len(values) > 1 else tuple(values)


@cache
def _kind_of(model: type[BaseModel]) -> _Kind:
    """Asked once for each model: an instance check of a pydantic model is slow."""
    return _Kind(
        case=issubclass(model, CaseFact),
        victim=issubclass(model, VictimFact),
        quotes_report=issubclass(model, CrimeReported | VictimIdentified),
        merges=issubclass(model, CaseReferencesLinked),
    )


def without_doubts(mention: Mention) -> Mention:
    """The same names after an officer has looked at them."""
    return mention._replace(references=tuple(named._replace(doubt=None) for named in mention.references))
