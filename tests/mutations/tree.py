"""A copy of the tree, in which code may be broken and tests run; the working tree is never touched."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mutations.mutation import Mutation

ROOT = Path(__file__).parents[2]
COPIED = ("contracts", "services", "deploy", "tests", "pyproject.toml")
LONGEST_SECONDS = 300


@dataclass(frozen=True)
class Tree:
    """The copy at `root`."""

    root: Path

    @classmethod
    def copied_to(cls, folder: Path) -> "Tree":
        """The working tree as it is now, without what tools left in it; downloads are shared with it."""
        for name in COPIED:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, folder / name)
        (ROOT / ".sandbox").mkdir(exist_ok=True)
        (folder / ".sandbox").symlink_to(ROOT / ".sandbox")
        return cls(folder)

    @contextmanager
    def without(self, mutation: Mutation) -> Iterator[None]:
        """The tree without the guard."""
        path = self.root / mutation.file
        whole = path.read_text()
        broken = whole
        for guard, instead in mutation.changes:
            assert broken.count(guard) == 1, f"{mutation.file}: {guard!r} stands there {broken.count(guard)} times"
            broken = broken.replace(guard, instead)
        path.write_text(broken)
        try:
            yield
        finally:
            path.write_text(whole)

    def test(self, *nodes: str) -> subprocess.CompletedProcess[str]:
        """Runs tests on the copy's own code."""
        sources = [
            self.root / "contracts/src",
            *sorted(self.root.glob("services/*/src")),
            self.root / "deploy/sandbox/src",
        ]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, sources)), "PYTHONDONTWRITEBYTECODE": "1"}
        environment.setdefault("THROUGHLINE_CASES", str(ROOT.parent / "shared" / "cases"))
        return subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *nodes],
            cwd=self.root,
            env=environment,
            capture_output=True,
            text=True,
            timeout=LONGEST_SECONDS,
            check=False,
        )
