"""Guards of the contracts: nothing is taken and read by nobody."""

from mutations.mutation import Mutation

FIELDS_READ = "tests/architecture/test_fields_read.py"
THREADS = "contracts/src/contracts/threads.py"
TYPES_WHOLE = "tests/architecture/test_types_whole.py::test_every_type_has_all_that_belongs_to_it"
TEST_THREADS = "tests/contracts/test_threads.py"

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
    Mutation(
        guard="a release also ends the thread of its plan",
        file=THREADS,
        changes=(("for kind in thread.also_ends)", "for kind in ())"),),
        test=f"{TEST_THREADS}::test_a_release_also_ends_the_plan_of_it_and_nothing_else_does",
        because="release-plan/d-1",
    ),
    Mutation(
        guard="a correction is in the thread of what it says instead",
        file=THREADS,
        changes=(("return _Said(data.replacement.type, data.replacement.data)", "return _Said(type_name, data)"),),
        test=f"{TEST_THREADS}::test_a_correction_stands_where_what_it_says_instead_stands",
        because="hearing/h-1",
    ),
    Mutation(
        guard="a hearing begins on the first of its days, in whatever order they are given",
        file=THREADS,
        changes=(("min(day.starts_at for day in about.days)", "about.days[0].starts_at"),),
        test=f"{TEST_THREADS}::test_a_fact_says_when_what_it_is_about_begins",
        because="datetime",
    ),
    Mutation(
        guard="what a publisher puts right is told where what it said is",
        file="contracts/src/contracts/corrections.py",
        changes=(("if all(kind.tell is Tell.NOBODY for kind in types)", "if types"),),
        test="tests/contracts/test_rows.py::test_what_a_publisher_puts_right_is_told_where_anything_that_it_says_is",
        because="NOBODY",
    ),
    Mutation(
        guard="what opens a duty reaches somebody",
        file="contracts/src/contracts/cps.py",
        changes=(("ProceedingsStopped, tell=Tell.OFFICER_FIRST)", "ProceedingsStopped)"),),
        test="tests/contracts/test_rows.py::test_what_opens_a_duty_is_told",
        because="opens a duty and reaches nobody",
    ),
    Mutation(
        guard="what a new type lacks is named at once",
        file="contracts/src/contracts/notifications.py",
        changes=(
            (
                "TYPES: Final = (\n",
                (
                    "class DogWalked(Shape):\n    wing: int\n\n\n"
                    'TYPES: Final = (\n    EventType("notifications.dog-walked.v1", DogWalked, tell=Tell.MESSAGE),\n'
                ),
            ),
            ("import EventType\n", "import EventType, Tell\n"),
        ),
        test=TYPES_WHOLE,
        because=r"(?s)dog-walked.v1 lacks.*an example.*DogWalked.wing.*plain words.*words for the officer"
        r".*who says it.*who acts on it.*what follows.*contracts.generate",
    ),
    Mutation(
        guard="a type that nobody acts on is named",
        file="services/notifications/src/notifications/hearing/consumer.py",
        changes=(('    "journey.safe-contact-warned.v1": safe_contact_warned,\n', ""),),
        test=TYPES_WHOLE,
        because=r"(?s)safe-contact-warned.v1 lacks.*no other service names it",
    ),
)
