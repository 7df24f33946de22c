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


def test_production_is_what_a_service_is_unless_told_otherwise() -> None:
    assert ServiceSettings.model_validate(SAFE).production
