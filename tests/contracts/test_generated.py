"""The committed files are what the models say, and the generator refuses to take something away."""

import json
import shutil
from pathlib import Path

import jsonschema_rs
import pytest
from contracts.catalogue import EVENT_TYPES
from contracts.generate import CONTRACTS, breaks_of_committed, main, stale_files
from contracts.topics import TOPICS

NAME = "schemas/court.verdict-reached.v1.json"


@pytest.fixture
def committed(tmp_path: Path) -> Path:
    shutil.copytree(CONTRACTS / "schemas", tmp_path / "schemas")
    shutil.copy(CONTRACTS / "asyncapi.json", tmp_path)
    return tmp_path


def test_the_committed_files_are_up_to_date() -> None:
    assert stale_files(CONTRACTS) == (), "run python -m contracts.generate"


def test_the_models_take_nothing_away_from_the_committed_schemas() -> None:
    assert breaks_of_committed(CONTRACTS) == ()


def test_the_check_passes_on_what_was_generated(committed: Path) -> None:
    assert main(["--check"], directory=committed) == 0


def test_the_check_names_a_stale_file_and_writing_mends_it(committed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (committed / NAME).unlink()
    (committed / "schemas" / "court.gone.v1.json").write_text("{}")
    assert main(["--check"], directory=committed) == 1
    said = capsys.readouterr().out
    assert NAME in said
    assert "court.gone.v1" in said
    assert main(["--unreleased"], directory=committed) == 0
    assert stale_files(committed) == ()


def test_a_break_is_refused_and_the_old_schema_stays(committed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    schema = json.loads((committed / NAME).read_text())
    schema["$defs"]["VerdictReached"]["properties"]["judge"] = {"type": "string"}
    (committed / NAME).write_text(json.dumps(schema))
    assert main(["--check"], directory=committed) == 1
    assert main([], directory=committed) == 1
    assert "judge: the field was removed: give the new meaning a new version" in capsys.readouterr().out
    assert "judge" in (committed / NAME).read_text()


@pytest.mark.parametrize("name", sorted(EVENT_TYPES))
def test_each_schema_is_a_valid_one(name: str) -> None:
    schema = json.loads((CONTRACTS / "schemas" / f"{name}.json").read_text())
    jsonschema_rs.meta.validate(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_every_reference_in_the_asyncapi_document_leads_somewhere() -> None:
    document = json.loads((CONTRACTS / "asyncapi.json").read_text())
    for channel in document["channels"].values():
        for message in channel["messages"].values():
            name = message["$ref"].removeprefix("#/components/messages/")
            payload = document["components"]["messages"][name]["payload"]
            assert (CONTRACTS / payload["schema"]["$ref"]).is_file()


def test_the_asyncapi_document_holds_every_topic_and_every_type_once() -> None:
    channels = json.loads((CONTRACTS / "asyncapi.json").read_text())["channels"]
    assert set(channels) == set(TOPICS)
    said = [name for channel in channels.values() for name in channel["messages"]]
    assert sorted(said) == sorted(EVENT_TYPES)
