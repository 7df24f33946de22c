"""The three ways CloudEvents 1.0 come over HTTP: structured, binary, batch."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from urllib.parse import unquote

import msgspec
from chassis.http.problems import MalformedContent, UnsupportedContent
from contracts.errors import ContractError, InvalidEvent, Problem
from contracts.sent import JSON, is_json
from contracts.unreadable import parse_strictly

from intake.publishing.elements import elements
from intake.publishing.incoming import MOST_IN_A_BATCH, Incoming, read_batch, read_event

STRUCTURED = "application/cloudevents+json"
BATCH = "application/cloudevents-batch+json"
BINARY = JSON

_BOOLEANS = {"true": True, "false": False}
_ESCAPED = re.compile(r"\\(.)")


def read_events(headers: Mapping[str, str], body: bytes) -> Sequence[Incoming | ContractError]:
    """The events of a request, each or why it is none.

    Raises UnsupportedContent (415) and MalformedContent (400): then nothing of the request is taken.
    """
    sent_as = headers.get("content-type", "")
    kind = sent_as.partition(";")[0].strip().lower()
    if kind == BATCH:
        read = read_batch(body)
        return [read_event(raw) for raw in _each(body)] if read is None else read
    if kind == STRUCTURED:
        return [read_event(body)]
    if not is_json(sent_as or BINARY):
        raise UnsupportedContent(f"Send {STRUCTURED}, {BATCH}, or {BINARY} with ce- headers, all in UTF-8.")
    return [_binary(headers, body)]


def _each(body: bytes) -> list[bytes]:
    if body.startswith(b"\xef\xbb\xbf"):
        raise MalformedContent("The request begins with a byte order mark (EF BB BF): send the JSON without it.")
    found = elements(body)
    if found is None:
        raise MalformedContent("Send a JSON array of CloudEvents: this is none, or one that is not closed.")
    if len(found) > MOST_IN_A_BATCH:
        raise MalformedContent(f"Send at most {MOST_IN_A_BATCH} events in a batch.")
    return found


def _binary(headers: Mapping[str, str], body: bytes) -> Incoming | ContractError:
    """Attributes are ce- headers; the body is the data, and is read by itself first, so that it can say no more."""
    named = [(name.removeprefix("ce-"), value) for name, value in headers.items() if name.startswith("ce-")]
    if "id" not in dict(named):
        raise MalformedContent("Send the event's attributes in ce- headers, or a structured event.")
    try:
        parse_strictly(body, below="data")
        attributes = _attributes(named)
    except ContractError as error:
        return error
    return read_event(msgspec.json.encode({**attributes, "datacontenttype": BINARY, "data": msgspec.Raw(body)}))


def _attributes(named: Sequence[tuple[str, str]]) -> dict[str, object]:
    counted = Counter(name for name, _ in named)
    if twice := [name for name, times in counted.items() if times > 1]:
        raise InvalidEvent(Problem(f"ce-{name}", "This header is there twice") for name in twice)
    return {name: _attribute(name, value) for name, value in named}


def _attribute(name: str, value: str) -> object:
    """As the HTTP binding (1.0.2, section 3.1.3.2) decodes: what is quoted is unquoted, then percent-decoded once."""
    if len(value) > 1 and value[0] == value[-1] == '"':
        value = _ESCAPED.sub(r"\1", value[1:-1])
    try:
        decoded = unquote(value, errors="strict")
    except UnicodeDecodeError:
        raise InvalidEvent([Problem(f"ce-{name}", "Percent-encoded bytes of this header are not UTF-8")]) from None
    return _BOOLEANS.get(decoded, decoded) if name == "backfill" else decoded
