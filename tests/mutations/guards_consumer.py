"""Guards of the consumer under stress: what fails beside it, and what its owner's log says."""

from mutations.mutation import Mutation

REFILLS = "services/chassis/src/chassis/consumer/refills.py"
IN_REFILLS = "tests/unit/chassis/consumer/test_refills.py"

PIECEWISE = "tests/integration/chassis/consumer/test_piecewise.py"
OFFSETS = "services/chassis/src/chassis/consumer/offsets.py"
TOPIC = "services/chassis/src/chassis/consumer/topic.py"

IDENTITY = "tests/integration/chassis/consumer/test_identity.py"

STUCK = "tests/integration/chassis/consumer/test_stuck.py"
STANDING = "tests/integration/chassis/consumer/test_standing.py"
LANES = "services/chassis/src/chassis/consumer/lanes.py"

CONSUMER = (
    Mutation(
        guard="an event that is stuck is set aside",
        file=TOPIC,
        changes=(("            if self._stuck.proven:\n", "            if not self._stuck.attempts:\n"),),
        test=f"{STUCK}::test_an_event_that_is_stuck_is_parked_with_its_key_and_the_others_flow",
        because="no sign of",
    ),
    Mutation(
        guard="trouble of all events parks none",
        file=TOPIC,
        changes=(("            if self._stuck.proven:\n", "            if self._stuck.attempts:\n"),),
        test=f"{STUCK}::test_trouble_of_all_events_parks_none",
        because="assert",
    ),
    Mutation(
        guard="a partition that refills says how much it lacks",
        file=LANES,
        changes=(
            (
                "        return max(0, lane.needs - lane.mark.pseq) + max(0, end - lane.resume_at)\n",
                "        return 0\n",
            ),
        ),
        test=f"{STANDING}::test_a_partition_that_waits_for_a_refill_says_how_much_it_lacks_and_since_when",
        because="no sign of",
    ),
    Mutation(
        guard="a partition that stopped for a person grows older",
        file="services/chassis/src/chassis/consumer/reporting.py",
        changes=(("not found.lag and one.broken is None and not one.refilling", "one.broken or not found.lag"),),
        test=f"{STANDING}::test_a_partition_that_has_stopped_for_a_person_grows_older_with_what_comes",
        because="no sign of",
    ),
    Mutation(
        guard="the mark knows its event: a number that was given again is seen on the topic",
        file="services/chassis/src/chassis/consumer/sequence.py",
        changes=(
            ("elif arrival.pseq == mark.pseq and mark.digest not in", "elif arrival.pseq < 0 and mark.digest not in"),
        ),
        test="tests/unit/chassis/consumer/test_sequence.py::test_the_marks_own_number_with_another_event_contradicts",
        because="DID NOT RAISE",
    ),
    Mutation(
        guard="the owner's log is asked whether it is still the one consumed",
        file=REFILLS,
        changes=(("if page.last is not None and page.last < mark.pseq:", "if page.last == -1:"),),
        test=f"{IDENTITY}::test_a_log_that_ends_before_what_was_consumed_stops_its_partition_and_no_other",
        because="no sign of",
    ),
    Mutation(
        guard="a partition stays stopped over a restart",
        file=TOPIC,
        changes=(("                await self._settlement.stop(partition, why)\n", "                continue\n"),),
        test=f"{IDENTITY}::test_a_partition_stays_stopped_over_a_restart_and_goes_on_when_a_person_says_where",
        because="no sign of|NotStopped|assert",
    ),
    Mutation(
        guard="a digest of an older release's number is not held against a newer one",
        file=OFFSETS,
        changes=(("CASE known_pseq WHEN pseq THEN known_sha256 END AS digest", "known_sha256 AS digest"),),
        test=f"{IDENTITY}::test_what_an_older_release_consumed_is_not_held_against_a_digest_of_before",
        because="assert|no sign of",
    ),
    Mutation(
        guard="after a refusal no transaction is long",
        file="services/chassis/src/chassis/consumer/settlement.py",
        changes=(("if len(arrivals) > SMALL:", "if len(arrivals) > 9_000:"),),
        test=f"{PIECEWISE}::test_after_a_refusal_no_transaction_is_long",
        because="assert",
    ),
    Mutation(
        guard="a batch that takes too long is halved",
        file=TOPIC,
        changes=(("        self._stride.failed(count_of(piece))\n", ""),),
        test=f"{PIECEWISE}::test_a_batch_that_takes_too_long_is_halved_until_it_fits",
        because="no sign of",
    ),
    Mutation(
        guard="an owner's log that gives no answer is said",
        file=REFILLS,
        changes=(
            ("            self._report.owner_is_away(reason(tried.error))\n", "            reason(tried.error)\n"),
        ),
        test=f"{IN_REFILLS}::test_an_owner_that_cannot_be_asked_is_said",
        because="assert",
    ),
    Mutation(
        guard="what is settled is told by the owner's time",
        file=REFILLS,
        changes=(("page.settled(page.now - SETTLED_AFTER)", "page.settled(page.now)"),),
        test=f"{IN_REFILLS}::test_what_is_settled_is_told_by_the_owners_time",
        because="assert",
    ),
    Mutation(
        guard="an error in a question to the owner does not end the consumer",
        file=REFILLS,
        changes=(("Attempt(_anything)", "Attempt()"),),
        test=f"{IN_REFILLS}::test_an_error_that_nobody_expected_is_said_and_asked_again",
        because="within 15 s this did not happen",
    ),
    Mutation(
        guard="a consumer that has read nothing yet does not come on",
        file="services/chassis/src/chassis/consumer/consumer.py",
        changes=(("if not report.progress.partitions]", "if report.progress.partitions is None]"),),
        test="tests/integration/chassis/consumer/test_standing.py"
        "::test_a_consumer_that_has_read_nothing_yet_does_not_come_on",
        because="DID NOT RAISE",
    ),
)
