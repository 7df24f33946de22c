"""Guards of the timers: when one fires, by whose right, and what is locked before what."""

from mutations.mutation import Mutation

CLAIM = "services/chassis/src/chassis/timers/claim.py"
FIRING = "services/chassis/src/chassis/timers/firing.py"
ALARMS = "services/notifications/src/notifications/hearing/alarms.py"
RULES = "tests/conformance/chassis/timers/test_timers.py"
TIMERS = "tests/integration/chassis/timers"
LOCKS = "tests/integration/notifications/hearing/test_locks.py"

TIMED = (
    Mutation(
        guard="the epoch predicate of a look at the timers",
        file=CLAIM,
        changes=(("WHERE name = $1 AND epoch = $2)", "WHERE name = $1 AND $2::bigint > 0)"),),
        test=f"{TIMERS}/test_runner.py::test_a_runner_whose_epoch_is_over_claims_nothing",
        because="DID NOT RAISE .*Fenced",
    ),
    Mutation(
        guard="the epoch predicate of what is done with timers",
        file=CLAIM,
        changes=(("WHERE name = $6 AND epoch = $7)", "WHERE name = $6 AND $7::bigint > 0)"),),
        test=f"{TIMERS}/test_claim.py::test_of_an_epoch_that_is_over_nothing_is_taken_nor_put_off",
        because="assert",
    ),
    Mutation(
        guard="a timer fires when it is due, not before",
        file=CLAIM,
        changes=(
            ("AND {lane} AND due_at <= (SELECT business_now()) ORDER", "AND {lane} ORDER"),
            ('{lane} AND due_at <= (SELECT business_now())"', '{lane}"'),
        ),
        test=f"{RULES}::test_a_timer_fires_when_due_not_before_and_once",
        because="assert",
    ),
    Mutation(
        guard="what waits for its next try costs a look nothing",
        file=CLAIM,
        changes=(('AGAIN = "not_before <= now()"', "AGAIN = \"not_before + '0 s' <= now()\""),),
        test=f"{TIMERS}/test_claim.py::test_a_look_reads_as_few_rows_with_many_that_wait_for_their_next_try_as_with_none",
        because="assert",
    ),
    Mutation(
        guard="a timer that was put off is tried when its time has come, not before",
        file=CLAIM,
        changes=(('AGAIN = "not_before <= now()"', 'AGAIN = "not_before IS NOT NULL"'),),
        test=f"{TIMERS}/test_claim.py::test_a_timer_that_was_put_off_is_seen_at_its_next_try_and_not_before",
        because="assert",
    ),
    Mutation(
        guard="a timer that was moved since it was seen is not taken",
        file=CLAIM,
        changes=((" AND timer.due_at = seen.due_at", ""),),
        test=f"{TIMERS}/test_claim.py::test_a_timer_that_was_moved_or_cancelled_since_it_was_seen_is_not_taken",
        because="assert",
    ),
    Mutation(
        guard="a timer in other hands is not waited for",
        file=CLAIM,
        changes=((" FOR UPDATE OF timer SKIP LOCKED", " FOR UPDATE OF timer"),),
        test=f"{TIMERS}/test_claim.py::test_a_timer_that_one_takes_no_other_takes_nor_waits_for",
        because="TimeoutError",
    ),
    Mutation(
        guard="what was put off is tried in the order in which its time came",
        file=CLAIM,
        changes=(('order="not_before"', 'order="due_at"'),),
        test=f"{RULES}::test_timers_that_always_fail_for_the_moment_starve_no_others",
        because="assert",
    ),
    Mutation(
        guard="a piece that takes too long is made smaller",
        file=FIRING,
        changes=((" and not may_be_too_much(error)", ""),),
        test=f"{TIMERS}/test_firing.py::test_a_piece_that_takes_too_long_is_tried_with_half_as_many_and_doubles_again",
        because="assert",
    ),
    Mutation(
        guard="no timer is locked while its victim is waited for",
        file=FIRING,
        changes=(
            ("if isinstance(self._handler, LockingHandler):", "if isinstance(self._handler, LockingHandler) and 0:"),
        ),
        test=f"{TIMERS}/test_firing.py::test_no_timer_is_locked_while_its_victim_is_waited_for",
        because="TimeoutError",
    ),
    Mutation(
        guard="a reminder's victim is locked before the reminder",
        file=ALARMS,
        changes=(("            await ledger.lock([duty.victim for duty in duties if duty is not None])\n", ""),),
        test=f"{LOCKS}::test_a_duty_s_reminder_is_not_locked_before_its_victim",
        because="TimeoutError",
    ),
    Mutation(
        guard="a message is locked before the timer of its next step",
        file=ALARMS,
        changes=(
            (
                "            await ledger.messages.lock([MessageId(timer.key) for timer in timers])\n",
                "            pass\n",
            ),
        ),
        test=f"{LOCKS}::test_a_message_s_step_is_not_locked_before_the_message",
        because="TimeoutError",
    ),
    Mutation(
        guard="a sighting is reported with no transaction open",
        file="services/chassis/src/chassis/open_transactions.py",
        changes=(("    if any(_is_open(connection) for connection in _taken.get()):", "    if not _taken:"),),
        test="tests/integration/chassis/test_open_transactions.py::test_a_timer_s_handler_that_calls_outside_fails",
        because="not enough values",
    ),
    Mutation(
        guard="who is called outside is called a few times at once",
        file="services/chassis/src/chassis/timers/calling.py",
        changes=(("for _ in range(min(AT_ONCE, len(timers))):", "for _ in range(1):"),),
        test="tests/integration/journey/tellings/test_sightings.py::test_many_sightings_are_each_reported_however_long_one_call_takes",
        because="assert",
    ),
    Mutation(
        guard="a timer whose table was changed under it is not failed for good",
        file="services/chassis/src/chassis/failures.py",
        changes=(("    asyncpg.FeatureNotSupportedError,  # 0A", "    # 0A"),),
        test="tests/integration/chassis/timers/test_runner.py::test_a_table_that_is_changed_under_a_running_process_fails_no_timer",
        because="assert",
    ),
    Mutation(
        guard="a timer that met a server that only reads is not failed for good",
        file="services/chassis/src/chassis/failures.py",
        changes=(("    asyncpg.InvalidTransactionStateError,  # 25", "    # 25"),),
        test="tests/integration/chassis/timers/test_runner.py::test_a_server_that_only_reads_fails_no_timer",
        because="assert",
    ),
)
