"""Common Platform messages, read: what is not known is named, what cannot be read is not repeated."""

from datetime import UTC, datetime

import pytest
from intake.courts.reading.message import read_message
from intake.errors import HearingUnreadable
from intake.recording.instants import parse_instant


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b'{"hearing":{}}',
        b'{"hearing":{"id":"\xff"}}',
        b'{"hearing":{"id":"soon/er"}}',
        b'{"hearing":{"id":"1"',
        b"[" * 5_000 + b"]" * 5_000,
    ],
)
def test_what_cannot_be_read_names_the_place_and_not_the_content(raw: bytes) -> None:
    with pytest.raises(HearingUnreadable) as refused:
        read_message(raw, fingerprint=bytes.hex)
    assert "soon" not in str(refused.value)


def test_times_are_read_in_every_way_they_are_written() -> None:
    same = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)
    for text in (
        "2026-07-01T09:00:00Z",
        "2026-07-01T09:00Z[UTC]",
        "2026-07-01T09:00:00.000000000Z",
        "2026-07-01T10:00:00+01:00",
    ):
        assert parse_instant(text) == same
    assert parse_instant("2026-07-01") == datetime(2026, 6, 30, 23, tzinfo=UTC)
