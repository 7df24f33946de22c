"""What the README and the demo print to be copied works as it stands."""

import re
import textwrap
import tomllib
from pathlib import Path

import pytest
from contracts.events import parse_event
from contracts.publishers import PUBLISHABLE
from intake.identity.identifiers import is_crime_reference
from sandbox.display import TRY_IT, try_it

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
EVENTS = re.findall(r"-d '(\{.*?\n\})'", TRY_IT, re.DOTALL)
CLIENTS = tomllib.loads((ROOT / "deploy/sandbox/publishers.toml").read_text())["clients"]
CLIENT = re.compile(r"curl -s -u ([a-z-]+):")


@pytest.mark.parametrize("printed", EVENTS)
def test_an_event_to_publish_is_accepted_and_raises_no_doubt(printed: str) -> None:
    event = parse_event(printed.encode())
    [client] = set(CLIENT.findall(TRY_IT))
    assert event.envelope.source in CLIENTS[client]["sources"], f"{client} may not speak for this source"
    assert any(event.envelope.type in PUBLISHABLE[publisher] for publisher in CLIENTS[client]["publishers"])
    assert all(is_crime_reference(one["value"]) for one in event.data.model_dump()["references"])


def test_the_demo_prints_what_the_readme_prints_with_nothing_left_to_fill_in() -> None:
    assert textwrap.indent(TRY_IT, "    ") in README
    filled = try_it({"$SECRET": "s", "$ISSUER": "http://localhost:1", "$INTAKE": "http://127.0.0.1:2"})
    assert set(re.findall(r"\$[A-Z]+", filled)) == {"$TOKEN"}


def test_what_is_printed_to_be_copied_says_two_events_of_one_crime() -> None:
    reported, identified = (parse_event(printed.encode()) for printed in EVENTS)
    assert (reported.envelope.type, identified.envelope.type) == (
        "police.crime-reported.v1",
        "police.victim-identified.v1",
    )
    assert reported.data.model_dump()["references"] == identified.data.model_dump()["references"]
