"""What CloudEvents 1.0.2, its JSON format and its HTTP binding let a producer send: the same event in every mode.

The specification's own examples are here with a type, data and ids that this interface takes.
"""

import json
from base64 import b64encode
from collections.abc import Mapping
from typing import Any

import pytest
from chassis.http.problems import MalformedContent, UnsupportedContent
from contracts.errors import InvalidEvent
from contracts.unreadable import Unreadable
from hypothesis import given
from hypothesis import strategies as st
from intake.publishing.cloudevents import BATCH, STRUCTURED, read_events
from intake.publishing.incoming import Incoming
from starlette.datastructures import Headers
from support import intake_door

EXTENSIONS: dict[str, Any] = {
    "comexampleextension1": "value",
    "comexampleothervalue": 5,
    "unsetextension": None,
    "sequence": "0000000001",
    "sequencetype": "Integer",
    "partitionkey": "a9f3",
    "sampledrate": 30,
    "tracestate": "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE",
    "recordedtime": "2026-11-20T10:00:01Z",
    "dataref": "https://example.org/claims/1",
    "expirytime": "2026-12-20T10:00:00Z",
    "severitynumber": 9,
    "authtype": "system",
    "flag": True,
    "a": "one letter",
    "alongername0123456789than20": "allowed, though not advised",
}
"""The registered extensions, those of the specification's examples, and one of each type a value may have."""

JSON_TYPES = [
    "application/json",
    "application/json; charset=utf-8",
    "application/json;charset=UTF-8",
    'Application/JSON; charset="utf-8"',
    "application/json; profile=x; charset=us-ascii",
    "text/json",
    "application/cloudevent+json",
    "application/vnd.example.police+json; version=1",
]
OTHER_TYPES = ["application/xml", "text/plain", "application/json; charset=iso-8859-1", "json", "application/jsonp", ""]


def crime_reported(number: int = 1, /, **attributes: Any) -> dict[str, Any]:
    return intake_door.crime_reported(number) | attributes


def structured(event: Mapping[str, Any], kind: str = STRUCTURED) -> object:
    (read,) = read_events({"content-type": kind}, json.dumps(event).encode())
    return read


def batched(event: Mapping[str, Any], kind: str = BATCH) -> object:
    first, read, last = read_events(
        {"content-type": kind}, json.dumps([crime_reported(2), event, crime_reported(3)]).encode()
    )
    assert isinstance(first, Incoming)
    assert isinstance(last, Incoming)
    return read


def binary(event: Mapping[str, Any]) -> object:
    attributes = {
        name: value for name, value in event.items() if name not in ("data", "data_base64", "datacontenttype")
    }
    headers = {f"ce-{name}": text(value) for name, value in attributes.items() if value is not None}
    kind = {"content-type": event["datacontenttype"]} if "datacontenttype" in event else {}
    (read,) = read_events({**headers, **kind}, json.dumps(event["data"]).encode())
    return read


def text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


MODES = pytest.mark.parametrize("mode", [structured, batched, binary])
IN_JSON = pytest.mark.parametrize("mode", [structured, batched])
PLAIN = structured(crime_reported())


@MODES
@pytest.mark.parametrize("name", EXTENSIONS)
def test_an_extension_is_accepted_and_dropped_and_makes_no_other_event(mode: Any, name: str) -> None:
    assert mode(crime_reported(**{name: EXTENSIONS[name]})) == PLAIN


@MODES
def test_many_extensions_are_accepted_together(mode: Any) -> None:
    assert mode(crime_reported(**EXTENSIONS)) == PLAIN


@MODES
@given(name=st.from_regex(r"[a-z0-9]{1,20}", fullmatch=True), value=st.one_of(st.text(), st.integers(), st.booleans()))
def test_no_extension_that_is_one_changes_an_event(mode: Any, name: str, value: object) -> None:
    if name in {*crime_reported(), "subject", "dataschema", "traceparent", "caseid", "victimid", "correlationid",
                "causationid", "backfill", "doubt", "datacontenttype"}:  # fmt: skip
        return
    if mode is binary:
        value = "value"
    assert mode(crime_reported(**{name: value})) == PLAIN


@MODES
@pytest.mark.parametrize("kind", JSON_TYPES)
def test_data_that_is_json_by_its_media_type_is_accepted(mode: Any, kind: str) -> None:
    assert mode(crime_reported(datacontenttype=kind)) == structured(crime_reported(datacontenttype="application/json"))


@IN_JSON
@pytest.mark.parametrize("kind", OTHER_TYPES)
def test_data_of_another_media_type_is_refused_by_the_attribute_s_name(mode: Any, kind: str) -> None:
    assert places(mode(crime_reported(datacontenttype=kind))) == ["datacontenttype"]


@pytest.mark.parametrize("kind", OTHER_TYPES[:-1])
def test_data_of_another_media_type_is_not_supported_in_binary_mode(kind: str) -> None:
    with pytest.raises(UnsupportedContent):
        binary(crime_reported(datacontenttype=kind))


@IN_JSON
def test_attributes_that_are_null_are_unset(mode: Any) -> None:
    unset = dict.fromkeys(
        ["subject", "datacontenttype", "dataschema", "traceparent", "caseid", "backfill", "data_base64"]
    )
    assert mode(crime_reported(**unset)) == PLAIN
    assert places(mode(crime_reported(id=None))) == ["id"]


@IN_JSON
def test_data_may_come_as_base64(mode: Any) -> None:
    event = crime_reported()
    event["data_base64"] = b64encode(json.dumps(event.pop("data")).encode()).decode()
    assert mode(event) == PLAIN


@IN_JSON
@pytest.mark.parametrize(
    "encoded", ["", "%%", "e30", 7, b64encode(b"<xml/>").decode(), b64encode(b'{"a":1,"a":2}').decode()]
)
def test_what_is_no_json_in_base64_is_refused_by_the_attribute_s_name(mode: Any, encoded: object) -> None:
    event = crime_reported(data_base64=encoded)
    del event["data"]
    assert places(mode(event)) == ["data_base64"]


@IN_JSON
def test_data_that_comes_twice_is_refused(mode: Any) -> None:
    assert places(mode(crime_reported(data_base64="e30="))) == ["data_base64"]


@MODES
@pytest.mark.parametrize("name", ["Upper", "under_score", "with-dash", "é"])
def test_what_cannot_be_the_name_of_an_attribute_is_refused_and_not_repeated(mode: Any, name: str) -> None:
    refused = mode(crime_reported(**{name: "x"}))
    (place,) = places(refused)
    assert place.startswith("attributes[")
    assert name not in str(refused)


@IN_JSON
@pytest.mark.parametrize("value", [{}, [], {"a": 1}, 1.5])
def test_what_cannot_be_the_value_of_an_extension_is_refused_by_its_name(mode: Any, value: object) -> None:
    assert places(mode(crime_reported(sequence=value))) == ["sequence"]


@MODES
@pytest.mark.parametrize("name", ["caseid", "victimid", "doubt", "crimeids"])
def test_what_only_intake_says_is_no_extension(mode: Any, name: str) -> None:
    assert places(mode(crime_reported(**{name: "01930000-0000-7000-8000-00000000000c"}))) == [name]


@MODES
@pytest.mark.parametrize("name", ["id", "source", "time", "specversion"])
def test_a_refusal_names_the_attribute(mode: Any, name: str) -> None:
    assert places(mode(crime_reported(**{name: "a b"}))) == [name]


DOUBLED = [("id", '"id":"other"'), ("source", '"source" : "urn:x"'), ("data", '"data":{}'), ("event", '"x":1,"x":1')]


@pytest.mark.parametrize(("place", "member"), DOUBLED)
def test_a_member_that_is_there_twice_is_refused_alone_by_its_place(place: str, member: str) -> None:
    whole = json.dumps(crime_reported()).replace("{", f"{{{member},", 1)
    assert_only_refused(whole.encode(), place)


def test_a_member_of_the_data_that_is_there_twice_is_refused_by_its_place() -> None:
    whole = json.dumps(crime_reported()).replace('"offence"', '"offence":"Other", "offence"', 1)
    assert_only_refused(whole.encode(), "data.offence")


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        (rb'"\ud800"', "data.offence"),
        (rb'"Burglary \udfff x"', "data.offence"),
        (b'"\xff"', "data.offence"),
        (b'"caf\xe9"', "data.offence"),
        (rb'{"\ud800": 1}', "data.offence"),
        (rb'["x", "\ud800"]', "data.offence.1"),
        (b'"\x07"', "event"),
        (b"NaN", "event"),
        (b"nul", "event"),
        (b'{"a":' * 300 + b"1" + b"}" * 300, "event"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "event"),
    ],
)
def test_what_cannot_be_read_is_refused_alone_by_its_place(raw: bytes, place: str) -> None:
    assert_only_refused(json.dumps(crime_reported()).encode().replace(b'"Burglary, dwelling"', raw, 1), place)


def test_a_byte_order_mark_is_named_as_what_it_is() -> None:
    marked = b"\xef\xbb\xbf" + json.dumps(crime_reported()).encode()
    assert_only_refused(marked, "event")
    assert "byte order mark" in str(read_events({"content-type": STRUCTURED}, marked)[0])
    with pytest.raises(MalformedContent, match="byte order mark"):
        read_events({"content-type": BATCH}, b"\xef\xbb\xbf[]")


@given(noise=st.binary(max_size=40))
def test_whatever_one_element_holds_its_neighbours_are_read_or_the_array_is_none(noise: bytes) -> None:
    good = json.dumps(crime_reported()).encode()
    try:
        read = read_events({"content-type": BATCH}, b"[%b,%b,%b]" % (good, noise, good))
    except MalformedContent:
        assert set(noise) & set(b'"{}[]\xef')
        return
    assert read[0] == read[-1] == PLAIN


@pytest.mark.parametrize("body", [b"", b"{}", b"[", b"[{]", b"[}", b'["]', b"[]]", b"[][]", b'"[]"', b"[{}", b'["\\"]'])
def test_what_is_no_array_is_refused_whole(body: bytes) -> None:
    with pytest.raises(MalformedContent):
        read_events({"content-type": BATCH}, body)


@pytest.mark.parametrize("body", [b"[]", b" [ \n] "])
def test_a_batch_may_be_empty(body: bytes) -> None:
    assert list(read_events({"content-type": f"{BATCH}; charset=UTF-8"}, body)) == []


def test_headers_are_unquoted_and_percent_decoded_once() -> None:
    event = {**crime_reported(), "id": '"crime-%31"', "source": "urn%3Apolice:west-yorkshire", "subject": '"a\\"%2525"'}
    assert binary(event) == structured({**crime_reported(), "subject": 'a"%25'})


def test_headers_whose_bytes_are_no_text_are_refused_by_name() -> None:
    assert places(binary(crime_reported(subject="%ff"))) == ["ce-subject"]


def test_a_header_that_is_there_twice_is_refused_by_name() -> None:
    event = crime_reported()
    named = [(f"ce-{name}", str(value)) for name, value in event.items() if name != "data"]
    raw = [
        (name.encode(), value.encode()) for name, value in [*named, ("ce-id", "other"), ("content-type", "text/json")]
    ]
    (read,) = read_events(Headers(raw=raw), json.dumps(event["data"]).encode())
    assert places(read) == ["ce-id"]


def test_the_body_of_a_binary_event_is_its_data_and_says_no_more() -> None:
    headers = {f"ce-{name}": str(value) for name, value in crime_reported().items() if name != "data"}
    (read,) = read_events({**headers, "content-type": "application/json"}, b'{}, "source": "urn:other"')
    assert isinstance(read, Unreadable)
    assert places(read) == ["data"]


def places(read: object) -> list[str]:
    assert isinstance(read, InvalidEvent), read
    return [problem.path for problem in read.problems]


def assert_only_refused(raw: bytes, place: str) -> None:
    (alone,) = read_events({"content-type": STRUCTURED}, raw)
    assert isinstance(alone, Unreadable)
    assert set(places(alone)) == {place}
    good = json.dumps(crime_reported()).encode()
    first, among, last = read_events({"content-type": BATCH}, b"[%b,%b,%b]" % (good, raw, good))
    assert first == last == PLAIN
    assert isinstance(among, Unreadable)
    assert among.problems == alone.problems
