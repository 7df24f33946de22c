"""The sandbox's issuer: who gets a token, and what is in it."""

from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from chassis.security.keys import public_keys
from chassis.testing.clock import FakeClock
from fastapi.testclient import TestClient
from joserfc import jwt
from joserfc.jwk import ECKey
from pydantic import SecretStr
from sandbox.issuer.app import issuer_app
from sandbox.issuer.codes import s256
from sandbox.issuer.registry import is_loopback
from sandbox.issuer.settings import IssuerSettings

ISSUER = "http://127.0.0.1:1"
SECRET = "police-secret"
ASKED = {
    "client_id": "journey",
    "redirect_uri": "http://127.0.0.1:5/signin/callback",
    "response_type": "code",
    "scope": "openid",
    "state": "s1",
    "nonce": "n1",
    "code_challenge": s256("verifier"),
    "code_challenge_method": "S256",
}


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def issuer(clock: FakeClock) -> TestClient:
    secrets = {"sandbox-police": SecretStr(SECRET), "journey": SecretStr("journey-secret")}
    settings = IssuerSettings(url=ISSUER, port=1, client_secrets=secrets)
    return TestClient(issuer_app(settings, clock=clock), follow_redirects=False)


def claims(issuer: TestClient, token: str) -> Mapping[str, object]:
    return public_keys(issuer.get("/jwks").content).verified(token).claims


def code_for(issuer: TestClient, persona: str = "amira") -> str:
    answer = issuer.get("/authorize", params=ASKED | {"persona": persona})
    query = parse_qs(urlsplit(answer.headers["location"]).query)
    assert query["state"] == ["s1"]
    return query["code"][0]


def exchange(issuer: TestClient, code: str, **changes: str) -> tuple[int, dict[str, str]]:
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": ASKED["redirect_uri"]}
    form |= {"code_verifier": "verifier"} | changes
    answer = issuer.post("/token", data=form, auth=("journey", "journey-secret"))
    return answer.status_code, answer.json()


def test_a_system_gets_a_token_for_its_audience_and_scopes(issuer: TestClient, clock: FakeClock) -> None:
    form = {"grant_type": "client_credentials", "audience": "throughline-intake", "scope": "events:publish"}
    granted = issuer.post("/token", data=form, auth=("sandbox-police", SECRET)).json()
    found = claims(issuer, granted["access_token"])
    assert (found["iss"], found["aud"], found["client_id"]) == (ISSUER, "throughline-intake", "sandbox-police")
    assert found["scope"] == "events:publish"
    assert found["exp"] == int(clock.now().timestamp()) + 20 * 60 + 20


@pytest.mark.parametrize(
    ("form", "secret", "error"),
    [
        ({"grant_type": "client_credentials"}, "wrong", "invalid_client"),
        ({"grant_type": "client_credentials", "scope": "log:read"}, SECRET, "invalid_scope"),
        ({"grant_type": "client_credentials", "audience": "throughline-journey"}, SECRET, "invalid_target"),
        ({"grant_type": "password"}, SECRET, "unsupported_grant_type"),
    ],
)
def test_a_system_gets_nothing_that_is_not_its(
    issuer: TestClient, form: dict[str, str], secret: str, error: str
) -> None:
    answer = issuer.post("/token", data=form, auth=("sandbox-police", secret))
    assert answer.status_code in (400, 401)
    assert answer.json()["error"] == error


def test_a_person_signs_in_and_their_token_carries_the_nonce_and_no_name(issuer: TestClient) -> None:
    status, granted = exchange(issuer, code_for(issuer))
    assert status == 200
    found = claims(issuer, granted["id_token"])
    assert (found["nonce"], found["aud"], found["roles"]) == ("n1", "journey", ["victim"])
    assert "Amira" not in str(found)


def test_a_code_is_spent_by_its_first_use(issuer: TestClient) -> None:
    code = code_for(issuer)
    assert exchange(issuer, code)[0] == 200
    assert exchange(issuer, code)[1]["error"] == "invalid_grant"


@pytest.mark.parametrize("change", [{"code_verifier": "other"}, {"redirect_uri": "http://127.0.0.1:6/"}, {"code": "x"}])
def test_a_code_is_worth_nothing_without_its_proof(issuer: TestClient, change: dict[str, str]) -> None:
    code = code_for(issuer)
    assert exchange(issuer, change.pop("code", code), **change)[1]["error"] == "invalid_grant"


def test_the_page_offers_every_persona(issuer: TestClient) -> None:
    page = issuer.get("/authorize", params=ASKED).text
    assert all(name in page for name in ("Amira Hassan", "Ben Okoro", "auditor"))


@pytest.mark.parametrize(
    "change",
    [
        {"redirect_uri": "http://elsewhere.example.org/"},
        {"redirect_uri": "http://127.0.0.1:80@elsewhere.example.org/"},
        {"client_id": "sandbox-police"},
        {"code_challenge_method": "plain"},
        {"persona": "nobody"},
        {"response_type": "token"},
    ],
)
def test_sign_in_is_refused_where_it_could_leak(issuer: TestClient, change: dict[str, str]) -> None:
    assert issuer.get("/authorize", params=ASKED | {"persona": "amira"} | change).status_code == 422


def test_loopback_is_this_machine_only() -> None:
    assert is_loopback("http://localhost:8000/signin/callback")
    assert not is_loopback("https://example.org/")
    assert not is_loopback("")


def test_who_has_signed_in_is_not_asked_again_for_an_hour_unless_the_client_asks_for_it(
    issuer: TestClient, clock: FakeClock
) -> None:
    code_for(issuer)
    assert issuer.get("/authorize", params=ASKED).status_code == 303
    assert issuer.get("/authorize", params=ASKED | {"prompt": "login"}).status_code == 200
    clock.advance(timedelta(minutes=61))
    assert issuer.get("/authorize", params=ASKED).status_code == 200


def test_a_request_object_says_it_as_well(issuer: TestClient) -> None:
    code_for(issuer)
    key = ECKey.generate_key("P-256")
    signed = jwt.encode({"alg": "ES256"}, ASKED | {"prompt": "login"}, key)
    beside = {name: ASKED[name] for name in ("client_id", "response_type", "scope")}
    assert issuer.get("/authorize", params=beside | {"request": signed}).status_code == 200
    assert issuer.get("/authorize", params=beside | {"request": "odd"}).status_code == 422


def test_logging_out_ends_the_session_here(issuer: TestClient) -> None:
    code_for(issuer)
    answer = issuer.get("/logout", params={"post_logout_redirect_uri": "http://127.0.0.1:5/signed-out"})
    assert (answer.status_code, answer.headers["location"]) == (303, "http://127.0.0.1:5/signed-out")
    assert issuer.get("/authorize", params=ASKED).status_code == 200
    assert issuer.get("/logout", params={"post_logout_redirect_uri": "https://evil.example.org"}).status_code == 200
