"""Guards of what is said when nobody knows, of the relay's way past strays, and of readiness."""

from mutations.mutation import Mutation

FLIGHT = "services/chassis/src/chassis/log/flight.py"
STRAYS = "tests/integration/chassis/relay/test_strays.py"
LOST = "tests/integration/chassis/log/test_lost_answers.py"

RELAY = (
    Mutation(
        guard="a commit whose answer was lost is in doubt",
        file="services/chassis/src/chassis/database.py",
        changes=(("        if certain:\n            raise\n", "        raise\n"),),
        test=f"{LOST}::test_a_transaction_of_a_callers_own_is_in_doubt_too",
        because="Error",
    ),
    Mutation(
        guard="a second attempt that fails says nothing of the first",
        file=FLIGHT,
        changes=(("doubtful = isinstance(error, OutcomeNotKnown)", "doubtful = False"),),
        test=f"{LOST}::test_a_log_that_ends_after_a_lost_answer_is_in_doubt",
        because="LogUnavailable",
    ),
    Mutation(
        guard="a caller who gives up while a flight goes on is told that nobody knows",
        file="services/chassis/src/chassis/log/group_commit.py",
        changes=(("            if waiting.aboard:\n", "            if False:\n"),),
        test=f"{LOST}::test_a_flight_that_goes_on_when_its_caller_gives_up_is_in_doubt",
        because="LogUnavailable",
    ),
    Mutation(
        guard="a form of taking over sent twice counts once",
        file="services/witness-care/src/witness_care/care/care.py",
        changes=(("            self.takings.add(taking_id)", "            pass"),),
        test="tests/integration/witness_care/handover/test_handover.py"
        "::test_a_form_of_taking_over_that_is_sent_again_counts_once_and_leads_where_the_first_led",
        because="KeyError|assert",
    ),
    Mutation(
        guard="a decision sent twice is one",
        file="services/intake/src/intake/recording/recorder.py",
        changes=(("if event.digest == found.digest else None", "if False else None"),),
        test="tests/integration/intake/recording/test_sent_again.py"
        "::test_a_decision_sent_twice_is_one_and_another_is_refused_as_before",
        because="assert",
    ),
    Mutation(
        guard="a relay steps over strays at the end of its topic",
        file="services/chassis/src/chassis/relay/tail.py",
        changes=(("    while last is None and upto > begin:", "    if last is None and upto > begin:"),),
        test=f"{STRAYS}::test_strays_at_the_end_stop_no_relay_and_are_said_once[5]",
        because="AssertionError",
    ),
    Mutation(
        guard="a log that numbers on past its topic never goes back to its rows",
        file="services/chassis/src/chassis/sql/steps/0040_log_past_topic.sql",
        changes=(("greatest(pseqs[lane], (SELECT", "greatest(0, (SELECT"),),
        test=f"{STRAYS}::test_a_log_restored_from_an_older_copy_numbers_on_past_its_topic",
        because="did not happen",
    ),
    Mutation(
        guard="what calls a person takes no requests away",
        file="services/chassis/src/chassis/http/app.py",
        changes=(("health_router(readiness, watch)", "health_router({**readiness, **(progress or {})}, watch)"),),
        test="tests/integration/journey/timeline/test_away.py"
        "::test_with_kafka_and_issuer_away_the_page_answers_and_progress_says_what_is_wrong",
        because="assert 503 == 200",
    ),
    Mutation(
        guard="a page that took too long is tried again smaller",
        file="services/chassis/src/chassis/relay/relay.py",
        changes=(("                pace.failed(tried.error)\n", ""),),
        test="tests/integration/chassis/relay/test_pages.py::test_what_takes_too_long_is_tried_again_in_halves",
        because="did not happen",
    ),
)
