"""Lists that must agree: what a document or a command names exists."""

import re
import subprocess
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCUMENTS = [path for path in ROOT.rglob("*.md") if not {".venv", ".sandbox", "node_modules"} & set(path.parts)]
MAKE_TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
REQUIRED = ["fastapi", "aiokafka", "eventsourcing", "pydantic", "asyncpg", "opentelemetry-sdk", "testcontainers"]


def test_every_make_target_named_in_a_document_exists() -> None:
    named = {(d, t) for d in DOCUMENTS for t in re.findall(r"`make ([a-z-]+)`|^make ([a-z-]+)", d.read_text(), re.M)}
    missing = {f"{d.relative_to(ROOT)}: make {a or b}" for d, (a, b) in named if (a or b) not in MAKE_TARGETS}
    assert not missing, f"these documents name targets that the Makefile lacks: {sorted(missing)}"


def test_every_path_named_in_a_document_exists() -> None:
    missing = [
        f"{document.relative_to(ROOT)}: {name}"
        for document in DOCUMENTS
        for name in re.findall(r"`([\w.-]+(?:/[\w.-]+)+/?)`", document.read_text())
        if name.split("/")[0] in {"contracts", "services", "deploy", "tests", "src"}
        and not ((ROOT / name).exists() or (document.parent / name).exists())
    ]
    assert not missing, f"these paths are named in a document and do not exist: {missing}"


def test_every_required_package_is_pinned_with_a_hash() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    pinned = set(re.findall(r"^([a-z0-9-]+)(?:\[[\w,-]+\])?==", lock, flags=re.MULTILINE))
    assert set(REQUIRED) <= pinned
    blocks = [block for block in re.split(r"\n(?=\S)", lock) if "==" in block]
    assert all("--hash=sha256:" in block for block in blocks)


def test_git_holds_no_download_address_and_no_generated_data() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()  # noqa: S607
    assert "uv.lock" not in tracked
    assert not [name for name in tracked if name.endswith((".log", ".pyc", ".sqlite"))]
    assert "://" not in (ROOT / "requirements.lock").read_text()


def test_each_service_is_a_member_with_its_own_readme() -> None:
    members = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["uv"]["workspace"]["members"]
    assert members == ["contracts", "services/*", "deploy/sandbox"]
    lacking = [p.name for p in sorted((ROOT / "services").iterdir()) if p.is_dir() and not (p / "README.md").exists()]
    assert not lacking, f"each service says in half a page what it owns, consumes and publishes; missing: {lacking}"


def test_services_call_others_only_by_the_outward_client() -> None:
    opening = re.compile(r"\bAsyncClient\(")
    sources = [path for path in (ROOT / "services").glob("*/src/**/*.py") if opening.search(path.read_text())]
    assert not sources, f"use chassis.outward: httpx2's own client lets out a fault of anyio on uvloop: {sources}"
