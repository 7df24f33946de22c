"""The border: what the world is told of what the desk decided. Contract events only grow; domain events are private."""

from datetime import datetime

from chassis.aggregates import Told
from contracts.envelope import Envelope
from contracts.ids import EventId, VictimId
from contracts.shape import Shape
from contracts.witness_care import TYPES

SOURCE = "urn:throughline:witness-care"

_NAMES = {kind.model: kind.name for kind in TYPES}


def told(data: Shape, *, victim_id: VictimId, event_id: EventId, at: datetime) -> Told:
    """The event as the log takes it: keyed by the victim, personal fields sealed with the victim's key."""
    envelope = Envelope(id=event_id, source=SOURCE, type=_NAMES[type(data)], time=at, victimid=victim_id)
    return Told(envelope, data, key=victim_id, subject=f"victim/{victim_id}")
