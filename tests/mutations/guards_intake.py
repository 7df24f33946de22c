"""Guards of the gate: what may come in, and what is let go of."""

from mutations.mutation import Mutation

PLAIN = "contracts/src/contracts/plain.py"
SENT = "contracts/src/contracts/sent.py"
IN_QUESTION = "tests/integration/intake/prisons/test_in_question.py"
UNREAD = "tests/unit/intake/courts/test_unread.py"

INTAKE = (
    Mutation(
        guard="what waits for an officer is counted from when it came",
        file="services/intake/src/intake/documents/waiting.py",
        changes=(("sum(end < now for end in ends)", "0"),),
        test="tests/integration/intake/documents/test_waiting.py::"
        "test_after_two_working_days_what_nobody_decided_calls_a_person",
        because="assert",
    ),
    Mutation(
        guard="what an officer has looked at calls nobody",
        file="services/intake/src/intake/documents/store.py",
        changes=((" AND decided_at IS NULL", ""),),
        test="tests/integration/intake/documents/test_waiting.py::"
        "test_what_waits_for_nobody_or_was_looked_at_calls_nobody",
        because="assert",
    ),
    Mutation(
        guard="a name of a court is kept when it is not said again",
        file="services/intake/src/intake/courts/comparing/listings.py",
        changes=(("named_among(before.sittings) if before else {}", "{}"),),
        test="tests/unit/intake/courts/test_day_courts.py::test_a_name_that_is_learnt_later_is_no_news_and_is_kept_when_it_is_not_said_again",
        because="York Crown Court",
    ),
    Mutation(
        guard="no publisher sets what intake resolves and judges",
        file=PLAIN,
        changes=((" if name not in WRITTEN_BY_INTAKE}", "}"),),
        test="tests/integration/intake/publishing/test_refusals.py::test_a_bad_event_is_refused_alone_and_its_neighbours_are_recorded",
        because="AssertionError",
    ),
    Mutation(
        guard="what is read without models has no unknown attribute",
        file=PLAIN,
        changes=((', config=envelope["config"])', ")"),),
        test="tests/conformance/intake/publishing/test_cloudevents.py::test_what_cannot_be_the_name_of_an_attribute_is_refused_and_not_repeated",
        because="AssertionError",
    ),
    Mutation(
        guard="who publishes what is in doubt learns it",
        file="services/intake/src/intake/publishing/accepting.py",
        changes=(("                results[index] = Doubtful(receipt, doubt)\n", "                pass\n"),),
        test="tests/integration/intake/publishing/test_events.py::test_a_receipt_says_when_and_why_nobody_is_told_until_an_officer_has_looked",
        because="KeyError",
    ),
    Mutation(
        guard="an extension is dropped",
        file=SENT,
        changes=((" if name in _KEPT}", "}"),),
        test="tests/conformance/intake/publishing/test_cloudevents.py::test_an_extension_is_accepted_and_dropped_and_makes_no_other_event",
        because="assert",
    ),
    Mutation(
        guard="no member is there twice",
        file="contracts/src/contracts/unreadable.py",
        changes=(("catch_duplicate_keys=True", "catch_duplicate_keys=False"),),
        test="tests/conformance/intake/publishing/test_cloudevents.py::test_a_member_that_is_there_twice_is_refused_alone_by_its_place",
        because="assert",
    ),
    Mutation(
        guard="what cannot be read is refused alone",
        file="services/intake/src/intake/publishing/cloudevents.py",
        changes=(("    found = elements(body)\n", "    found = None\n"),),
        test="tests/conformance/intake/publishing/test_cloudevents.py::test_what_cannot_be_read_is_refused_alone_by_its_place",
        because="MalformedContent",
    ),
    Mutation(
        guard="the body of a binary event says no more than its data",
        file="services/intake/src/intake/publishing/cloudevents.py",
        changes=(('        parse_strictly(body, below="data")\n', ""),),
        test="tests/conformance/intake/publishing/test_cloudevents.py::test_the_body_of_a_binary_event_is_its_data_and_says_no_more",
        because="assert",
    ),
    Mutation(
        guard="nothing from outside is sealed",
        file=PLAIN,
        changes=(
            (
                'return _plain(schema["choices"][0], known)',
                'return core_schema.union_schema([_plain(schema["choices"][0], known), core_schema.dict_schema()])',
            ),
        ),
        test="tests/conformance/intake/publishing/test_reading.py::test_what_is_sealed_already_is_refused_both_ways",
        because="DID NOT RAISE|assert",
    ),
    Mutation(
        guard="what is null is left out",
        file=PLAIN,
        changes=(('"nullable": _not_null', '"nullable": lambda *of: core_schema.nullable_schema(_not_null(*of))'),),
        test="tests/conformance/intake/publishing/test_reading.py::test_what_is_null_is_read_by_the_models_and_left_out",
        because="assert",
    ),
    Mutation(
        guard="a document's key goes with its ciphertext",
        file="services/intake/src/intake/documents/expiry.py",
        changes=(("await self._vault.forget_documents(", "(lambda *_, **__: None)("),),
        test="tests/integration/intake/documents/test_expiry.py::test_a_message_whose_time_is_up_opens_from_no_copy_and_another_still_does",
        because="assert",
    ),
    Mutation(
        guard="a withdrawn prison number tells nothing more",
        file="services/intake/src/intake/prisons/store.py",
        changes=(("$1 AND d.withdrawn_at IS NULL AND d.ended_at IS NULL ORDER", "$1 ORDER"),),
        test="tests/integration/intake/prisons/test_withdrawals.py::test_a_movement_after_a_withdrawal_tells_nobody",
        because="AssertionError",
    ),
    Mutation(
        guard="a number in question tells nothing",
        file="services/intake/src/intake/prisons/taking.py",
        changes=(("        if in_question:\n            return Fate.HELD, {}\n", ""),),
        test=f"{IN_QUESTION}::test_a_movement_of_a_number_in_question_is_told_to_nobody_and_listed[merged-confirmed]",
        because=r"== \[\]",
    ),
    Mutation(
        guard="what waits for a question is decided with it",
        file="services/intake/src/intake/prisons/decisions.py",
        changes=(
            (
                "            await self.renumberings.release(document)\n\n    async def _released",
                "            return\n\n    async def _released",
            ),
        ),
        test=f"{IN_QUESTION}::test_what_waits_is_decided_with_the_question_and_nothing_ends_in_silence[merged-dismissed]",
        because=r"== \[\]",
    ),
    Mutation(
        guard="the same movement under two numbers is told once",
        file="services/intake/src/intake/prisons/doubling.py",
        changes=(("return before[-1:] == [movement.meaning] or after[:1] == [movement.meaning]", "return False"),),
        test=f"{IN_QUESTION}::test_the_same_release_under_two_numbers_is_told_once_unless_something_came_between[between0-1]",
        because="== 1",
    ),
    Mutation(
        guard="a part that nobody understands waits for an officer",
        file="services/intake/src/intake/courts/comparing/questions.py",
        changes=(("        *(_unread(one) for one in comparison.snapshot.unread),\n", ""),),
        test=f"{UNREAD}::test_a_hearing_of_an_application_alone_is_a_question",
        because="assert",
    ),
    Mutation(
        guard="one odd offence costs its neighbours nothing",
        file="services/intake/src/intake/courts/reading/salvage.py",
        changes=(
            (
                "    except msgspec.MsgspecError:\n        return None",
                "    except ZeroDivisionError:\n        return None",
            ),
        ),
        test=f"{UNREAD}::test_the_part_in_question_waits_and_all_else_is_told[offence-<lambda>-missing8]",
        because="ValidationError",
    ),
    Mutation(
        guard="what was told and is gone is asked about",
        file="services/intake/src/intake/courts/comparing/questions.py",
        changes=(("        *gone(comparison),\n", ""),),
        test="tests/unit/intake/courts/test_gone.py::test_a_case_that_left_keeps_its_date_while_the_other_moves",
        because="case-gone",
    ),
    Mutation(
        guard="what nobody has decided about is asked about once",
        file="services/intake/src/intake/prisons/taking.py",
        changes=(("        if example is None:\n", "        if example is not None or example is None:\n"),),
        test="tests/integration/intake/prisons/test_kinds.py::test_a_type_that_nobody_has_named_is_asked_about_once_however_often_it_comes",
        because="AssertionError",
    ),
    Mutation(
        guard="a time without a zone is doubtful",
        file="services/intake/src/intake/recording/instants.py",
        changes=(('return match["zone"] is not None or match["clock"] is None', "return True"),),
        test=f"{UNREAD}::test_a_time_without_its_zone_is_told_to_nobody_before_an_officer_has_looked",
        because="is_zoned",
    ),
)
