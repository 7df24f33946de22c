"""The AsyncAPI 3.0 document: which topics there are and what is said on each."""

from contracts.catalogue import EVENT_TYPES
from contracts.event_type import EventType
from contracts.golden import example_of
from contracts.schemas import JsonObject
from contracts.topics import TOPICS, Topic

_KEY_MEANING = {
    "case_id": "The case id recorded in the event; a merge never changes it.",
    "victim_id": "The victim id of the event.",
}


def asyncapi_document() -> JsonObject:
    """Channels are Kafka topics; messages are CloudEvents in structured JSON mode."""
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Throughline",
            "version": "1.0.0",
            "description": "What the services say to each other about a victim's journey, as CloudEvents 1.0.",
        },
        "defaultContentType": "application/cloudevents+json",
        "channels": {name: _channel(topic) for name, topic in TOPICS.items()},
        "operations": {f"{topic.owner}.publish": _operation(topic) for topic in TOPICS.values()},
        "components": {"messages": {name: _message(kind) for name, kind in EVENT_TYPES.items()}},
    }


def _channel(topic: Topic) -> JsonObject:
    names = [name for name, kind in EVENT_TYPES.items() if kind.topic == topic.name]
    return {
        "address": topic.name,
        "description": f"Written by {topic.owner} alone. Order holds per key.",
        "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in names},
        "bindings": {"kafka": {"topic": topic.name, "partitions": topic.partitions, "bindingVersion": "0.5.0"}},
    }


def _operation(topic: Topic) -> JsonObject:
    return {
        "action": "send",
        "channel": {"$ref": f"#/channels/{topic.name}"},
        "summary": f"The relay of {topic.owner} publishes its log, in order, at least once.",
    }


def _message(kind: EventType) -> JsonObject:
    return {
        "name": kind.name,
        "summary": (kind.model.__doc__ or "").strip().splitlines()[0],
        "contentType": "application/cloudevents+json",
        "examples": [{"payload": example_of(kind.name)}],
        "payload": {
            "schemaFormat": "application/schema+json;version=draft-2020-12",
            "schema": {"$ref": f"./schemas/{kind.name}.json"},
        },
        "bindings": {
            "kafka": {
                "key": {"type": "string", "description": _KEY_MEANING[TOPICS[kind.topic].key]},
                "bindingVersion": "0.5.0",
            }
        },
    }
