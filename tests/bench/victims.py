"""The event that is measured: 642 bytes of CloudEvent about one victim, with two personal fields. All invented."""

import json
from collections.abc import Iterator
from uuid import UUID

from chassis.vault.composing import Draft
from intake.publishing.incoming import Incoming, read_event
from intake.recording.drafting import resolved_draft

BYTES = 642
VICTIMS = 1_000
SOURCE = "https://police.example.org"
_PERSONAL = "Amira Example of Humberton"
_ADVICE = "Do not ring the house; write only, on weekday evenings. "


def raw_event(number: int, *, run: str) -> bytes:
    """The `number`-th event of a run as a police system sends it; `run` (8 characters) keeps ids of runs apart."""
    victim = number % VICTIMS
    data = {
        "references": [{"scheme": "crime-reference", "issuer": "humberton-police", "value": f"16/{victim:05}/26"}],
        "victim": {"issuer": "humberton-police", "number": f"V-{victim:05}"},
        "name": _PERSONAL,
        "safe_contact_warning": "",
    }
    event = {
        "specversion": "1.0",
        "id": f"{run:8}-{number:09}".replace(" ", "-"),
        "source": SOURCE,
        "type": "police.victim-identified.v1",
        "time": "2026-11-09T20:05:00Z",
        "datacontenttype": "application/json",
        "data": data,
    }
    missing = BYTES - len(_json(event))
    data["safe_contact_warning"] = (_ADVICE * 8)[:missing]
    return _json(event)


def raw_events(count: int, *, run: str) -> list[bytes]:
    """Events over a thousand victims in turn."""
    return [raw_event(number, run=run) for number in range(count)]


def batches_of(items: list[bytes], size: int) -> Iterator[bytes]:
    """Bodies of batched requests."""
    for start in range(0, len(items), size):
        yield b"[" + b",".join(items[start : start + size]) + b"]"


def drafts(count: int, *, run: str) -> list[Draft]:
    """The same events as intake has them when they are resolved and not yet sealed."""
    return [_draft(raw, number % VICTIMS) for number, raw in enumerate(raw_events(count, run=run))]


def _draft(raw: bytes, victim: int) -> Draft:
    event = read_event(raw)
    if not isinstance(event, Incoming):
        raise event
    case_id, victim_id = str(UUID(int=(1 << 100) + victim)), str(UUID(int=(1 << 101) + victim))
    return resolved_draft(event.said, event.data, case_id=case_id, victim_id=victim_id)


def _json(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()
