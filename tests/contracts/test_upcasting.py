"""Recorded data of an old version is read in the newest shape; the newest is a fixed point."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from contracts.catalogue import EVENT_TYPES, parse_data
from contracts.errors import InvalidEvent, UnknownEventType
from contracts.prison import ReleaseDay, ReleasePlanned
from contracts.upcasting import UPCASTERS, Step, upcast


def _with_unit(data: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**data, "unit": "pence"}


def _as_amount(data: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"amount": {"value": data["value"], "unit": data["unit"]}}


STEPS = {
    "shop.price-set.v1": Step("shop.price-set.v2", _with_unit),
    "shop.price-set.v2": Step("shop.price-set.v3", _as_amount),
}
NEWEST = {"amount": {"value": 5, "unit": "pence"}}


def test_each_step_leads_to_the_next_until_the_newest() -> None:
    assert upcast("shop.price-set.v1", {"value": 5}, upcasters=STEPS) == ("shop.price-set.v3", NEWEST)


def test_a_version_between_starts_where_it_stands() -> None:
    old = {"value": 5, "unit": "pence"}
    assert upcast("shop.price-set.v2", old, upcasters=STEPS) == ("shop.price-set.v3", NEWEST)


def test_the_newest_is_left_as_it_is() -> None:
    assert upcast("shop.price-set.v3", NEWEST, upcasters=STEPS) == ("shop.price-set.v3", NEWEST)


def test_what_is_stored_is_not_touched() -> None:
    stored = {"value": 5}
    upcast("shop.price-set.v1", stored, upcasters=STEPS)
    assert stored == {"value": 5}


def test_every_upcaster_leads_from_one_known_version_to_the_next() -> None:
    for name, step in UPCASTERS.items():
        stem, _, version = name.rpartition(".v")
        assert step.type == f"{stem}.v{int(version) + 1}"
        assert {name, step.type} <= set(EVENT_TYPES)


DATA = b"""{"references": [{"scheme": "urn", "issuer": "cps", "value": "16HT4821326"}],
           "defendant_id": "d1", "planned": {"precision": "day", "day": "2027-11-08"}}"""


def test_recorded_data_is_read_as_its_model() -> None:
    data = parse_data("prison.release-planned.v1", DATA)
    assert isinstance(data, ReleasePlanned)
    assert isinstance(data.planned, ReleaseDay)
    assert data.concerned_defendants == ("d1",)


def _as_planned(data: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**data, "planned": {"precision": "day", "day": data["planned"]}}


@pytest.mark.parametrize("read", [bytes, json.loads])
def test_recorded_data_of_an_old_version_is_read_as_the_newest_model(read: Callable[[bytes], Any]) -> None:
    old = DATA.replace(b'{"precision": "day", "day": "2027-11-08"}', b'"2027-11-08"')
    steps = {"prison.release-dated.v1": Step("prison.release-planned.v1", _as_planned)}
    assert parse_data("prison.release-dated.v1", read(old), upcasters=steps) == parse_data(
        "prison.release-planned.v1", DATA
    )


def test_recorded_data_of_an_unknown_type_is_told_from_broken_data() -> None:
    with pytest.raises(UnknownEventType):
        parse_data("prison.release-planned.v9", DATA)
    with pytest.raises(InvalidEvent):
        parse_data("prison.release-planned.v1", b"{}")
