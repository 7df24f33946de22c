"""Who may publish what, read from the registry's file."""

import pytest
from contracts.publishers import AGENCIES, PUBLISHERS
from intake.publishing.registry import ClientRegistry


def registry(publisher: str) -> ClientRegistry:
    return ClientRegistry.from_toml(f'[clients.one]\nsources = ["urn:one"]\npublishers = ["{publisher}"]')


@pytest.mark.parametrize("publisher", AGENCIES)
def test_a_client_may_publish_as_an_agency(publisher: str) -> None:
    assert {name.partition(".")[0] for name in registry(publisher).client("one").types} == {publisher}


@pytest.mark.parametrize("publisher", [*sorted({*PUBLISHERS} - {*AGENCIES}), "nobody"])
def test_no_client_may_publish_as_one_of_our_own_services(publisher: str) -> None:
    with pytest.raises(KeyError):
        registry(publisher)
