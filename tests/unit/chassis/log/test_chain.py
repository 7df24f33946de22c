"""The chain and the numbering, without a database."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from chassis.log.chain import GENESIS, content_hash, link
from chassis.log.errors import BrokenChain, UnstorableEvent
from chassis.log.head import Head
from chassis.log.memory import records_of
from chassis.log.numbering import number, prepared
from chassis.log.partition import partition_of
from chassis.log.records import LogRecord
from chassis.log.row_format import place_values
from chassis.log.served import LogPage, ServedHead, ServedRecord, decode_page, encode_page, verify_served
from chassis.log.verify import verify_chain
from msgspec.structs import replace
from support.log_events import an_event

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
FULL = an_event(version=1, private=b"state", traceparent="00-a-b-01")


def recorded(count: int) -> list[LogRecord]:
    events = [an_event(private=b"state" if n % 2 else None, key=None if n % 3 == 0 else f"k{n}") for n in range(count)]
    ready = [prepared(event) for event in events]
    return records_of(ready, number(Head(0, GENESIS, [0, 0, 0, 0], NOW), ready))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "other"),
        ("source", "other"),
        ("type", "other"),
        ("stream", "other"),
        ("version", 2),
        ("key", None),
        ("occurred_at", FULL.occurred_at + timedelta(microseconds=1)),
        ("body", b"other"),
        ("digest", b"other"),
        ("private", None),
        ("private", b"other"),
        ("traceparent", None),
    ],
)
def test_the_content_hash_covers_every_field(field: str, value: object) -> None:
    assert content_hash(replace(FULL, **{field: value})) != content_hash(FULL)


def test_the_content_hash_keeps_neighbouring_fields_apart() -> None:
    assert content_hash(an_event(id="ab", source="c")) != content_hash(an_event(id="a", source="bc"))
    assert content_hash(replace(FULL, traceparent="")) != content_hash(replace(FULL, traceparent=None))


def test_the_link_covers_the_place() -> None:
    places = [(1, 2, 3, 4), (9, 2, 3, 4), (1, 9, 3, 4), (1, 2, 9, 4), (1, 2, 3, 9), (1, 2, None, None)]
    links = {link(GENESIS, b"c", place_values(*place)) for place in places}
    assert len({*links, link(b"p", b"c", place_values(*places[0]))}) == 7


@pytest.mark.parametrize("text", ["nul\0", "lone \ud800"])
@pytest.mark.parametrize("field", ["id", "source", "type", "stream", "key", "traceparent"])
def test_text_that_postgres_cannot_hold_is_refused(field: str, text: str) -> None:
    with pytest.raises(UnstorableEvent):
        content_hash(an_event(**{field: text}))


def test_the_partition_is_librdkafkas_consistent_one() -> None:
    assert [partition_of(key, 4) for key in ("123456789", "")] == [0xCBF43926 % 4, 0]


def test_a_page_served_as_json_verifies_without_the_private_state() -> None:
    records = recorded(9)
    page = LogPage([ServedRecord.of(r, topic="t") for r in records], ServedHead(9, records[-1].hash, [1, 2, 3, 4]))
    again = decode_page(encode_page(page))
    assert again == page
    assert b"state" not in encode_page(page)
    assert again.records[1].private_sha256 == hashlib.sha256(b"state").digest()
    assert verify_served(again.records) == verify_chain(records)


def test_a_record_left_out_moved_or_changed_names_the_first_bad_position() -> None:
    records = recorded(6)
    for broken, bad in (
        (records[:2] + records[3:], 3),
        ([records[1], records[0], *records[2:]], 1),
        ([*records[:4], replace(records[4], body=b"other"), records[5]], 5),
        ([*records[:3], replace(records[3], recorded_at=NOW + timedelta(seconds=1)), *records[4:]], 4),
    ):
        with pytest.raises(BrokenChain) as caught:
            verify_chain(broken)
        assert caught.value.position == bad
