"""What an event names, read from its data."""

from dataclasses import replace

from contracts.cps import CaseReferencesLinked
from contracts.facts import CaseFact, VictimFact
from contracts.police import CrimeReported, VictimIdentified
from contracts.references import Scheme
from pydantic import BaseModel

from intake.domain.identifiers import canonical
from intake.domain.naming import Mention, named, numbered


def mention_of(publisher: str, data: BaseModel) -> Mention:
    """The references and the victim number of a fact; a report's reference counts wherever it is quoted."""
    if not isinstance(data, CaseFact):
        return Mention(publisher, (), (), None)
    references = tuple(dict.fromkeys(named(r) for r in data.references if r.scheme != Scheme.REPORT_REFERENCE))
    quoted = [canonical(r.value) for r in data.references if r.scheme == Scheme.REPORT_REFERENCE]
    if isinstance(data, CrimeReported | VictimIdentified) and data.report_reference is not None:
        quoted.append(canonical(data.report_reference))
    return Mention(
        publisher=publisher,
        references=references,
        reports=tuple(dict.fromkeys(quoted)),
        victim=numbered(data.victim) if isinstance(data, VictimFact) else None,
        merges=isinstance(data, CaseReferencesLinked),
    )


def without_doubts(mention: Mention) -> Mention:
    """The same names after an officer has looked at them."""
    return replace(mention, references=tuple(replace(named, doubt=None) for named in mention.references))
