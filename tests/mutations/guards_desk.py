"""Guards of the officer's desk: what victims asked for, and that nobody is left alone."""

from mutations.mutation import Mutation

DESK = "services/witness-care/src/witness_care"
TEST_WISHES = "tests/integration/witness_care/wishes/test_wishes.py"
TEST_NEGLECT = "tests/integration/witness_care/due/test_neglect.py"

DESK_GUARDS = (
    Mutation(
        guard="a service's no ends no wish",
        file=f"{DESK}/wishes/sql/0009_wish.sql",
        changes=(("WHERE NOT n.ends AND", "WHERE false AND"),),
        test=f"{TEST_WISHES}::test_support_is_due_until_a_service_will_help_or_they_do_not_want_it",
        because="assert",
    ),
    Mutation(
        guard="what ended a wish and is taken back makes it due again",
        file=f"{DESK}/wishes/wish_store.py",
        changes=(("DELETE FROM wish_fact WHERE source = $1", "DELETE FROM wish_fact WHERE false AND source = $1"),),
        test=f"{TEST_WISHES}::test_what_ended_it_and_is_taken_back_makes_it_due_anew",
        because="assert",
    ),
    Mutation(
        guard="another publisher's retraction takes no report back",
        file=f"{DESK}/wishes/wish_store.py",
        changes=(("    if event.header.type in _OF_REPORTS:", "    if True:"),),
        test=f"{TEST_WISHES}::test_a_report_put_right_asks_for_what_it_says_now_and_one_taken_back_for_nothing",
        because="assert",
    ),
    Mutation(
        guard="what nobody waits for is not answered",
        file=f"{DESK}/answers/answer_store.py",
        changes=(("                raise NoSuchWish\n", "                pass\n"),),
        test=f"{TEST_WISHES}::test_what_nobody_asked_for_cannot_be_answered",
        because="assert 204 == 409",
    ),
    Mutation(
        guard="a wish that is overdue with nobody is counted",
        file=f"{DESK}/due/neglect_store.py",
        changes=(("    OR EXISTS (SELECT FROM open_wish w WHERE w.victim_id = v.victim_id AND w.due_at < $1))", ")"),),
        test=f"{TEST_NEGLECT}::test_whoever_has_anything_overdue_and_nobody_is_counted_and_every_officer_reads_it",
        because="assert",
    ),
    Mutation(
        guard="a way not called safe is asked about",
        file=f"{DESK}/contacts/contact.py",
        changes=(("and reach.safety(channel) is Safety.SAFE)", "and reach.safety(channel) is not Safety.NOT_SAFE)"),),
        test="tests/integration/witness_care/contacts/test_contacts.py"
        "::test_a_way_that_was_not_called_safe_is_asked_about_before_it_is_recorded",
        because="assert 303 == 422",
    ),
    Mutation(
        guard="who was tried and not reached waits as before",
        file=f"{DESK}/contacts/pages.py",
        changes=(("        if form.tried:\n", "        if False:\n"),),
        test="tests/integration/witness_care/contacts/test_contacts.py::test_trying_needs_no_tick",
        because="assert",
    ),
    Mutation(
        guard="what was put right is not said as it was",
        file=f"{DESK}/telling/timeline.py",
        changes=(("            found = later\n", "            break\n"),),
        test="tests/unit/witness_care/telling/test_telling.py::test_what_stands_now_is_followed_to_its_end",
        because="assert",
    ),
    Mutation(
        guard="no number by which a victim must not be rung is shown",
        file=f"{DESK}/person/promise.py",
        changes=((" if channel.address and channel.safe is Safety.SAFE else", " if channel.address else"),),
        test="tests/integration/witness_care/person/test_person.py::test_all_that_is_kept_stands_on_it",
        because="must not be rung",
    ),
    Mutation(
        guard="an officer is told to a victim as the sign-in says it",
        file=f"{DESK}/care/person.py",
        changes=(("if asked is None or asked not in open_:", "if asked is None:"),),
        test="tests/unit/witness_care/care/test_person.py::test_nobody_is_told_more_than_the_sign_in_says",
        because="DID NOT RAISE",
    ),
    Mutation(
        guard="a warning is the first thing that an officer reads",
        file="services/witness-care/src/witness_care/due/templates/reach.html",
        changes=(('{% include "warnings.html" %}\n', ""),),
        test="tests/integration/witness_care/reach/test_warnings.py::test_it_stands_before_any_way_to_reach_her_on_the_desk_and_among_a_colleague_s",
        because="substring not found",
    ),
    Mutation(
        guard="takes over only from whom the officer saw",
        file="services/witness-care/src/witness_care/care/care.py",
        changes=(("self.contact_officer not in {giver, person.officer}:", "if False:"),),
        test="tests/integration/witness_care/handover/test_handover.py"
        "::test_a_colleagues_victims_are_taken_over_at_once_but_for_those_whom_another_took",
        because="assert",
    ),
)
