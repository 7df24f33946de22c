"""Every type of every topic that a service listens to is handled, set aside with a reason, or parked on purpose."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from chassis.consumer.events import Arrival, ConsumedEvent, read
from contracts.catalogue import EVENT_TYPES
from contracts.golden import EXAMPLES
from contracts.topics import INTAKE, JOURNEY, NOTIFICATIONS, WITNESS_CARE
from journey.facts.fact import Origin
from journey.projection.consumer_facts import intake_fact_from
from journey.projection.consumer_reported import report_from
from notifications.hearing import consumer as notifications
from witness_care.due import desk_tables, not_shown
from witness_care.due.consumer import TOPICS as DESK_TOPICS

WHEN = datetime(2026, 3, 2, 9, tzinfo=UTC)
VICTIM, CASE = "01930b2c-4a10-7000-8000-0000000000a1", "01930b2c-4a10-7000-8000-0000000000c1"


def types_of(*topics: str) -> set[str]:
    return {name for name, kind in EVENT_TYPES.items() if kind.topic in topics}


@pytest.mark.parametrize(
    ("where", "topics", "handled", "set_aside", "parked"),
    [
        (
            "services/notifications/src/notifications/hearing/consumer.py",
            (JOURNEY.name, WITNESS_CARE.name),
            notifications.LISTENERS,
            notifications.NOT_FOR_US,
            notifications.PARKED,
        ),
        (
            "services/witness-care/src/witness_care/due/desk_tables.py or not_shown.py",
            DESK_TOPICS,
            {**desk_tables.WRITES, **desk_tables.OF_A_CASE},
            not_shown.NOT_SHOWN,
            not_shown.PARKED,
        ),
    ],
    ids=["notifications", "witness-care"],
)
def test_no_type_is_passed_over_by_accident(
    where: str,
    topics: tuple[str, ...],
    handled: Mapping[str, object],
    set_aside: Mapping[str, str],
    parked: Mapping[str, str],
) -> None:
    missing = types_of(*topics) - set(handled) - set(set_aside) - set(parked)
    assert not missing, f"say in {where} what happens on these: {sorted(missing)}"
    unheard = (set(handled) | set(set_aside) | set(parked)) - types_of(*topics)
    assert not unheard, f"{where} names types that do not come on {topics}: {sorted(unheard)}"
    assert not set(handled) & set(set_aside), f"{where}: a type is either handled or set aside"
    assert not (set(handled) | set(set_aside)) & set(parked), f"{where}: what is parked on purpose is not known"
    assert all({**set_aside, **parked}.values()), f"{where}: give each type that is not handled its reason"


def test_what_is_parked_on_purpose_is_not_known_to_the_consumer() -> None:
    assert desk_tables.KNOWN.isdisjoint(not_shown.PARKED)
    assert notifications.KNOWN.isdisjoint(notifications.PARKED)


@pytest.mark.parametrize("name", sorted(types_of(INTAKE.name)))
def test_journey_makes_a_fact_of_every_type_of_intake(name: str) -> None:
    taken = intake_fact_from(example(name))
    assert (taken.fact.type, taken.fact.victim_id) == (name, VICTIM)
    assert (taken.fact.original is not None) == (".event-" in name)


@pytest.mark.parametrize("name", sorted(types_of(NOTIFICATIONS.name, WITNESS_CARE.name)))
def test_journey_knows_what_every_report_of_our_own_services_means(name: str) -> None:
    origin = Origin.NOTIFICATIONS if name.startswith("notifications.") else Origin.WITNESS_CARE
    assert report_from(example(name), origin).victim_id == VICTIM


def example(name: str) -> ConsumedEvent:
    """The golden example of a type, as it comes from a topic."""
    said = json.loads((EXAMPLES / f"{name}.json").read_text())
    body = json.dumps(said | {"victimid": VICTIM, "caseid": CASE}).encode()
    return read(Arrival("topic", 0, 1, 1, VICTIM, WHEN, None, body), known=EVENT_TYPES)
