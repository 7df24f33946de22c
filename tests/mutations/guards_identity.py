"""Guards of who is who: which crime a fact names, what joins cases, and what falls with the event that said so."""

from mutations.mutation import Mutation

PLANNING = "services/intake/src/intake/identity/planning.py"
DIRECTORY = "services/intake/src/intake/identity/directory.py"
PLANNED = "tests/unit/intake/identity/test_planning.py"
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
)
