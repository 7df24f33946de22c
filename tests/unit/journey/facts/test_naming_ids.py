"""Ids made by hand are those of the standard library."""

from uuid import UUID, uuid5

from hypothesis import given
from hypothesis import strategies as st
from journey.facts.naming_ids import id_of


@given(st.uuids(), st.text())
def test_the_id_of_a_name_is_the_uuid_of_version_5(namespace: UUID, name: str) -> None:
    name = name.encode(errors="replace").decode()
    assert id_of(namespace, name) == str(uuid5(namespace, name))
