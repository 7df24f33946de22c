"""A ring of keys as a setting: what it says, and what is refused without a word of it."""

import base64

import pytest
from chassis.key_ring import KeyRing, RingMalformed

OLD, NEW, MIDDLE = (bytes([number]) * 32 for number in (1, 2, 3))


def text(key: bytes) -> str:
    return base64.b64encode(key).decode()


def test_a_single_key_without_an_id_stays_valid() -> None:
    ring = KeyRing.of(text(OLD))
    assert ring == KeyRing.alone(OLD)
    assert (ring.current_id, ring.current, ring.older, ring.oldest) == ("", OLD, (), OLD)


@pytest.mark.parametrize("gap", ["", " ", "\n"])
def test_the_first_of_several_is_the_current_one(gap: str) -> None:
    ring = KeyRing.of(f"2027-b:{text(NEW)},{gap}2027:{text(MIDDLE)},{gap}{text(OLD)}{gap}")
    assert (ring.current_id, ring.current) == ("2027-b", NEW)
    assert (ring.older, ring.oldest) == ((MIDDLE, OLD), OLD)
    assert ring.by_id == {"2027-b": NEW, "2027": MIDDLE, "": OLD}


@pytest.mark.parametrize(
    ("ring", "why"),
    [
        ("", "missing"),
        (f",{text(OLD)}", "missing"),
        (f"{text(NEW)},", "missing"),
        ("2027:", "missing"),
        ("SENTINEL!", "base64"),
        (f"2027:{text(NEW)[:-1]}", "base64"),
        (f"2027:{text(NEW)[:-4]}", "32 bytes"),
        (f"2027:{text(NEW)} 2026:{text(OLD)}", "id"),
        (f"2027:{text(NEW)},2027:{text(OLD)}", "of its own"),
        (f"{text(NEW)},{text(OLD)}", "of its own"),
        (f"2027:{text(NEW)},2026:{text(NEW)}", "twice"),
        (f":{text(NEW)}", "id"),
        (f"SENTINEL:{text(NEW)}", "id"),
        (f"a:b:{text(NEW)}", "id"),
        (f"{'a' * 17}:{text(NEW)}", "id"),
    ],
)
def test_a_ring_that_cannot_be_meant_is_refused_and_not_repeated(ring: str, why: str) -> None:
    with pytest.raises(RingMalformed, match=why) as refused:
        KeyRing.of(ring)
    assert "SENTINEL" not in str(refused.value)


def test_nothing_of_a_key_is_shown() -> None:
    assert "\\x01" not in repr(KeyRing.alone(OLD))
