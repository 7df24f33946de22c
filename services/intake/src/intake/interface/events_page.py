"""Every event type with its example, in plain HTML."""

import json
from functools import cache
from html import escape

from chassis.http.plain import marked
from contracts.catalogue import EVENT_TYPES
from contracts.event_type import EventType
from contracts.golden import example_of
from contracts.publishers import AGENCIES

from intake.interface.page_frame import framed


@cache
def events_page() -> str:
    """What agencies may send comes first, then what our own services say of it."""
    sent = [kind for kind in EVENT_TYPES.values() if kind.publisher in AGENCIES]
    said = [kind for kind in EVENT_TYPES.values() if kind.publisher not in AGENCIES]
    body = (
        "<p>Agencies send the first of these to <code>POST /events</code>; all are on Kafka, as CloudEvents 1.0. "
        f'<a href="#said">What our services say</a></p>{_listed(sent)}<h2 id="said">What our services say</h2>'
        f"{_listed(said)}"
    )
    return framed("Event types", f'<main class="events">{body}</main>')


def _listed(kinds: list[EventType]) -> str:
    return "".join(_entry(kind) for kind in sorted(kinds, key=lambda kind: kind.name))


def _entry(kind: EventType) -> str:
    example = json.dumps(example_of(kind.name), indent=2, ensure_ascii=False)
    words = " ".join((kind.model.__doc__ or "").split())
    return (
        f'<section><h2 id="{kind.name}">{kind.name}</h2><p>{marked(words)}</p>'
        f'<p>Topic <code>{kind.topic}</code>. <a href="/schemas/{kind.name}">JSON Schema of {kind.name}</a></p>'
        f'<pre tabindex="0" aria-label="Example of {kind.name}">{escape(example)}</pre></section>'
    )
