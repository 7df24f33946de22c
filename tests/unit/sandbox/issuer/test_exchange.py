"""The sandbox's issuer lets a client act for who signed in to it: there, in that role, for that while, and no more."""

from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from chassis.security.keys import public_keys
from chassis.security.sessions import SessionLimits
from chassis.testing.clock import FakeClock
from fastapi.testclient import TestClient
from joserfc import jwt
from joserfc.jwk import ECKey
from pydantic import SecretStr
from sandbox.issuer.app import issuer_app
from sandbox.issuer.codes import s256
from sandbox.issuer.settings import IssuerSettings

ISSUER = "http://127.0.0.1:1"
DESK = ("witness-care", "desk-secret")
DANA = "c0a1f3e2-5b7d-4e19-9a44-1f6f2d8b7a11"
ACCESS = "urn:ietf:params:oauth:token-type:access_token"
ASKED = {
    "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange",
    "subject_token_type": ACCESS,
    "audience": "throughline-journey",
}
CLIENTS = """
[clients.witness-care]
audiences = ["throughline-intake"]
scopes = ["log:read"]
signs_people_in = true
acts_at = ["throughline-journey", "throughline-intake"]
acts_as = "officer"

[clients.other-desk]
audiences = ["throughline-intake"]
scopes = []
signs_people_in = true
acts_at = ["throughline-journey"]
acts_as = "officer"

[clients.journey]
audiences = ["throughline-journey"]
scopes = []
signs_people_in = true

[clients.no-secret]
audiences = ["throughline-journey"]
scopes = []
confidential = false
signs_people_in = true
acts_at = ["throughline-journey"]
acts_as = "officer"
"""
PERSONAS = f"""
[personas.dana]
name = "Dana"
about = "officer and auditor"
subject = "{DANA}"
roles = ["officer", "auditor"]
scopes = ["log:read"]

[personas.amira]
name = "Amira"
about = "victim"
subject = "amira"
roles = ["victim"]
"""


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def issuer(clock: FakeClock, tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    folder = tmp_path_factory.mktemp("issuer")
    clients, personas = folder / "clients.toml", folder / "personas.toml"
    clients.write_text(CLIENTS)
    personas.write_text(PERSONAS)
    secrets = {name: SecretStr("desk-secret") for name in ("witness-care", "other-desk", "journey")}
    settings = IssuerSettings(url=ISSUER, port=1, client_secrets=secrets, clients_file=clients, personas_file=personas)
    return TestClient(issuer_app(settings, clock=clock), follow_redirects=False)


def signed_in(issuer: TestClient, client: str = "witness-care", *, persona: str = "dana") -> Mapping[str, str]:
    """What the issuer gives a client of whom a person signed in to."""
    back = "http://127.0.0.1:5/signin/callback"
    asked = {"client_id": client, "redirect_uri": back, "response_type": "code", "scope": "openid"}
    proof = {"code_challenge": s256("verifier"), "code_challenge_method": "S256", "persona": persona}
    location = issuer.get("/authorize", params=asked | proof).headers["location"]
    code = parse_qs(urlsplit(location).query)["code"][0]
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": "verifier"}
    answer = issuer.post("/token", data=form | {"client_id": client, "client_secret": "desk-secret"})
    granted: Mapping[str, str] = answer.json()
    return granted


def claims(issuer: TestClient, token: str) -> Mapping[str, object]:
    return public_keys(issuer.get("/jwks").content).verified(token).claims


def refusal(issuer: TestClient, form: Mapping[str, object], auth: tuple[str, str] = DESK) -> tuple[int, str]:
    answer = issuer.post("/token", data=form, auth=auth)
    assert "access_token" not in answer.json()
    return answer.status_code, answer.json()["error"]


def test_an_exchanged_token_is_of_the_person_for_one_audience_in_one_role_and_says_who_acts(
    issuer: TestClient, clock: FakeClock
) -> None:
    subject_token = signed_in(issuer)["access_token"]
    answer = issuer.post("/token", data=ASKED | {"subject_token": subject_token}, auth=DESK)
    granted = answer.json()
    assert (granted["issued_token_type"], granted["token_type"], granted["expires_in"]) == (ACCESS, "Bearer", 300)
    found = claims(issuer, granted["access_token"])
    assert (found["sub"], found["aud"], found["roles"]) == (DANA, "throughline-journey", ["officer"])
    assert (found["act"], found["client_id"]) == ({"sub": "witness-care"}, "witness-care")
    assert "scope" not in found
    assert found["exp"] == int(clock.now().timestamp()) + 5 * 60 + 20
    assert answer.headers["cache-control"] == "no-store"


def test_the_sign_in_of_such_a_client_is_for_the_issuer_alone_and_lasts_as_long_as_a_session_may(
    issuer: TestClient, clock: FakeClock
) -> None:
    granted = signed_in(issuer)
    found = claims(issuer, granted["access_token"])
    assert found["aud"] == ISSUER
    longest = SessionLimits().absolute
    assert int(granted["expires_in"]) == longest.total_seconds()
    assert "roles" not in found
    clock.advance(longest - timedelta(seconds=1))
    form = ASKED | {"subject_token": granted["access_token"]}
    assert issuer.post("/token", data=form, auth=DESK).status_code == 200
    clock.advance(timedelta(minutes=2))
    assert refusal(issuer, form) == (400, "invalid_request")


def test_another_clients_sign_in_is_as_it_was(issuer: TestClient) -> None:
    found = claims(issuer, signed_in(issuer, "journey", persona="amira")["access_token"])
    assert (found["aud"], found["roles"]) == ("throughline-journey", ["victim"])


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"audience": "throughline-notifications"}, "invalid_target"),
        ({"audience": ["throughline-journey", "throughline-intake"]}, "invalid_target"),
        ({"audience": []}, "invalid_target"),
        ({"audience": ISSUER}, "invalid_target"),
        ({"resource": "throughline-notifications"}, "invalid_target"),
        ({"subject_token_type": "urn:ietf:params:oauth:token-type:id_token"}, "invalid_request"),
        ({"subject_token_type": []}, "invalid_request"),
        ({"requested_token_type": "urn:ietf:params:oauth:token-type:refresh_token"}, "invalid_request"),
        ({"actor_token": "x"}, "invalid_request"),
        ({"subject_token": []}, "invalid_request"),
        ({"subject_token": "odd"}, "invalid_request"),
        ({"subject_token": ["odd", "odd"]}, "invalid_request"),
        ({"scope": "log:read"}, "invalid_scope"),
    ],
)
def test_what_is_not_asked_for_rightly_is_refused(issuer: TestClient, change: dict[str, object], error: str) -> None:
    form = ASKED | {"subject_token": signed_in(issuer)["access_token"]}
    assert refusal(issuer, form | change) == (400, error)


def test_only_a_client_that_may_act_and_proves_itself_gets_anything(issuer: TestClient) -> None:
    form = ASKED | {"subject_token": signed_in(issuer)["access_token"]}
    assert refusal(issuer, form, ("witness-care", "wrong")) == (401, "invalid_client")
    assert refusal(issuer, form, ("journey", "desk-secret")) == (400, "unauthorized_client")
    assert refusal(issuer, form, ("no-secret", "")) == (400, "unauthorized_client")


def test_nobody_acts_for_a_person_without_the_role(issuer: TestClient) -> None:
    subject_token = signed_in(issuer, persona="amira")["access_token"]
    assert refusal(issuer, ASKED | {"subject_token": subject_token}) == (400, "invalid_request")


@pytest.mark.parametrize("which", ["id token", "another client's", "exchanged", "a system's", "another issuer's"])
def test_only_the_sign_in_to_this_client_is_exchanged(issuer: TestClient, which: str) -> None:
    granted = signed_in(issuer)
    acting = issuer.post("/token", data=ASKED | {"subject_token": granted["access_token"]}, auth=DESK).json()
    system = issuer.post("/token", data={"grant_type": "client_credentials"}, auth=DESK).json()
    claimed = claims(issuer, granted["access_token"])
    tokens = {
        "id token": granted["id_token"],
        "another client's": signed_in(issuer, "other-desk")["access_token"],
        "exchanged": acting["access_token"],
        "a system's": system["access_token"],
        "another issuer's": jwt.encode({"alg": "ES256", "typ": "at+jwt"}, dict(claimed), ECKey.generate_key("P-256")),
    }
    assert refusal(issuer, ASKED | {"subject_token": tokens[which]}) == (400, "invalid_request")


def test_the_discovery_document_offers_the_exchange(issuer: TestClient) -> None:
    offered = issuer.get("/.well-known/openid-configuration").json()["grant_types_supported"]
    assert ASKED["grant_type"] in offered
