"""The limit of reports by the public counts each address by itself."""

from datetime import timedelta

import pytest
from chassis.http.problems import TooManyRequests
from chassis.testing.clock import FakeClock
from intake.entrypoints.reports import HourlyLimit


def test_an_address_waits_for_its_own_hour_and_for_nobody_elses() -> None:
    clock = FakeClock()
    limit = HourlyLimit(most=1, clock=clock)
    limit.demand("203.0.113.9")
    limit.demand("203.0.113.10")
    with pytest.raises(TooManyRequests):
        limit.demand("203.0.113.9")
    clock.advance(timedelta(hours=1))
    limit.demand("203.0.113.9")
