"""Rows of a police.uk street-level file."""

import csv
import io
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from intake.errors import RowUnreadable
from intake.open_data.police_rows import COLUMNS, PublishedCrime, read_rows
from support.cases import case_file

HEADING = ",".join(COLUMNS)
FORCE = "West Yorkshire Police"
ROW = f",2026-07,{FORCE},{FORCE},-1.86,53.93,On or near Old Lane,E01010646,Bradford 001A,Anti-social behaviour,,"


def crimes(*rows: str) -> list[PublishedCrime | RowUnreadable]:
    return list(read_rows([f"{row}\n" for row in (HEADING, *rows)]))


def test_rows_that_are_the_same_are_different_incidents() -> None:
    found = [crime for crime in crimes(ROW, ROW) if isinstance(crime, PublishedCrime)]
    assert [crime.ordinal for crime in found] == [1, 2]
    assert len({crime.event_id for crime in found}) == len({crime.case_id for crime in found}) == 2
    assert [crime.event_id for crime in crimes(ROW, ROW) if isinstance(crime, PublishedCrime)] == [
        crime.event_id for crime in found
    ]


@pytest.mark.parametrize("broken", ["a,b", "", f'"{ROW}', ROW.replace("2026-07", ""), ROW + "caf\udce9"])
def test_a_broken_row_is_named_by_its_number_and_the_others_go_on(broken: str) -> None:
    first, error, last = crimes(ROW, broken, ROW)
    assert isinstance(error, RowUnreadable)
    assert str(error).startswith("row 3: ")
    assert isinstance(first, PublishedCrime)
    assert isinstance(last, PublishedCrime)


def test_another_file_is_refused_by_its_heading() -> None:
    with pytest.raises(RowUnreadable, match="row 1"):
        list(read_rows(["a,b,c\n"]))
    with pytest.raises(RowUnreadable):
        list(read_rows([]))


@given(st.lists(st.text(max_size=60), max_size=10))
def test_every_line_is_a_crime_or_a_named_row(lines: list[str]) -> None:
    assert len(list(read_rows([HEADING, *lines]))) == len(lines)


def test_the_real_month_has_as_many_ids_as_rows() -> None:
    path = case_file("police/2017-07-west-yorkshire-street.csv")
    with path.open(encoding="utf-8", newline="") as lines:
        found = [row for row in read_rows(lines) if isinstance(row, PublishedCrime)]
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))[1:]
    assert len({crime.event_id for crime in found}) == len({crime.case_id for crime in found}) == len(rows)
    nameless = [crime for crime in found if crime.crime_id is None]
    assert len(nameless) == sum(1 for row in rows if not row[0])
    repeats = sum(count - 1 for count in Counter(tuple(row) for row in rows if not row[0]).values())
    assert sum(1 for crime in nameless if crime.ordinal > 1) == repeats
