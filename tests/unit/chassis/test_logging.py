"""Log lines are JSON and keep only names that cannot hold a person."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from chassis.logging import WITHHELD, configure_logging, get_logger

SECRET = "Amira Example, 07700 900123"


@pytest.fixture(autouse=True)
def configured(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    monkeypatch.setattr("sys.excepthook", lambda *_: None)
    configure_logging("journey")
    yield
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


def _lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_line_is_a_sentence_and_known_values(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("journey")
    get_logger("chassis.test").info("A batch was projected", count=3, topic="intake.events", victim_name=SECRET)
    (line,) = _lines(capsys)
    assert (line["event"], line["service"], line["level"]) == ("A batch was projected", "journey", "info")
    assert (line["count"], line["topic"], line["victim_name"]) == (3, "intake.events", WITHHELD)


def test_a_request_to_kafka_is_not_said_at_any_level(capsys: pytest.CaptureFixture[str]) -> None:
    """aiokafka says each at DEBUG, whole, and one of them holds our password."""
    configure_logging("journey", level="DEBUG")
    logging.getLogger("aiokafka.conn").debug("Request to %s: %s", "broker", SECRET)
    assert _lines(capsys) == []


def test_an_exception_is_its_kind_and_its_places(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("journey")
    try:
        int(SECRET)
    except ValueError:
        get_logger("chassis.test").exception("It failed")
        logging.getLogger("library").exception("A library failed")
    for line in _lines(capsys):
        assert line["failure"] == "ValueError"
        assert "test_logging.py" in line["at"][-1]
        assert SECRET not in json.dumps(line)


def test_libraries_lines_have_the_same_form(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("journey")
    logging.getLogger("library").warning("Connected to %s", "the broker", extra={"email": SECRET})
    logging.getLogger("httpx2").info("HTTP Request: GET https://example.org/?name=Amira")
    (line,) = _lines(capsys)
    assert (line["event"], line["logger"], line["service"]) == ("Connected to the broker", "library", "journey")
    assert SECRET not in json.dumps(line)
