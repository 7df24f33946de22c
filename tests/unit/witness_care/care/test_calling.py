"""How a victim is called on the desk, from what was published about them."""

from typing import Any

import pytest
from witness_care.care.calling import called

REFERENCES = [{"scheme": "crime-reference", "issuer": "45", "value": "45/70011/26"}]
VICTIM = {"issuer": "45", "number": "V-20611"}
IDENTIFIED = {"references": REFERENCES, "victim": VICTIM, "name": "Robin Example"}


@pytest.mark.parametrize(
    ("data", "name", "known_by"),
    [
        (IDENTIFIED, "Robin Example", "V-20611, 45/70011/26"),
        ({"replacement": {"data": IDENTIFIED}}, "Robin Example", "V-20611, 45/70011/26"),
        ({**IDENTIFIED, "report_reference": "R-7KQM"}, "Robin Example", "V-20611, 45/70011/26, R-7KQM"),
        ({"report_reference": "R-7KQM", "wants_support": True}, "A victim not yet named", "R-7KQM"),
        ({"name": None}, "A victim not yet named", ""),
    ],
)
def test_a_victim_is_called_by_name_and_by_the_agencies_numbers(data: dict[str, Any], name: str, known_by: str) -> None:
    assert called(data) == (name, known_by)
