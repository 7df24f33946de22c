"""Deep JSON is refused from its bytes, cheaply, and ordinary JSON never is."""

import contextlib
import json
import time
from typing import Any

import pytest
from chassis.http.limits import refuse_deep_json
from chassis.http.problems import MalformedContent
from hypothesis import given
from hypothesis import strategies as st

TEXT = st.text() | st.text('[]{}"\\')
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=30,
)


def _depth(value: Any) -> int:
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if children is None else 1 + max(map(_depth, children), default=0)


@given(JSON)
def test_json_is_refused_exactly_when_it_nests_deeper_than_allowed(value: Any) -> None:
    body = json.dumps(value).encode()
    depth = _depth(value)
    refuse_deep_json(body, deepest=depth)
    if depth:
        with pytest.raises(MalformedContent):
            refuse_deep_json(body, deepest=depth - 1)


@pytest.mark.parametrize("body", [b'{"a": "}"}', rb'["\\", "[[[", "\"[{"]', b'{"a": "[[[[["}', b"[]", b"1", b""])
def test_brackets_inside_strings_do_not_nest(body: bytes) -> None:
    refuse_deep_json(body, deepest=1)


@pytest.mark.parametrize("closing", [b'{"]":', rb'{"\"]":', rb'{"\\]":', b'{"a":"","]":'])
def test_brackets_inside_strings_close_nothing(closing: bytes) -> None:
    with pytest.raises(MalformedContent):
        refuse_deep_json(closing * 50 + b"1" + b',"[":1}' * 50, deepest=32)


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 1_000_000,
        b"[" * 500_000 + b"]" * 500_000,
        b'{"a":' * 150_000,
        b'"' + rb"\"[" * 300_000,
        rb'"\"' * 300_000 + b"[",
        b"[]" * 400_000 + b"[",
        b'{"]":' * 80_000 + b"1" + b',"[":1}' * 80_000,
        b'"[' * 500_000,
        b"][" * 400_000,
    ],
)
def test_a_hostile_megabyte_costs_little(body: bytes) -> None:
    started = time.process_time()
    with contextlib.suppress(MalformedContent):
        refuse_deep_json(body, deepest=32)
    assert time.process_time() - started < 1.0
