"""What a mutation is: a guard taken away, and the test that must notice."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Mutation:
    """In `file`, each text of `changes` (it stands there once) becomes the other; then `test` fails saying `because`.

    `because` is a regular expression, found in what pytest prints of the failure.
    """

    guard: str
    file: str
    changes: tuple[tuple[str, str], ...]
    test: str
    because: str


def rule(guard: str, file: str, change: tuple[str, str], test: str, because: str = "assert") -> Mutation:
    """One text of one file becomes another; where nothing else is said, an assertion of `test` fails."""
    return Mutation(guard=guard, file=file, changes=(change,), test=test, because=because)
