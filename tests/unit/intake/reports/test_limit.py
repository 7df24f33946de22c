"""The limit of reports by the public counts each line by itself."""

from datetime import timedelta

import pytest
from chassis.http.problems import TooManyRequests
from chassis.testing.clock import FakeClock
from intake.reports.limit import HourlyLimit


def test_an_address_waits_for_its_own_hour_and_for_nobody_elses() -> None:
    clock = FakeClock()
    limit = HourlyLimit(most=1, clock=clock)
    limit.demand("203.0.113.9")
    limit.demand("203.0.113.10")
    with pytest.raises(TooManyRequests):
        limit.demand("203.0.113.9")
    clock.advance(timedelta(hours=1))
    limit.demand("203.0.113.9")


ONE_LINE = [("2001:db8:0:1::1", "2001:db8:0:1:ffff::2"), ("::ffff:192.0.2.1", "192.0.2.1"), ("", "")]
TWO_LINES = [
    ("2001:db8:0:1::1", "2001:db8:0:2::1"),
    ("::ffff:192.0.2.1", "::ffff:192.0.2.2"),
    ("192.0.2.1", "192.0.2.2"),
]


@pytest.mark.parametrize(("first", "second"), ONE_LINE)
def test_a_line_is_counted_once_however_many_addresses_it_has(first: str, second: str) -> None:
    limit = HourlyLimit(most=1, clock=FakeClock())
    limit.demand(first)
    with pytest.raises(TooManyRequests):
        limit.demand(second)


@pytest.mark.parametrize(("first", "second"), TWO_LINES)
def test_two_lines_are_counted_apart(first: str, second: str) -> None:
    limit = HourlyLimit(most=1, clock=FakeClock())
    limit.demand(first)
    limit.demand(second)
