"""A client that proves itself with its own key signs what it asks, and is refused a key that is none."""

from urllib.parse import parse_qsl, urlsplit

import httpx2
import pytest
from chassis.errors import PermanentFailure
from chassis.security.client_key import ClientKey
from chassis.security.oidc import SignInFailed
from chassis.testing.clock import FakeClock
from chassis.testing.issuer import FakeIssuer
from joserfc import jwt
from joserfc.jwk import ECKey
from pydantic import SecretStr
from support.signin_site import client_of


async def test_with_a_key_of_its_own_a_client_signs_what_it_asks_and_proves_itself() -> None:
    clock, issuer = FakeClock(), FakeIssuer()
    sent: list[dict[str, str]] = []
    key = ECKey.generate_key("P-256")

    def answer(request: httpx2.Request) -> httpx2.Response:
        sent.append(dict(parse_qsl(request.content.decode())) | dict(request.headers))
        return issuer._answer(request)

    http = httpx2.AsyncClient(transport=httpx2.MockTransport(answer))
    own = ClientKey(SecretStr(key.as_pem(private=True).decode()), client_id="journey", clock=clock)
    oidc = client_of(issuer, http=http, clock=clock, key=own, levels='["Cl.Cm"]')
    asked = dict(parse_qsl(urlsplit(await oidc.address(oidc.attempt(return_to="/"))).query))
    assert set(asked) == {"response_type", "client_id", "scope", "request"}
    signed = jwt.decode(asked["request"], key, algorithms=["ES256"]).claims
    assert (signed["iss"], signed["aud"], signed["prompt"]) == ("journey", issuer.address, "login")
    assert (signed["vtr"], signed["code_challenge_method"]) == ('["Cl.Cm"]', "S256")
    for _ in range(2):
        with pytest.raises(SignInFailed):
            await oidc.redeem("code", oidc.attempt(return_to="/"))
    proofs = [jwt.decode(one["client_assertion"], key, algorithms=["ES256"]).claims for one in sent[-2:]]
    assert {proof["sub"] for proof in proofs} == {"journey"}
    assert len({proof["jti"] for proof in proofs}) == 2
    assert not [one for one in sent if "authorization" in one]


@pytest.mark.parametrize("key", ["", "SENTINEL", ECKey.generate_key("P-384").as_pem(private=True).decode()])
def test_a_client_key_that_is_none_of_ours_is_refused_without_being_repeated(key: str) -> None:
    with pytest.raises(PermanentFailure, match="OIDC_CLIENT_KEY must be a private key on P-256") as refused:
        ClientKey(SecretStr(key), client_id="journey", clock=FakeClock())
    assert "SENTINEL" not in str(refused.value)
