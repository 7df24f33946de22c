"""An address is read once: what is accepted is an address, and what is kept is what is used."""

import pytest
from contracts.notifications import ChannelKind
from hypothesis import example, given
from hypothesis import strategies as st
from notifications.errors import UnusableTerms
from notifications.promise.addresses import address_of

EMAIL, SMS, PHONE = ChannelKind.EMAIL, ChannelKind.SMS, ChannelKind.PHONE


@pytest.mark.parametrize(
    ("kind", "text", "kept"),
    [
        (EMAIL, "amira@example.org", "amira@example.org"),
        (EMAIL, "  o'brien+x@Example.ORG ", "o'brien+x@example.org"),
        (EMAIL, "a@ex\u00e4mple.org", "a@xn--exmple-cua.org"),
        (SMS, "07700 900123", "+447700900123"),
        (SMS, "+44 (0)7700 900-123", "+447700900123"),
        (SMS, "0044 7700 900123", "+447700900123"),
        (PHONE, "01632 960123", "+441632960123"),
        (PHONE, "(01632) 960123", "+441632960123"),
        (ChannelKind.LETTER, " 1 Example Street,  Leeds ", "1 Example Street, Leeds"),
    ],
)
def test_an_address_is_kept_in_the_form_in_which_it_is_used(kind: ChannelKind, text: str, kept: str) -> None:
    assert address_of(kind, text) == kept
    assert address_of(kind, kept) == kept


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        *(
            (EMAIL, text)
            for text in (
                "amira at example.org",
                "amira@example.org, ben@example.org",
                "a:b@example.org",
                "a[b@example.org",
                "a(b@example.org",
                "a(comment)@example.org",
                "ab@example..org",
                "ab@[1.2.3.4",
                "ab@[127.0.0.1]",
                "Amira <a@example.org>",
                '"a b"@example.org',
                "a@b",
                ".a@example.org",
                "a.@example.org",
                "j\u00f6rg@example.org",
                "a@example.org\u200b",
            )
        ),
        (SMS, "12"),
        (SMS, "01632 960123"),
        (SMS, "07000 900123"),
        (SMS, "07700 900123 my husband's"),
        (SMS, "07700 900123 ext 5"),
        (SMS, "07700 900123; 07700 900456"),
        (SMS, "\uff10\uff17\uff17\uff10\uff10 900123"),
        (PHONE, "no number"),
        (PHONE, "999"),
        (PHONE, "0800 FLOWERS1"),
        (PHONE, "00000000000"),
        (ChannelKind.LETTER, "   "),
    ],
)
def test_what_cannot_be_an_address_is_refused_and_not_repeated(kind: ChannelKind, text: str) -> None:
    with pytest.raises(UnusableTerms) as refused:
        address_of(kind, text)
    assert text.strip() not in str(refused.value) or not text.strip()


@given(
    kind=st.sampled_from([EMAIL, SMS, PHONE]),
    text=st.text(max_size=60)
    | st.emails()
    | st.from_regex(r"[+(]?[0-9][0-9 ().\-/]{8,14}", fullmatch=True)
    | st.from_regex(r"(\+44|0044|\+39|)[ (]?0{0,11}[)]?[0-9]{1,10}", fullmatch=True),
)
@example(kind=PHONE, text="00000000000")
def test_whatever_is_accepted_is_read_again_as_itself(kind: ChannelKind, text: str) -> None:
    try:
        kept = address_of(kind, text)
    except UnusableTerms:
        return
    assert address_of(kind, kept) == kept
    assert kept.isascii() and kept.isprintable() and " " not in kept
