"""What calls a person: every metric that says so has a rule, and every rule asks for metrics that there are."""

import importlib
import re
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
METRIC = re.compile(r'\b(Gauge|Counter)\(\s*"([a-z_]+)",\s*"([^"]*)"')
WORDS = {"increase", "and", "or", "unless", "m", "d", "h"}


def metrics() -> dict[str, str]:
    """What each metric of the services is for, by its name on /metrics."""
    sources = (file.read_text() for file in (ROOT / "services").rglob("*.py"))
    found = [one for source in sources for one in METRIC.findall(source)]
    return {name + ("_total" if kind == "Counter" else ""): purpose for kind, name, purpose in found}


def rules() -> list[dict[str, Any]]:
    """The rules as Prometheus reads them."""
    text = (ROOT / "deploy" / "alerts.yml").read_text()
    groups = importlib.import_module("yaml").safe_load(text)["groups"]
    return [rule for group in groups for rule in group["rules"]]


def asked_for(rule: dict[str, Any]) -> set[str]:
    """The metrics that a rule names."""
    return set(re.findall(r"[a-z_]+", re.sub(r"\[[^\]]*\]", "", rule["expr"]))) - WORDS


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: str(rule["alert"]))
def test_a_rule_asks_for_metrics_that_there_are_and_names_what_to_read(rule: dict[str, Any]) -> None:
    assert asked_for(rule) <= set(metrics())
    (readme,) = re.findall(r"\((\S+README\.md)\)", rule["annotations"]["summary"])
    said = (ROOT / readme).read_text()
    assert any(name.removesuffix("_total") in said for name in asked_for(rule)), f"{readme} does not say what to do"


def test_every_metric_that_calls_a_person_has_a_rule() -> None:
    calls = {name for name, purpose in metrics().items() if re.search(r"\bpage\b|calls a person", purpose)}
    named = set().union(*map(asked_for, rules()))
    assert calls, "no metric says that it calls a person"
    assert calls <= named
