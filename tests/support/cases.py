"""Real agency data, where a machine has it: others made it, so it is not in the repository."""

import re
from pathlib import Path

import pytest
from pydantic_settings import BaseSettings, SettingsConfigDict

_ROOT = Path(__file__).parents[2]


class CaseSettings(BaseSettings):
    """THROUGHLINE_CASES names the folder; the default is `shared/cases` beside the repository."""

    model_config = SettingsConfigDict(env_prefix="THROUGHLINE_", extra="ignore")

    cases: Path = _ROOT.parent / "shared" / "cases"


def case_file(name: str) -> Path:
    """The file, or the test is skipped with a clear line."""
    path = CaseSettings().cases / name
    if not path.exists():
        pytest.skip(f"no real data on this machine: {path} (set THROUGHLINE_CASES)")
    return path


def personal_words(hearing: str) -> list[str]:
    """What a hearing message says of people: names, first address lines, and the wording of charges."""
    found: list[str] = re.findall(r'"(?:firstName|lastName|address1|wording)": *"([^"]+)"', hearing)
    assert found, "the sample says nothing of people, so nothing is shown by looking for it"
    return found
