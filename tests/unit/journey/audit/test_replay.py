"""A replay tells two rows of one type apart, and says how each ended."""

import json
from datetime import UTC, datetime

import pytest
from journey.audit.entries import Entry
from journey.audit.output import print_standing, standing_as_json
from journey.audit.standing import Standing, standing_after
from rich.console import Console

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
THEFT, ASSAULT = "0193bbbb-0000-7000-8000-00000000ca01", "0193bbbb-0000-7000-8000-00000000ca02"


def entry(type_: str, id_: str, **data: object) -> Entry:
    return Entry("s", 1, NOON, NOON, type_, id_, "urn:s", None, "v", backfill=False, doubt=None, data=data)


def charged(id_: str, offence: str, title: str) -> Entry:
    return entry("cps.suspect-charged.v1", id_, offences=[{"offence_id": offence, "code": "X1", "title": title}])


def arrived(number: int, about: str, case: str) -> Entry:
    at = NOON.replace(day=number).isoformat()
    return entry(
        "journey.news-arrived.v1", f"a-{number}", news_id=f"news-{number}", event_type="court.verdict-reached.v1",
        event_source="urn:s", event_id=about, case_id=case, occurred_at=at,
    )  # fmt: skip


def opened(number: int) -> Entry:
    return entry(
        "journey.duty-opened.v1", f"o-{number}", duty_key=f"duty-{number}", duty_id="tell-verdict",
        news_id=f"news-{number}", case_id=THEFT, due_at=NOON.isoformat(),
    )  # fmt: skip


@pytest.fixture
def standing() -> Standing:
    return standing_after(
        [
            charged("c-1", "of-1", "Theft"),
            charged("c-2", "of-2", "Common assault"),
            entry("court.verdict-reached.v1", "v-1", offence_ids=["of-1"]),
            entry("court.verdict-reached.v1", "v-2", offence_ids=["of-2"]),
            arrived(3, "v-1", THEFT),
            arrived(4, "v-2", ASSAULT),
            opened(3),
            opened(4),
        ]
    )


def test_two_of_one_type_are_told_apart_by_case_offence_and_day(
    standing: Standing, capsys: pytest.CaptureFixture[str]
) -> None:
    print_standing(Console(width=170), standing)
    shown = capsys.readouterr().out
    for kind in ("news", "duty"):
        assert f"no. {kind}-3, case 0000ca01, Theft, 2026-11-03 12:00" in shown
        assert f"no. {kind}-4, case 0000ca02, Common assault, 2026-11-04 12:00" in shown
    found = json.loads(standing_as_json(standing))
    for rows in (found["news"], found["duties"]):
        assert [row["offences"] for row in rows] == [["Theft"], ["Common assault"]]
        assert [row["case_id"] for row in rows] == [THEFT, ASSAULT]


@pytest.mark.parametrize(
    ("met", "how", "said"),
    [
        ({"met_by": "seen"}, "seen", "seen on the timeline"),
        ({"met_by": "contact"}, "contact", "by an officer"),
        ({"met_by": "event", "ending": "done"}, "done", "done"),
        ({"met_by": "event", "ending": "replaced"}, "replaced", "replaced, or owed no longer"),
        ({"met_by": "event", "ending": "not-wanted"}, "not-wanted", "not wanted"),
        ({"met_by": "event"}, "event", "by an event"),
    ],
)
def test_each_ending_of_a_duty_is_its_own(
    standing: Standing, capsys: pytest.CaptureFixture[str], met: dict[str, str], how: str, said: str
) -> None:
    standing.hear(entry("journey.duty-met.v1", "m", duty_key="duty-3", **met))
    assert json.loads(standing_as_json(standing))["duties"][0]["how"] == how
    print_standing(Console(width=170), standing)
    assert f" {said} " in capsys.readouterr().out


def test_news_that_was_withdrawn_is_not_shown_as_hers_until_it_comes_again(standing: Standing) -> None:
    standing.hear(entry("journey.news-withdrawn.v1", "w", news_id="news-3"))
    assert standing.news["news-3"].withdrawn == NOON
    standing.hear(arrived(3, "v-1", THEFT))
    assert standing.news["news-3"].withdrawn is None
