"""The broker's jars: what is on the committed list, and nothing else."""

import hashlib
import re
from pathlib import Path

from sandbox.servers.jars import WANTED, Jar, committed_jars


def test_the_list_names_each_jar_once_with_its_digest() -> None:
    jars = committed_jars()
    assert len({jar.file_name for jar in jars}) == len(jars) == 46
    assert all(re.fullmatch(r"[0-9a-f]{64}", jar.sha256) for jar in jars)


def test_what_is_asked_for_is_on_the_list() -> None:
    assert set(WANTED) <= {jar.coordinate for jar in committed_jars()}


def test_a_jar_with_one_changed_byte_is_not_the_jar(tmp_path: Path) -> None:
    jar = Jar("org.example:thing:1.0", hashlib.sha256(b"right").hexdigest())
    assert not jar.is_in(tmp_path)
    (tmp_path / "thing-1.0.jar").write_bytes(b"wrong")
    assert not jar.is_in(tmp_path)
    (tmp_path / "thing-1.0.jar").write_bytes(b"right")
    assert jar.is_in(tmp_path)
