"""What the README and the demo print to be copied works as it stands."""

import re
import tomllib
from pathlib import Path

import pytest
from contracts.events import parse_event
from contracts.publishers import PUBLISHABLE
from intake.identity.identifiers import is_crime_reference
from sandbox.display import EVENT, TRY_IT

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
EVENTS = {"README.md": re.findall(r"-d '(\{.*?\n    \})'", README, re.DOTALL), "the demo": [EVENT]}
CLIENTS = tomllib.loads((ROOT / "deploy/sandbox/publishers.toml").read_text())["clients"]
CLIENT = re.compile(r"curl -s -u ([a-z-]+):")


@pytest.mark.parametrize("where", EVENTS)
def test_the_event_to_publish_is_accepted_and_raises_no_doubt(where: str) -> None:
    [printed] = EVENTS[where]
    event = parse_event(printed.encode())
    [client] = set(CLIENT.findall(README)) | set(CLIENT.findall(TRY_IT))
    assert event.envelope.source in CLIENTS[client]["sources"], f"{where}: {client} may not speak for this source"
    assert any(event.envelope.type in PUBLISHABLE[publisher] for publisher in CLIENTS[client]["publishers"])
    assert all(is_crime_reference(one["value"]) for one in event.data.model_dump()["references"])
