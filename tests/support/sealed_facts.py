"""Facts as intake records them, their personal fields sealed."""

import msgspec
from chassis.consumer.events import ConsumedEvent
from chassis.key_ring import KeyRing
from chassis.vault.composing import Draft, EventComposer
from contracts.events import parse_event
from support.journey_facts import CASE, Journey, with_body


async def sealed(journey: Journey, event: ConsumedEvent, *, subject: str = f"case/{CASE}") -> ConsumedEvent:
    """The same event, sealed with the subject's key in the journey's vault."""
    parsed = parse_event(msgspec.json.encode({**msgspec.json.decode(event.body), "caseid": None, "victimid": None}))
    draft = Draft.of(*parsed, stream="case", key=None, subject=subject)
    [done] = await EventComposer(journey.vault, KeyRing.alone(bytes(32))).compose([draft])
    return with_body(event, done.body)
