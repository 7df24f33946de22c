"""What a victim is told that an officer is comes from the sign-in, where that says it."""

import pytest
from contracts.witness_care import ContactRole
from witness_care.care.person import role_of, roles_open_to
from witness_care.errors import NotYourRole

POLICE, CARE, LIAISON = ContactRole.POLICE_OFFICER, ContactRole.WITNESS_CARE_OFFICER, ContactRole.VICTIM_LIAISON_OFFICER


@pytest.mark.parametrize(
    ("signed_in", "asked", "told"),
    [
        ({"officer", "witness-care-officer"}, None, CARE),
        ({"officer", "witness-care-officer"}, CARE, CARE),
        ({"officer", "witness-care-officer"}, POLICE, None),
        ({"officer", "witness-care-officer", "police-officer"}, POLICE, POLICE),
        ({"officer", "witness-care-officer", "police-officer"}, None, None),
        ({"officer"}, LIAISON, LIAISON),
        ({"officer"}, None, None),
    ],
)
def test_nobody_is_told_more_than_the_sign_in_says(
    signed_in: set[str], asked: ContactRole | None, told: ContactRole | None
) -> None:
    if told is None:
        with pytest.raises(NotYourRole):
            role_of(signed_in, asked=asked)
    else:
        assert role_of(signed_in, asked=asked) is told
        assert told in roles_open_to(signed_in)
