"""What a session keeps to act elsewhere is sealed: it opens with the id of that session, and with nothing else."""

from chassis.security.sealed_access import opened, sealed
from hypothesis import given
from hypothesis import strategies as st

IDS = st.text(min_size=1, max_size=60)
TOKENS = st.text(alphabet=st.characters(codec="utf-8"), min_size=8, max_size=200)


@given(token=TOKENS, session_id=IDS)
def test_a_token_opens_with_the_id_that_it_was_sealed_under(token: str, session_id: str) -> None:
    kept = sealed(token, session_id=session_id)
    assert opened(kept, session_id=session_id) == token
    assert token.encode() not in kept
    assert sealed(token, session_id=session_id) != kept


@given(token=TOKENS, session_id=IDS, other=IDS)
def test_it_opens_with_no_other_id(token: str, session_id: str, other: str) -> None:
    if session_id != other:
        assert opened(sealed(token, session_id=session_id), session_id=other) == ""


@given(token=TOKENS, place=st.integers(min_value=0), kept=st.binary(max_size=80))
def test_what_was_changed_or_never_sealed_opens_to_nothing(token: str, place: int, kept: bytes) -> None:
    changed = bytearray(sealed(token, session_id="id"))
    changed[place % len(changed)] ^= 1
    assert opened(bytes(changed), session_id="id") == ""
    assert opened(kept, session_id="id") == ""


def test_no_token_is_kept_as_nothing() -> None:
    assert sealed("", session_id="id") == b""
    assert opened(b"", session_id="id") == ""
