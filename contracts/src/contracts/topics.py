"""The Kafka topics: who writes each and by what its order is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic. Its number of partitions is fixed for life: sequence numbers are counted per partition."""

    name: str
    owner: str
    key: Literal["case_id", "victim_id"]
    partitions: int = 4


INTAKE = Topic("intake.events", "intake", "case_id")
JOURNEY = Topic("journey.events", "journey", "victim_id")
NOTIFICATIONS = Topic("notifications.events", "notifications", "victim_id")
WITNESS_CARE = Topic("witness-care.events", "witness-care", "victim_id")

TOPICS: Mapping[str, Topic] = MappingProxyType(
    {topic.name: topic for topic in (INTAKE, JOURNEY, NOTIFICATIONS, WITNESS_CARE)}
)

TOPIC_OF: Final[Mapping[str, Topic]] = MappingProxyType(
    {
        **dict.fromkeys(("police", "support", "cps", "court", "prison", "probation"), INTAKE),
        **{topic.owner: topic for topic in TOPICS.values()},
    }
)
"""Which topic each publisher's facts are on: those of agencies on intake's, by whose door they come."""
