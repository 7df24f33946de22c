"""Guards of who is who: which crime a fact names, what joins cases, and what falls with the event that said so."""

from mutations.mutation import Mutation

PLANNING = "services/intake/src/intake/identity/planning.py"
DIRECTORY = "services/intake/src/intake/identity/directory.py"
PLANNED = "tests/unit/intake/identity/test_planning.py"
UNDOING = "services/intake/src/intake/identity/undoing_store.py"
TAKEN_BACK = "tests/integration/intake/linking/test_taken_back.py"
OVER_HTTP = "tests/integration/intake/linking/test_over_http.py"

IDENTITY = (
    Mutation(
        guard="a fact says of which crime of a merged case it is",
        file=PLANNING,
        changes=(('return ",".join(crimes) if crimes and crimes != (case_id,) else None', "return None"),),
        test=f"{OVER_HTTP}::test_a_fact_about_one_crime_of_a_merged_case_says_which_and_a_later_victim_is_linked_to_that_one",
        because="crimeids",
    ),
    Mutation(
        guard="what is settled says of which crime it is",
        file=PLANNING,
        changes=((", NO_CLAIMS, _crimeids(crimes, case_id), origins)", ", NO_CLAIMS)"),),
        test="tests/unit/intake/identity/test_settled.py::test_what_is_settled_says_of_which_crime_of_its_matter_it_is",
        because="assert",
    ),
    Mutation(
        guard="somebody named for another crime is linked to that one too",
        file=DIRECTORY,
        changes=(("        if crimes:\n            return all(", "        if not crimes:\n            return all("),),
        test=f"{PLANNED}::test_somebody_named_for_another_crime_of_the_matter_is_linked_to_that_one_too",
        because="assert",
    ),
    Mutation(
        guard="two crimes that a prosecutor names as one case stay two crimes",
        file=PLANNING,
        changes=(("            same = not mention.merges and (named", "            same = bool(named) or (named"),),
        test=f"{PLANNED}::test_a_report_and_the_crime_that_quotes_it_are_one_crime_and_two_crimes_of_a_prosecutor_are_not",
        because="assert",
    ),
    Mutation(
        guard="what is named for the first time beside a crime is recorded for it",
        file=DIRECTORY,
        changes=(("        return self.origins.get(names[0]) if names else None", "        return None"),),
        test=f"{PLANNED}::test_what_is_named_for_the_first_time_beside_a_crime_is_recorded_for_it",
        because="case-2",
    ),
    Mutation(
        guard="a decision that turns on one victim is about her",
        file="services/intake/src/intake/identity/mentions.py",
        changes=(
            ('members.get("victim") if kind.victim else None', 'members.get("victim") if kind.identifies else None'),
        ),
        test=f"{OVER_HTTP}::test_a_decision_that_turns_on_one_victim_is_about_her_and_sealed_for_her",
        because="victimid",
    ),
    Mutation(
        guard="a listing names the accused whom it is of",
        file="services/intake/src/intake/courts/court_events.py",
        changes=(('        "defendant_ids": fact.defendants,\n', ""),),
        test="tests/integration/intake/courts/test_concerned.py::test_a_hearing_sent_again_with_one_of_two_accused_moves_the_trial_of_that_one_alone",
        because="defendant_ids|assert",
    ),
    Mutation(
        guard="who is not in a message keeps their date",
        file="services/intake/src/intake/courts/comparing/listings.py",
        changes=(
            (
                "for key in places.keys if key in told and _moved(told[key], listing)}",
                "for key in told if key.startswith('listing/') and _moved(told[key], listing)}",
            ),
        ),
        test="tests/unit/intake/courts/test_accused.py::test_a_message_with_some_of_the_accused_moves_the_hearing_for_those_alone",
        because="KeyError|assert",
    ),
    Mutation(
        guard="who is of a hearing later has it listed",
        file="services/intake/src/intake/courts/comparing/listings.py",
        changes=(
            (
                "    if new and not comparison.snapshot.cancelled:",
                "    if new and not comparison.snapshot.cancelled and len(new) == len(places.keys):",
            ),
        ),
        test="tests/unit/intake/courts/test_accused.py::test_who_is_of_the_hearing_later_has_it_listed_and_for_the_others_it_is_no_news",
        because="assert",
    ),
    Mutation(
        guard="what is said by either number of one person is recorded for the one that goes on",
        file="services/intake/src/intake/identity/names_store.py",
        changes=(
            (
                "SELECT coalesce((SELECT now_id FROM person_alias p WHERE p.victim_id = v.victim_id), v.victim_id) AS",
                "SELECT v.victim_id AS",
            ),
        ),
        test="tests/integration/intake/linking/test_persons.py::test_what_is_said_by_either_number_of_one_person_is_recorded_for_the_one_that_goes_on",
        because="assert",
    ),
    Mutation(
        guard="the links of either are the links of one person",
        file="services/intake/src/intake/identity/names_store.py",
        changes=((" UNION ALL SELECT p.victim_id FROM person_alias p WHERE p.now_id = whom.victim_id", ""),),
        test="tests/integration/intake/linking/test_persons.py::test_the_link_of_the_one_that_goes_on_as_another_is_the_persons",
        because="assert",
    ),
    Mutation(
        guard="a link falls with the event that it was made of",
        file=UNDOING,
        changes=(('if not row["stands"]]', 'if row["stands"] is None]'),),
        test=f"{TAKEN_BACK}::test_who_is_no_victim_of_a_crime_after_all_is_linked_to_it_no_longer",
        because="ValueError|Error",
    ),
    Mutation(
        guard="a link stands as long as one event says so",
        file=UNDOING,
        changes=(("(o.source, o.event_id) <> ($1, $2)) AS stands", "false) AS stands"),),
        test=f"{TAKEN_BACK}::test_a_link_stands_as_long_as_one_event_says_so",
        because="assert|Error",
    ),
    Mutation(
        guard="a merge falls with the event that named two as one",
        file=UNDOING,
        changes=(
            (
                "        if gone:\n            effects.append(_Parting",
                "        if not case:\n            effects.append(_Parting",
            ),
        ),
        test=f"{TAKEN_BACK}::test_what_stops_being_one_case_is_two_again_and_a_name_that_was_only_joined_is_known_no_more",
        because="assert",
    ),
    Mutation(
        guard="what an officer has parted is not joined by who has not heard",
        file=PLANNING,
        changes=(("return self._joins and not any(", "return self._joins or not any("),),
        test=f"{TAKEN_BACK}::test_an_officer_takes_a_merge_back_and_who_has_not_heard_makes_none",
        because="doubt",
    ),
    Mutation(
        guard="a publisher makes again what it took back itself",
        file="services/intake/src/intake/identity/names_store.py",
        changes=((" AND NOT l.taken_back", ""),),
        test=f"{TAKEN_BACK}::test_the_publisher_that_took_a_naming_back_may_name_the_same_victim_again",
        because="ValueError|assert",
    ),
)
