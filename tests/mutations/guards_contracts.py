"""Guards of the contracts: nothing is taken and read by nobody."""

from mutations.mutation import Mutation

FIELDS_READ = "tests/architecture/test_fields_read.py"

CONTRACTS = (
    Mutation(
        guard="a new field of an event has a reader",
        file="contracts/src/contracts/police.py",
        changes=(
            (
                "    first_hearing_on: date | None = None\n",
                "    first_hearing_on: date | None = None\n    wing: int = 0\n",
            ),
        ),
        test=f"{FIELDS_READ}::test_each_field_of_each_event_has_a_named_reader_or_a_reason",
        because=r"who reads these\?.*SuspectCharged\.wing",
    ),
    Mutation(
        guard="a reader of a field reads it still",
        file="services/journey/src/journey/wording/police.py",
        changes=(('("What was recorded", said.text("offence")),', '("What was recorded", None),'),),
        test=f"{FIELDS_READ}::test_a_named_reader_is_there_and_reads_the_field[CrimeReported]",
        because="crime_reported reads no offence any more",
    ),
    Mutation(
        guard="a new field of a form has a reader",
        file="services/intake/src/intake/reports/http.py",
        changes=(("    wants_support: StrictBool\n", "    wants_support: StrictBool\n    wing: int = 0\n"),),
        test=f"{FIELDS_READ}::test_each_field_that_people_send_has_a_named_reader_or_a_reason",
        because=r"who reads these\?.*ReportForm\.wing",
    ),
)
