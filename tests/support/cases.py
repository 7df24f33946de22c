"""Real agency data, where a machine has it: others made it, so it is not in the repository."""

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
