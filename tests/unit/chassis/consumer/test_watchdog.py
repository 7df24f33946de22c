"""The watchdog: a connection that looks alive and delivers nothing is noticed."""

import pytest
from chassis.consumer.watchdog import ConsumerStuck, Watchdog


def test_ten_seconds_without_progress_while_records_wait_is_stuck() -> None:
    watchdog = Watchdog()
    for now in (0.0, 4.0, 9.9):
        watchdog.look(now, positions={0: 5}, ends={0: 8})
    with pytest.raises(ConsumerStuck, match="partition 0 stands at 5"):
        watchdog.look(10.0, positions={0: 5}, ends={0: 8})


def test_an_idle_partition_is_not_stuck() -> None:
    watchdog = Watchdog()
    for now in (0.0, 60.0, 120.0):
        watchdog.look(now, positions={0: 8}, ends={0: 8})


def test_one_stuck_partition_is_seen_while_the_others_move() -> None:
    watchdog = Watchdog()
    watchdog.look(0.0, positions={0: 5, 1: 0}, ends={0: 8, 1: 50})
    watchdog.look(6.0, positions={0: 5, 1: 20}, ends={0: 8, 1: 50})
    with pytest.raises(ConsumerStuck):
        watchdog.look(12.0, positions={0: 5, 1: 40}, ends={0: 8, 1: 50})


def test_progress_starts_the_count_again() -> None:
    watchdog = Watchdog()
    watchdog.look(0.0, positions={0: 5}, ends={0: 8})
    watchdog.look(9.0, positions={0: 6}, ends={0: 8})
    watchdog.look(18.0, positions={0: 6}, ends={0: 8})
