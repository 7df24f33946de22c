"""Guards of the consumer under stress: what fails beside it, and what its owner's log says."""

from mutations.mutation import Mutation

REFILLS = "services/chassis/src/chassis/consumer/refills.py"
IN_REFILLS = "tests/unit/chassis/consumer/test_refills.py"

PIECEWISE = "tests/integration/chassis/consumer/test_piecewise.py"
TOPIC = "services/chassis/src/chassis/consumer/topic.py"

CONSUMER = (
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
        because="ValueError",
    ),
)
