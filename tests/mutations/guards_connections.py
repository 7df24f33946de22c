"""Guards of the pool, of what waits for it, of those who try again, and of how Kafka is reached."""

from mutations.mutation import Mutation

CROWD = "tests/integration/chassis/test_crowd.py"
DATABASE = "services/chassis/src/chassis/database.py"
KAFKA = "services/chassis/src/chassis/kafka_settings.py"
KAFKA_TEST = "tests/unit/chassis/test_kafka_settings.py"

CONNECTIONS = (
    Mutation(
        guard="a cancellation before whatever is tried again",
        file="services/chassis/src/chassis/retrying.py",
        changes=(("if self._cancelled():", "if self._cancelled() and error is None:"),),
        test="tests/unit/chassis/test_retrying.py::test_a_loop_that_tries_again_ends_when_it_is_cancelled",
        because="it began again",
    ),
    Mutation(
        guard="a cancellation before what a lost connection raises",
        file="services/chassis/src/chassis/cancellation.py",
        changes=(("            raise asyncio.CancelledError from error\n", "            raise\n"),),
        test="tests/unit/chassis/test_retrying.py::test_a_time_out_around_stays_one_whatever_a_library_makes_of_it",
        because="TransientFailure",
    ),
    Mutation(
        guard="a group that takes its own cancellation back",
        file="services/chassis/src/chassis/task_group.py",
        changes=(("                holder.uncancel()\n", "                holder.cancelling()\n"),),
        test="tests/unit/chassis/test_task_group.py::test_a_task_whose_group_failed_does_not_look_cancelled",
        because="assert 1 == 0",
    ),
    Mutation(
        guard="the bound of each wait for a connection",
        file=DATABASE,
        changes=(
            ("            async with asyncio.timeout(seconds):\n", "            async with asyncio.timeout(None):\n"),
        ),
        test=f"{CROWD}::test_nobody_waits_for_a_connection_for_ever",
        because="it still waits",
    ),
    Mutation(
        guard="the length of the queue for connections",
        file=DATABASE,
        changes=(("if self._waiting >= self._most_waiting and", "if self._waiting < 0 and"),),
        test=f"{CROWD}::test_a_request_is_turned_away_where_too_many_wait_and_the_processs_own_work_waits_in_line",
        because="TimeoutError",
    ),
    Mutation(
        guard="connections apart for leases",
        file="services/chassis/src/chassis/leases.py",
        changes=(("= pool.apart, name, seconds", "= pool, name, seconds"),),
        test=f"{CROWD}::test_readers_that_are_not_served_hear_so_at_once_while_the_leader_leads_and_the_process_is_ready",
        because="TimeoutError|assert",
    ),
    Mutation(
        guard="a doorbell's heartbeat",
        file="services/chassis/src/chassis/doorbell.py",
        changes=(("if _now() - self._answered >= self._beat:", "if _now() < 0:"),),
        test="tests/integration/chassis/test_doorbell.py"
        "::test_a_connection_that_answers_no_more_is_noticed_by_the_next_beat",
        because="nobody noticed",
    ),
    Mutation(
        guard="undoing what was broken off is bounded",
        file=DATABASE,
        changes=(("(ending if kind is None else in_a_moment(ending, self._connection))", "ending"),),
        test="tests/integration/chassis/test_database.py"
        "::test_who_is_cancelled_in_a_transaction_does_not_wait_for_a_server_that_is_stuck",
        because="AssertionError",
    ),
    Mutation(
        guard="a CA that nothing would read ends the start",
        file=KAFKA,
        changes=(
            (
                "        if not protocol.encrypts:\n            self._refuse",
                "        if False:\n            self._refuse",
            ),
        ),
        test=f"{KAFKA_TEST}::test_what_is_half_said_is_refused_in_one_sentence",
        because="DID NOT RAISE",
    ),
    Mutation(
        guard="the certificate of a broker is looked at",
        file="services/chassis/src/chassis/kafka_connection.py",
        changes=(("ssl.create_default_context(", "ssl._create_unverified_context("),),
        test=f"{KAFKA_TEST}::test_what_is_said_reaches_aiokafka",
        because="assert",
    ),
)
