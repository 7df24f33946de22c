"""The order in which an officer does what is due."""

from datetime import UTC, datetime, timedelta

from witness_care.due.due import DueItem, DueKind, VictimDue, soonest_first

NOW = datetime(2026, 12, 1, 10, tzinfo=UTC)


def test_the_caseload_shows_what_is_due_soonest_first_and_the_quiet_ones_last() -> None:
    victims = [waiting("quiet"), waiting("later", NOW + timedelta(days=2)), waiting("overdue", NOW - timedelta(days=1))]
    assert [victim.victim_id for victim in soonest_first(victims)] == ["overdue", "later", "quiet"]


def waiting(victim_id: str, *due: datetime) -> VictimDue:
    items = tuple(
        DueItem(victim_id=victim_id, kind=DueKind.DUTY, key="k", what="tell them", news_ids=(), duty_keys=(), due_at=at)
        for at in due
    )
    return VictimDue(victim_id=victim_id, name="Jo Example", contact_officer="officer-1", items=items, as_of=NOW)
