"""Production starts with nothing that only the sandbox may have."""

import pytest
from chassis.environment import SettingsWrong
from chassis.settings import RelaySettings, ServiceSettings
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
    with pytest.raises(SettingsWrong, match=setting):
        ServiceSettings.model_validate({**SAFE, setting: value})
    assert ServiceSettings.model_validate({**SAFE, setting: value, "production": False})


def test_nobody_is_a_trusted_proxy_unless_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ServiceSettings.model_validate(SAFE).trusted_proxies == ()
    monkeypatch.setenv("TRUSTED_PROXIES", '["192.0.2.7", "10.0.0.0/8", "2001:db8::/64"]')
    named = ServiceSettings(**UNUSED, production=False).trusted_proxies
    assert [str(proxy) for proxy in named] == ["192.0.2.7/32", "10.0.0.0/8", "2001:db8::/64"]


@pytest.mark.parametrize("proxy", ["*", "0.0.0.0/0", "::/0", "proxy.example.org", "10.0.0.7/8"])
def test_a_proxy_is_named_by_its_address_and_never_everybody(proxy: str) -> None:
    with pytest.raises(SettingsWrong, match="TRUSTED_PROXIES"):
        ServiceSettings.model_validate({**SAFE, "trusted_proxies": [proxy]})


def test_production_is_what_a_service_is_unless_told_otherwise() -> None:
    assert ServiceSettings.model_validate(SAFE).production


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("database_url", "mysql://SENTINEL"),
        ("vault_url", "SENTINEL"),
        ("vault_kek", "U0VOVElORUw="),
        ("digest_key", "SENTINEL!"),
        ("issuer", "SENTINEL"),
        ("issuer", "https://SENTINEL:port"),
        ("public_url", "ftp://SENTINEL"),
        ("kafka_replication", "SENTINEL"),
        ("port", "70000"),
        ("production", "SENTINEL"),
        ("trusted_proxies", ["SENTINEL"]),
    ],
)
def test_a_wrong_setting_is_named_by_its_variable_and_its_value_is_not_repeated(setting: str, value: object) -> None:
    with pytest.raises(SettingsWrong, match=f"Correct {setting.upper()}: ") as refused:
        ServiceSettings.model_validate({**SAFE, setting: value})
    assert "SENTINEL" not in str(refused.value)
    assert "70000" not in str(refused.value)


def test_every_setting_that_is_missing_is_named_with_its_prefix(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTAKE_DATABASE_URL", "postgresql://SENTINEL")
    with pytest.raises(SettingsWrong) as refused:
        RelaySettings(_env_prefix="INTAKE_")
    assert str(refused.value) == "Set INTAKE_KAFKA_BOOTSTRAP."


def test_a_setting_that_must_be_json_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUSTED_PROXIES", "SENTINEL")
    with pytest.raises(SettingsWrong, match=r"^Correct TRUSTED_PROXIES: it must be JSON\.$"):
        ServiceSettings(**UNUSED)
