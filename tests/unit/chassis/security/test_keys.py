"""An issuer's key set: each key by itself; what cannot be used is left out, and nothing stops the good ones."""

import base64
import json
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from chassis.http.readiness import NotReady
from chassis.security.bearer import Bearer
from chassis.security.issuer import Issuer, IssuerAway, IssuerMismatch
from chassis.security.keys import KeysUnreadable, public_keys
from chassis.testing.clock import FakeClock
from chassis.testing.issuer import FakeIssuer
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)
_MEMBERS = ("kty", "crv", "x", "y", "n", "e", "kid", "use", "alg", "key_ops", "x5c", "x5t", "d")


def _good(**more: Any) -> dict[str, Any]:
    key = ECKey.generate_key("P-256", parameters={"kid": "other"})
    found: dict[str, Any] = {**key.as_dict(private=False), **more}
    return {name: value for name, value in found.items() if value is not ...}


ODD: dict[str, object] = {
    "a curve we do not know": _good(crv="brainpoolP256r1"),
    "for tls": _good(use="tls"),
    "for encryption": _good(use="enc"),
    "an unknown OKP curve": {"kty": "OKP", "crv": "Ed-new", "x": "AA"},
    "a certificate chain as text": _good(x5c="MII"),
    "operations we do not know": _good(key_ops=["frobnicate"]),
    "operations as text": _good(key_ops="verify"),
    "an id that is a number": _good(kid=7),
    "no kind": _good(kty=...),
    "a kind that is no text": _good(kty=["EC"]),
    "a point off the curve": _good(x=base64.urlsafe_b64encode(b"\1" * 32).decode().rstrip("=")),
    "no point": _good(y=...),
    "an exponent that is empty": {"kty": "RSA", "n": "AQAB", "e": ""},
    "a short modulus": RSAKey.generate_key(1024).as_dict(private=False),
    "a shared secret": {"kty": "oct", "k": "c2VjcmV0", "kid": "key-1"},
    "a private half": ECKey.generate_key("P-256").as_dict(private=True),
    "text": "key",
    "nothing": None,
}


def _served(issuer: FakeIssuer) -> Bearer:
    clock = issuer.clock
    keys = Issuer(issuer.address, http=httpx2.AsyncClient(transport=issuer.transport()), clock=clock)
    return Bearer(issuer=issuer.address, audience=issuer.audience, keys=keys, clock=clock)


@pytest.mark.parametrize("odd", ODD)
async def test_an_odd_key_beside_a_good_one_stops_nothing(odd: str) -> None:
    issuer = FakeIssuer()
    issuer.other_keys = [ODD[odd]]
    bearer = _served(issuer)
    assert (await bearer.verify(issuer.token())).subject == "subject-1"
    left_out = 0 if odd == "a certificate chain as text" else 1
    assert await bearer.ready() == f"{2 - left_out} keys to use, {left_out} left out"


@given(
    key=_JSON
    | st.dictionaries(st.sampled_from(_MEMBERS), _JSON)
    | st.dictionaries(st.sampled_from(_MEMBERS), st.text())
)
def test_whatever_stands_beside_a_good_key_it_is_used(key: object) -> None:
    good = _good(kid="good")
    found = public_keys(json.dumps({"keys": [key, good, key]}).encode())
    assert found.knows("good")
    assert len(found.usable) + sum(found.skipped.values()) == 3


@given(document=st.binary(max_size=40) | _JSON.map(lambda value: json.dumps(value).encode()))
def test_what_is_no_key_set_is_said_to_be_none(document: bytes) -> None:
    try:
        found = public_keys(document)
    except KeysUnreadable:
        return
    assert found.usable == ()


@pytest.mark.parametrize("kid", ["same", None])
def test_keys_that_share_an_id_or_have_none_are_each_tried(kid: str | None) -> None:
    keys = [ECKey.generate_key("P-256") for _ in range(3)]
    published = [{**key.as_dict(private=False), "kid": kid} for key in keys]
    for one in published:
        if kid is None:
            del one["kid"]
    found = public_keys(json.dumps({"keys": published}).encode())
    for key in keys:
        token = jwt.encode({"alg": "ES256", "kid": "same"}, {"sub": "s"}, ECKey.import_key(key.as_dict(private=True)))
        assert found.verified(token).claims == {"sub": "s"}


@pytest.mark.parametrize("odd", [name for name in ODD if name != "a certificate chain as text"])
async def test_without_a_usable_key_the_issuer_is_away_and_readiness_says_so(odd: str) -> None:
    issuer = FakeIssuer()
    token = issuer.token()
    issuer.publishes_own = False
    issuer.other_keys = [ODD[odd]]
    bearer = _served(issuer)
    with pytest.raises(IssuerAway, match="no key that we can use"):
        await bearer.verify(token)
    with pytest.raises(NotReady, match="no key that we can use"):
        await bearer.ready()


async def test_the_last_good_keys_serve_while_the_issuer_publishes_none() -> None:
    clock = FakeClock()
    issuer = FakeIssuer(clock=clock)
    bearer = _served(issuer)
    await bearer.verify(issuer.token())
    issuer.publishes_own = False
    clock.advance(timedelta(hours=1))
    assert (await bearer.verify(issuer.token())).subject == "subject-1"


@pytest.mark.parametrize(
    "document",
    [b"", b"[]", b"{}", b'{"issuer": 7, "jwks_uri": "x"}', b'{"issuer": "https://issuer.example.org"}', b"\xff"],
)
async def test_a_discovery_document_that_cannot_be_read_is_an_issuer_that_is_away(document: bytes) -> None:
    http = httpx2.AsyncClient(transport=httpx2.MockTransport(lambda _: httpx2.Response(200, content=document)))
    with pytest.raises(IssuerAway):
        await Issuer("https://issuer.example.org", http=http, clock=FakeClock()).key_set(key_id=None)


@pytest.mark.parametrize("address", ["", "no address", "https://", "ftp://issuer.example.org/jwks", "http://[::"])
async def test_an_address_of_the_keys_that_leads_nowhere_is_an_issuer_that_is_away(address: str) -> None:
    document = {"issuer": "https://issuer.example.org", "jwks_uri": address, "end_session_endpoint": 7}

    def answer(request: httpx2.Request) -> httpx2.Response:
        if request.url.path.endswith("openid-configuration"):
            return httpx2.Response(200, json=document)
        raise httpx2.UnsupportedProtocol("no such protocol", request=request)

    http = httpx2.AsyncClient(transport=httpx2.MockTransport(answer))
    with pytest.raises(IssuerAway):
        await Issuer("https://issuer.example.org", http=http, clock=FakeClock()).key_set(key_id=None)


async def test_readiness_says_that_another_issuer_answers() -> None:
    issuer = FakeIssuer()
    http = httpx2.AsyncClient(transport=issuer.transport())
    keys = Issuer("https://other.example.org", http=http, clock=issuer.clock)
    with pytest.raises(IssuerMismatch):
        await keys.key_set(key_id=None)
    bearer = Bearer(issuer="https://other.example.org", audience="a", keys=keys, clock=issuer.clock)
    with pytest.raises(NotReady, match="names another issuer"):
        await bearer.ready()
