"""Nothing is taken and read by nobody: each field of each event, and of what people send, has a reader or a reason."""

import ast

import pytest
from contracts.catalogue import EVENT_TYPES
from contracts.envelope import Envelope
from support.field_readers import FIELD_READERS
from support.fields_declared import declared, lacking_readers
from support.form_readers import FORM_READERS
from support.forms_taken import bodies, lone_fields
from support.reading import mentioned, mentioned_in

EVENT_FIELDS = declared([Envelope, *(kind.model for kind in EVENT_TYPES.values())])
FORM_FIELDS = {**{name: its for name, its in declared(bodies()).items() if name not in EVENT_FIELDS}, **lone_fields()}
TAKEN = {**EVENT_FIELDS, **FORM_FIELDS}
ROWS = {**FIELD_READERS, **FORM_READERS}


def test_each_field_of_each_event_has_a_named_reader_or_a_reason() -> None:
    lacking = lacking_readers(EVENT_FIELDS, FIELD_READERS)
    assert not lacking, f"who reads these? Say so in tests/support/field_readers.py, or why nobody does: {lacking}"


def test_each_field_that_people_send_has_a_named_reader_or_a_reason() -> None:
    lacking = lacking_readers(FORM_FIELDS, FORM_READERS)
    assert not lacking, f"who reads these? Say so in tests/support/form_readers.py, or why nobody does: {lacking}"


def test_no_two_models_share_a_row() -> None:
    assert not FIELD_READERS.keys() & FORM_READERS.keys()


@pytest.mark.parametrize("model", ROWS)
def test_a_row_is_about_fields_that_there_are_and_a_field_has_one_row(model: str) -> None:
    named = [field for row in ROWS[model] for field in row.fields]
    assert len(named) == len(set(named)), f"{model} has two rows for one of its fields"
    gone = set(named) - TAKEN.get(model, set()) - {"*"}
    assert model in TAKEN, f"nobody takes a {model} any more"
    assert not gone, f"{model} has no longer what these rows are about: {sorted(gone)}"


@pytest.mark.parametrize("model", ROWS)
def test_a_named_reader_is_there_and_reads_the_field(model: str) -> None:
    for row in ROWS[model]:
        if row.reader is None:
            assert (row.reason or "").strip(), f"{model} says of {row.fields} neither who reads it nor why nobody does"
            continue
        names = mentioned(row.reader)
        assert names is not None, f"there is no {row.reader}"
        missing = set(row.fields) - names
        assert not missing, f"{row.reader} reads no {', '.join(sorted(missing))} any more; who reads {model}'s?"


@pytest.mark.parametrize(
    ("code", "is_read"),
    [
        ("return said.wing", True),
        ("return said['wing']", True),
        ("return said.text('wing')", True),
        ("return wing", True),
        ("return said.floor  # wing", False),
        ("'The wing is not read.'", False),
        ("return Cell(wing=said.floor)", False),
        ("return {'wing': said.floor}", False),
        ("said.wing = 1", False),
    ],
)
def test_to_write_a_field_or_to_speak_of_it_is_not_to_read_it(code: str, *, is_read: bool) -> None:
    tree = ast.parse(f"def cell(said, wing):\n    {code}\n")
    assert ("wing" in (mentioned_in(tree, "cell") or ())) == is_read
    assert mentioned_in(tree, "gone") is None
