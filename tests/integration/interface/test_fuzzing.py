"""What a service says of its interface is so, whoever asks: a fuzzer made of its own document finds nothing."""

import pytest
from support.fuzzing import findings
from support.interface import ASKED_BY, ROLES, Bridge


@pytest.mark.parametrize("role", ROLES)
def test_a_fuzzer_finds_nothing_that_the_document_does_not_say(service: Bridge, role: str) -> None:
    if role not in ASKED_BY[service.name]:
        pytest.skip(f"nobody comes to {service.name} as {role}")
    found = findings(service, role)
    assert not found, "\n\n".join(found)
