"""`make mutations [ONLY=word]`: takes each guard away in a copy of the tree and demands that its test goes red."""

import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from mutations.guards import GUARDS
from mutations.mutation import Mutation
from mutations.tree import Tree

TESTS_FAILED = 1


def main(words: Sequence[str]) -> int:
    """Exit status 1 when a test stayed green, or failed for another reason than its guard."""
    chosen = [one for one in GUARDS if all(word in one.guard for word in words)]
    with tempfile.TemporaryDirectory(prefix="mutations-") as folder:
        tree = Tree.copied_to(Path(folder))
        whole = tree.test(*sorted({one.test for one in chosen}))
        if whole.returncode:
            print(whole.stdout[-4000:], whole.stderr[-2000:], "the tests must be green while every guard is there")
            return 1
        verdicts = [_told(one, _verdict(tree, one)) for one in chosen]
    print(f"{verdicts.count('red')} of {len(verdicts)} red")
    return 0 if set(verdicts) <= {"red"} else 1


def _verdict(tree: Tree, mutation: Mutation) -> str:
    with tree.without(mutation):
        try:
            run = tree.test(mutation.test)
        except subprocess.TimeoutExpired:
            return "NOT RED: it never ended"
    if run.returncode == 0:
        return "NOT RED"
    failures = [line for line in run.stdout.splitlines() if line.startswith(("E  ", "FAILED"))]
    if run.returncode == TESTS_FAILED and re.search(mutation.because, "\n".join(failures)):
        return "red"
    return "RED FOR ANOTHER REASON: " + "; ".join(failures[:4] or run.stdout.splitlines()[-4:])


def _told(mutation: Mutation, verdict: str) -> str:
    print(f"{mutation.guard:<72} {mutation.test.rpartition('/')[2]:<110} {verdict}", flush=True)
    return verdict


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
