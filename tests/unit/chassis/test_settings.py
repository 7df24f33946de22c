"""Production starts with nothing that only the sandbox may have."""

import pytest
from chassis.settings import ServiceSettings
from pydantic import ValidationError
from support.foundations import UNUSED

SAFE = {**UNUSED, "public_url": "https://service.example.org"}


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("issuer", "http://issuer.example.org"),
        ("issuer_inside", "http://issuer:8000"),
        ("public_url", "http://service.example.org"),
        ("sandbox_clock", True),
    ],
)
def test_production_refuses_plain_http_and_a_movable_clock(setting: str, value: object) -> None:
    with pytest.raises(ValidationError, match=setting):
        ServiceSettings.model_validate({**SAFE, setting: value})
    assert ServiceSettings.model_validate({**SAFE, setting: value, "production": False})


def test_nobody_is_a_trusted_proxy_unless_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ServiceSettings.model_validate(SAFE).trusted_proxies == ()
    monkeypatch.setenv("TRUSTED_PROXIES", '["192.0.2.7", "10.0.0.0/8", "2001:db8::/64"]')
    named = ServiceSettings(**UNUSED, production=False).trusted_proxies
    assert [str(proxy) for proxy in named] == ["192.0.2.7/32", "10.0.0.0/8", "2001:db8::/64"]


@pytest.mark.parametrize("proxy", ["*", "0.0.0.0/0", "::/0", "proxy.example.org", "10.0.0.7/8"])
def test_a_proxy_is_named_by_its_address_and_never_everybody(proxy: str) -> None:
    with pytest.raises(ValidationError, match="trusted_proxies"):
        ServiceSettings.model_validate({**SAFE, "trusted_proxies": [proxy]})


def test_production_is_what_a_service_is_unless_told_otherwise() -> None:
    assert ServiceSettings.model_validate(SAFE).production
