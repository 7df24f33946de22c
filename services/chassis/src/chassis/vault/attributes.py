"""An envelope's attributes as JSON: what was said apart from what was added to it.

A retry of a publisher's repeats what it said, which is therefore digested; what intake resolves and judges, and the
trace, may differ from try to try. Written by msgspec, which takes half the time that pydantic does for a flat object.
"""

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any, Final, NamedTuple

import msgspec
from contracts.envelope import WRITTEN_BY_INTAKE, Envelope

_SAID: Final = [name for name in Envelope.model_fields if name not in (*WRITTEN_BY_INTAKE, "traceparent")]
_ENCODE = msgspec.json.Encoder().encode


class Added(NamedTuple):
    """What is added to what was said: WRITTEN_BY_INTAKE, in its order."""

    caseid: str | None
    victimid: str | None
    doubt: str | None


def attributes_of(envelope: Envelope, added: Added | None, trace: str | None) -> tuple[bytes, bytes]:
    """Both as the beginning of a JSON object and its continuation: `{"id":...` and `,"caseid":...`, which may be empty.

    Absent attributes are left out. Without `added` the envelope's own are written; `trace` is the traceparent.
    """
    members = envelope.__dict__
    rest = _ENCODE(_with_trace(*(added or _added_in(members)), trace))
    return _said(members)[:-1], b"," + rest[1:-1] if len(rest) > len(b"{}") else b""


def _writer(names: Sequence[str]) -> Callable[[dict[str, Any]], bytes]:
    """Writes these attributes of an envelope's members; those that may be absent stand last."""
    required = [name for name in names if Envelope.model_fields[name].default is not None]
    optional = [name for name in names if name not in required]
    shape = msgspec.defstruct(
        "Attributes",
        [*((name, Any) for name in required), *((name, Any, None) for name in optional)],
        omit_defaults=True,
        gc=False,
    )
    values = itemgetter(*required, *optional)
    return lambda members: _ENCODE(shape(*values(members)))


_said = _writer(_SAID)
_with_trace = msgspec.defstruct(
    "Added", [(name, Any, None) for name in (*Added._fields, "traceparent")], omit_defaults=True, gc=False
)
_added_in = itemgetter(*Added._fields)
