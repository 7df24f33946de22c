"""What a service listens to it acts on, lets pass or parks on purpose; what nobody has heard of it parks."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from chassis.consumer.events import Arrival, ConsumedEvent, read
from contracts.catalogue import EVENT_TYPES, types_on
from contracts.golden import EXAMPLES
from contracts.topics import INTAKE, JOURNEY, NOTIFICATIONS, WITNESS_CARE
from journey.facts.fact import Origin
from journey.projection.consumer_facts import intake_fact_from
from journey.projection.consumer_reported import report_from
from notifications.hearing import consumer as notifications
from witness_care.due import desk_tables
from witness_care.due.consumer import TOPICS as DESK_TOPICS

WHEN = datetime(2026, 3, 2, 9, tzinfo=UTC)
VICTIM, CASE = "01930b2c-4a10-7000-8000-0000000000a1", "01930b2c-4a10-7000-8000-0000000000c1"


LISTENERS = pytest.mark.parametrize(
    ("topics", "handled", "parked", "known"),
    [
        (
            (JOURNEY.name, WITNESS_CARE.name),
            notifications.LISTENERS,
            notifications.PARKED,
            notifications.KNOWN,
        ),
        (
            DESK_TOPICS,
            {**desk_tables.WRITES, **desk_tables.OF_A_CASE},
            desk_tables.PARKED,
            desk_tables.KNOWN,
        ),
    ],
    ids=["notifications", "witness-care"],
)


@LISTENERS
def test_whoever_listens_acts_on_or_parks_only_what_comes_and_nothing_both(
    topics: tuple[str, ...], handled: Mapping[str, object], parked: Mapping[str, str], known: frozenset[str]
) -> None:
    unheard = (set(handled) | set(parked)) - types_on(*topics)
    assert not unheard, f"these do not come on {topics}: {sorted(unheard)}"
    assert not set(handled) & set(parked), "what is parked on purpose is not acted on"
    assert all(parked.values()), "give each type that is parked its reason"
    assert set(handled) <= known


@LISTENERS
def test_what_is_parked_on_purpose_or_unheard_of_is_not_known_and_all_else_is(
    topics: tuple[str, ...], handled: Mapping[str, object], parked: Mapping[str, str], known: frozenset[str]
) -> None:
    del handled
    assert known == types_on(*topics) - set(parked)
    assert "police.dog-walked.v1" not in known


@pytest.mark.parametrize("name", sorted(types_on(INTAKE.name)))
def test_journey_makes_a_fact_of_every_type_of_intake(name: str) -> None:
    taken = intake_fact_from(example(name))
    assert (taken.fact.type, taken.fact.victim_id) == (name, VICTIM)
    assert (taken.fact.original is not None) == (".event-" in name)


@pytest.mark.parametrize("name", sorted(types_on(NOTIFICATIONS.name, WITNESS_CARE.name)))
def test_journey_knows_what_every_report_of_our_own_services_means(name: str) -> None:
    origin = Origin.NOTIFICATIONS if name.startswith("notifications.") else Origin.WITNESS_CARE
    assert report_from(example(name), origin).victim_id == VICTIM


def example(name: str) -> ConsumedEvent:
    """The golden example of a type, as it comes from a topic."""
    said = json.loads((EXAMPLES / f"{name}.json").read_text())
    body = json.dumps(said | {"victimid": VICTIM, "caseid": CASE}).encode()
    return read(Arrival("topic", 0, 1, 1, VICTIM, WHEN, None, body), known=EVENT_TYPES)
