"""The three ways CloudEvents 1.0 come over HTTP: structured, binary, batch."""

from collections.abc import Mapping, Sequence
from urllib.parse import unquote

import msgspec
from chassis.http.problems import MalformedContent, UnsupportedContent
from contracts.errors import ContractError

from intake.publishing.incoming import MOST_IN_A_BATCH, Incoming, read_batch, read_event

STRUCTURED = "application/cloudevents+json"
BATCH = "application/cloudevents-batch+json"
BINARY = "application/json"

_BATCH_DECODER = msgspec.json.Decoder(list[msgspec.Raw])
_BOOLEANS = {"true": True, "false": False}


def read_events(headers: Mapping[str, str], body: bytes) -> Sequence[Incoming | ContractError]:
    """The events of a request, each or why it is none.

    Raises UnsupportedContent (415) and MalformedContent (400): then nothing of the request is taken. What nests deeply
    is refused here by the parser's own limit, and below that by the contracts, which hold nothing deep.
    """
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in (STRUCTURED, BATCH, BINARY):
        raise UnsupportedContent(f"Send {STRUCTURED}, {BATCH}, or {BINARY} with ce- headers.")
    if kind == BATCH:
        return read_batch(body) or [read_event(raw) for raw in _each(body)]
    _demand_json(body)
    return [read_event(body if kind == STRUCTURED else _from_headers(headers, body))]


def _each(body: bytes) -> list[bytes]:
    try:
        events = _BATCH_DECODER.decode(body)
    except (msgspec.DecodeError, RecursionError) as error:
        raise MalformedContent("Send a JSON array of CloudEvents, none of which nests deeply.") from error
    if not 0 < len(events) <= MOST_IN_A_BATCH:
        raise MalformedContent(f"Send from 1 to {MOST_IN_A_BATCH} events in a batch.")
    return [bytes(event) for event in events]


def _demand_json(body: bytes) -> None:
    try:
        msgspec.json.decode(body, type=msgspec.Raw)
    except (msgspec.DecodeError, RecursionError) as error:
        raise MalformedContent("Send one CloudEvent as JSON that does not nest deeply.") from error


def _from_headers(headers: Mapping[str, str], body: bytes) -> bytes:
    """Binary mode: attributes are ce- headers, percent-encoded; the body is the data."""
    attributes: dict[str, object] = {
        name.removeprefix("ce-"): _attribute(name, value) for name, value in headers.items() if name.startswith("ce-")
    }
    if "id" not in attributes:
        raise MalformedContent("Send the event's attributes in ce- headers, or a structured event.")
    return msgspec.json.encode({**attributes, "datacontenttype": BINARY, "data": msgspec.Raw(body)})


def _attribute(name: str, value: str) -> object:
    return _BOOLEANS.get(value, value) if name == "ce-backfill" else unquote(value)
