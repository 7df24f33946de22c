"""schemathesis over a service's own OpenAPI document: bounded, the same each time, and its findings as sentences."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import schemathesis
from chassis.http.document import DOCUMENT_PATH
from intake.publishing.cloudevents import BINARY
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema
from schemathesis.generation.meta import ExamplesPhaseData
from support.interface import Bridge

_KNOWN: Final = 0.7
"""How often a path names something that is there."""


def findings(service: Bridge, role: str, *, examples: int = 4) -> list[str]:
    """What schemathesis finds, each kind once for an operation; `examples` of what it makes up for each."""
    found: dict[str, str] = {}
    for event in from_schema(_schema(service, role, examples)).execute():
        for kind, sentence in _said(event):
            found.setdefault(kind, sentence)
    return list(found.values())


def _schema(service: Bridge, role: str, examples: int) -> Any:
    config = SchemathesisConfig.from_dict(_config(service, role, examples))
    schema = schemathesis.openapi.from_asgi(DOCUMENT_PATH, app=service, config=config)
    schema.hook("filter_case")(_can_be_said)
    return schema


def _can_be_said(_context: object, case: schemathesis.Case[Any]) -> bool:
    """No document can say that one media type of an address needs headers which the others do not: binary mode.

    Nor that a whole number is written without a fraction: to JSON Schema 783.0 is an integer.
    """
    if _has_a_whole_fraction(case.body):
        return False
    if case.path != "/events" or case.media_type != BINARY or case.meta is None:
        return True
    return isinstance(case.meta.phase.data, ExamplesPhaseData)


def _has_a_whole_fraction(value: object) -> bool:
    if isinstance(value, Mapping):
        return any(map(_has_a_whole_fraction, value.values()))
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
        return any(map(_has_a_whole_fraction, value))
    return isinstance(value, float) and value.is_integer()


def _config(service: Bridge, role: str, examples: int) -> dict[str, Any]:
    known = service.service.known
    return {
        "seed": 12,
        "workers": 1,
        "headers": service.headers(role),
        "continue-on-failure": True,
        "request-timeout": 10,
        "max-stream-events": 1,
        "generation": {"max-examples": examples, "deterministic": True, "database": "none", "no-shrink": True},
        "dictionaries": {name: {"values": [value]} for name, value in known.items()},
        "parameters": {f"path.{name}": {"dictionary": name, "probability": _KNOWN} for name in known},
        "operations": _APART,
        "phases": {"stateful": {"enabled": False}},
    }


_REFUSED: Final = ["400", "401", "403", "404", "405", "406", "409", "413", "415", "422", "428", "429", "5xx"]
_APART: Final = [
    {"include-path-regex": "/live$", "request-timeout": 0.5},
    # Every field of every event type would have its cases: a hundred times as many as all else together.
    # A batch is answered for each of its events: 207 says of each that is wrong why it was refused.
    {
        "include-path": "/events",
        "phases": {"coverage": {"enabled": False}},
        "checks": {"negative_data_rejection": {"expected-statuses": ["207", *_REFUSED]}},
    },
    # What is in force is named in a header that a first agreement has not; a window ends after it begins.
    # A contact lies in the past, a moment that no schema can name.
    {
        "include-path-regex": "/(contact-promise|contact-attempts)$",
        "checks": {
            "positive_data_acceptance": {"expected-statuses": ["2xx", "401", "403", "404", "409", "412", "422", "428"]}
        },
    },
]


def _said(event: events.EngineEvent) -> Iterator[tuple[str, str]]:
    if isinstance(event, events.NonFatalError):
        yield event.label, f"{event.label}: {event.info.title}: {event.info.message}"
    if isinstance(event, events.FatalError):
        yield "gave up", f"schemathesis gave up: {event.exception}"
    if isinstance(event, events.ScenarioFinished):
        for checks in event.recorder.checks.values():
            for check in checks:
                if check.failure_info is not None:
                    yield f"{event.label} {check.name}", f"{event.label}: {check.failure_info.failure}"
