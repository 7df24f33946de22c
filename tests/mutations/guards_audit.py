"""Guards of the audit: what it finds, and what it does not claim."""

from mutations.mutation import Mutation

ROOM = "services/journey/src/journey/audit"
TEST = "tests/unit/journey/audit/test_verify.py"

AUDIT = (
    Mutation(
        guard="what was said of a record beyond the end of a log is missing",
        file=f"{ROOM}/verifying.py",
        changes=(("verified.errors += [_gone(claim, verified.position) for claim in beyond]", "pass"),),
        test=f"{TEST}::test_a_log_cut_off_with_its_head_moved_back_is_found_by_an_earlier_stamp",
        because="assert 0 == 1",
    ),
    Mutation(
        guard="a record is the one that was seen there",
        file=f"{ROOM}/verifying.py",
        changes=(("if claim.holds(record):", "if True:"),),
        test=f"{TEST}::test_a_log_that_was_written_anew_is_found_though_it_is_as_long",
        because="assert 0 == 1",
    ),
    Mutation(
        guard="a log is asked for what its consumers have done",
        file=f"{ROOM}/verifying.py",
        changes=(("[*claims, *claims_of(checkpoints)]", "list(claims)"),),
        test=f"{TEST}::test_a_log_cut_off_is_found_by_its_consumer",
        because="assert 0 == 1",
    ),
    Mutation(
        guard="consumers that were not asked are no success",
        file=f"{ROOM}/findings.py",
        changes=((" + list(self.not_asked.values())", ""),),
        test=f"{TEST}::test_consumers_that_cannot_be_asked_are_named_and_the_code_says_so",
        because="assert 0 == 4",
    ),
    Mutation(
        guard="what nobody foresaw is not called a broken chain",
        file=f"{ROOM}/command.py",
        changes=(("except Exception as error:", "except LookupError as error:"),),
        test=f"{TEST}::test_whatever_is_away_a_command_ends_in_a_sentence_and_its_code",
        because="assert 1 == 69",
    ),
    Mutation(
        guard="what was not read is not claimed",
        file=f"{ROOM}/verifying.py",
        changes=(("verified.read = isinstance(error, LogCutOff)", "verified.read = True"),),
        test=f"{TEST}::test_what_a_broken_chain_leaves_unread_is_not_counted_as_looked_for",
        because="assert",
    ),
    Mutation(
        guard="how a duty ended is not one word for three things",
        file=f"{ROOM}/standing.py",
        changes=(('entry.data.get("ending") or ', ""),),
        test="tests/unit/journey/audit/test_replay.py::test_each_ending_of_a_duty_is_its_own",
        because="assert",
    ),
    Mutation(
        guard="news that was withdrawn is not replayed as hers",
        file=f"{ROOM}/standing.py",
        changes=(("        news.withdrawn = entry.recorded_at", "        pass"),),
        test="tests/unit/journey/audit/test_replay.py::test_news_that_was_withdrawn_is_not_shown_as_hers_until_it_comes_again",
        because="assert",
    ),
)
