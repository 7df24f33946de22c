"""What an event names, read from its data."""

from functools import cache
from typing import Final, NamedTuple, cast

from contracts.cps import CaseReferencesLinked
from contracts.facts import CaseFact, VictimFact
from contracts.police import CrimeReported, VictimIdentified
from contracts.references import Scheme
from pydantic import BaseModel

from intake.domain.identifiers import canonical
from intake.domain.naming import Mention, named, numbered


class _Kind(NamedTuple):
    case: bool
    victim: bool
    quotes_report: bool
    merges: bool


_NOTHING: Final = Mention("", (), (), None)


def mention_of(publisher: str, data: BaseModel) -> Mention:
    """The references and the victim number of a fact; a report's reference counts wherever it is quoted."""
    kind = _kind_of(type(data))
    if not kind.case:
        return _NOTHING
    fact = cast(CaseFact, data)
    references = tuple([named(r) for r in fact.references if r.scheme is not Scheme.REPORT_REFERENCE])
    return Mention(
        publisher,
        tuple(dict.fromkeys(references)) if len(references) > 1 else references,
        _reports(fact, kind),
        numbered(cast(VictimFact, data).victim) if kind.victim else None,
        kind.merges,
    )


@cache
def _kind_of(model: type[BaseModel]) -> _Kind:
    """Asked once for each model: an instance check of a pydantic model is slow."""
    return _Kind(
        case=issubclass(model, CaseFact),
        victim=issubclass(model, VictimFact),
        quotes_report=issubclass(model, CrimeReported | VictimIdentified),
        merges=issubclass(model, CaseReferencesLinked),
    )


def _reports(fact: CaseFact, kind: _Kind) -> tuple[str, ...]:
    quoted = [r.value for r in fact.references if r.scheme is Scheme.REPORT_REFERENCE]
    if kind.quotes_report:
        named_apart = cast(CrimeReported | VictimIdentified, fact).report_reference
        quoted += [named_apart] if named_apart is not None else []
    return tuple(dict.fromkeys(map(canonical, quoted))) if quoted else ()


def without_doubts(mention: Mention) -> Mention:
    """The same names after an officer has looked at them."""
    return mention._replace(references=tuple(named._replace(doubt=None) for named in mention.references))
