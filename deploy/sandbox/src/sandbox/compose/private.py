"""Files that only their owner reads."""

from pathlib import Path


def write_private(file: Path, text: str) -> None:
    """Replaces the file's content; nobody else can read it at any moment."""
    file.unlink(missing_ok=True)
    file.touch(mode=0o600)
    file.write_text(text)
