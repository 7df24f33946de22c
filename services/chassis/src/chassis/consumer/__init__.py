"""Consumers: effects, offset and duplicate check in one PostgreSQL transaction; losses are seen and refilled.

Live and rebuild. A handler gets a connection and events, and nothing that could reach the outside: what leaves the
system is written down as a row (a timer, a decision, a log event) and sent by a process of its own that only follows
live rows behind its own fence. So reading a topic again, or rebuilding a read model in another schema from the
owner's log, cannot send anything. Give a handler no client, no sender and no queue.
"""

from chassis.consumer.consumer import Consumer
from chassis.consumer.events import ConsumedEvent, EventHeader
from chassis.consumer.memory import MemoryConsumer
from chassis.consumer.parking import ParkedKey, parked_keys, retry_parked
from chassis.consumer.subscription import Handler, Subscription
from chassis.consumer.wiring import kafka_consumer

__all__ = [
    "ConsumedEvent",
    "Consumer",
    "EventHeader",
    "Handler",
    "MemoryConsumer",
    "ParkedKey",
    "Subscription",
    "kafka_consumer",
    "parked_keys",
    "retry_parked",
]
