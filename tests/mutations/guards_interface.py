"""Guards of what the interface says of itself."""

from mutations.mutation import Mutation

DOCUMENT = "services/chassis/src/chassis/http/document.py"
TESTS = "tests/unit/chassis/http/test_document.py"

INTERFACE = (
    Mutation(
        guard="the document says every answer that the chassis gives",
        file=DOCUMENT,
        changes=(("    for status, answer in _common(operation, path).items():", "    for status, answer in ():"),),
        test=f"{TESTS}::test_an_operation_says_the_answers_of_its_own_and_those_of_its_kind",
        because="AssertionError|assert",
    ),
    Mutation(
        guard="an operation that asks for a token says so",
        file=DOCUMENT,
        changes=(('        operation["security"] = ', '        operation["x-security"] = '),),
        test=f"{TESTS}::test_what_may_answer_401_asks_for_a_token",
        because="KeyError",
    ),
    Mutation(
        guard="Allow names the methods of all routes of an address",
        file="services/chassis/src/chassis/http/rendering.py",
        changes=(('            problem.headers["Allow"] = allowed_methods(request)', "            pass"),),
        test=f"{TESTS}::test_allow_names_the_methods_of_all_routes_of_the_address",
        because="assert",
    ),
    Mutation(
        guard="no route is missing from the document",
        file="services/intake/src/intake/reports/http.py",
        changes=(("    router = APIRouter()", "    router = APIRouter(include_in_schema=False)"),),
        test="tests/integration/interface/test_stated.py::test_every_route_is_in_the_document_or_a_page",
        because="let the document say these",
    ),
    Mutation(
        guard="a fuzzer finds an answer that no document names",
        file="services/intake/src/intake/reports/http.py",
        changes=(("responses=refusals(Conflict, TooManyRequests)", "responses={}"),),
        test="tests/integration/interface/test_fuzzing.py::test_a_fuzzer_finds_nothing_that_the_document_does_not_say[intake-anonymous]",
        because="Undocumented status code",
    ),
    Mutation(
        guard="what agencies may send is not sealed yet",
        file="contracts/src/contracts/sent_schemas.py",
        changes=(('    if part.get("x-personal"):', '    if part.get("x-nothing"):'),),
        test="tests/contracts/test_sent_schemas.py::test_schema_and_reader_say_the_same",
        because="Sealed' does not exist",
    ),
    Mutation(
        guard="every error of a service is on the page of its problem type",
        file="services/intake/src/intake/publishing/problems.py",
        changes=(("    errors.CaseUnnamed: Conflict,\n", ""),),
        test="tests/integration/interface/test_problem_pages.py::test_every_error_of_a_service_is_on_a_page_or_never_answered",
        because="CaseUnnamed",
    ),
    Mutation(
        guard="a problem type is the address of its page",
        file="services/chassis/src/chassis/http/problems.py",
        changes=(('        return f"{PROBLEMS_PATH}/{cls.slug()}"', '        return f"/problem/{cls.slug()}"'),),
        test="tests/integration/interface/test_problem_pages.py::test_every_problem_type_has_a_page_at_its_address",
        because="404",
    ),
    Mutation(
        guard="the reference runs nothing inline",
        file="services/intake/src/intake/interface/page_frame.py",
        changes=(("script-src 'self';", "script-src 'self' 'unsafe-inline';"),),
        test="tests/unit/intake/interface/test_reference.py::test_a_page_of_the_reference_runs_nothing_inline_and_loads_only_from_here",
        because="assert",
    ),
    Mutation(
        guard="the reference shows an example of each event type",
        file="services/intake/src/intake/interface/events_page.py",
        changes=(("{_listed(said)}", ""),),
        test="tests/unit/intake/interface/test_reference.py::test_every_event_type_is_shown_with_its_example",
        because="AssertionError",
    ),
)
