"""What can go wrong while the sandbox starts.

SandboxError
├── ProgramFailed    a child ended before it was ready, or while it was needed
├── NotReadyInTime   a child runs, and does not answer
└── JarsDiffer       what was downloaded is not what the committed list names
"""

from pathlib import Path

TAIL_LINES = 15


class SandboxError(Exception):
    """Something the sandbox needs did not happen; the message says what, and where to look."""


class ProgramFailed(SandboxError):
    def __init__(self, name: str, *, exit_code: int | None, log: Path) -> None:
        super().__init__(f"{name} ended with exit code {exit_code}. Its log, {log}, ends:\n{tail(log)}")


class NotReadyInTime(SandboxError):
    def __init__(self, name: str, *, seconds: float, log: Path) -> None:
        super().__init__(f"{name} was not ready after {seconds:.0f} s. Its log, {log}, ends:\n{tail(log)}")


class JarsDiffer(SandboxError):
    pass


def tail(log: Path) -> str:
    """The last lines of a log, or a word that there is none."""
    if not log.exists():
        return "  (no log was written)"
    lines = log.read_text(errors="replace").splitlines()[-TAIL_LINES:]
    return "\n".join(f"  {line}" for line in lines) or "  (the log is empty)"
