"""Guards of what ends a line of the desk, what undoes that, and what is said again."""

from mutations.mutation import Mutation

DESK = "services/witness-care/src/witness_care"
TESTS = "tests/integration/witness_care"
NOTIFICATIONS = "services/notifications/src/notifications"
TEST_TOLD = "tests/unit/notifications/hearing/test_contacts.py"
TEST_ENDING = f"{TESTS}/due/test_ending.py"
TEST_AGAIN = f"{TESTS}/due/test_said_again.py"
TEST_CONTACTS = f"{TESTS}/contacts/test_contacts.py"
TEST_TAKING_BACK = f"{TESTS}/contacts/test_taking_back.py"
THEIRS = "test_what_they_were_told_of_somebody_else_ends_when_they_were_told_so_since"

LINE_GUARDS = (
    Mutation(
        guard="a contact that was taken back opens the old one, and none beside it",
        file=f"{NOTIFICATIONS}/hearing/telling.py",
        changes=(("    await ledger.contacts.reopen(victim, by=contact)\n", ""),),
        test=f"{TEST_TOLD}::test_what_was_an_officer_s_to_tell_is_theirs_again_by_the_contact_of_then",
        because="assert",
    ),
    Mutation(
        guard="a contact asked anew takes the one that was made off the desk",
        file=f"{NOTIFICATIONS}/officer_contacts/asking.py",
        changes=(("        ledger.record(OfficerContactWithdrawn(replaced, victim, now))\n", "        pass\n"),),
        test=f"{TEST_TOLD}::test_who_is_asked_anew_about_what_was_told_has_that_contact_alone",
        because="assert",
    ),
    Mutation(
        guard="what is about somebody else is put right by nothing but saying so",
        file=f"{DESK}/due/ending.py",
        changes=(("ContactReason.NOT_THEIRS: EndsBy.PUT_RIGHT", "ContactReason.NOT_THEIRS: EndsBy.IN_TOUCH"),),
        test=f"{TEST_ENDING}::{THEIRS}",
        because="assert",
    ),
    Mutation(
        guard="what was said before it was asked for puts nothing right",
        file=f"{DESK}/due/ending_store.py",
        changes=(("m.made_at >= o.asked_at AND wrong.news_id", "wrong.news_id"),),
        test=f"{TEST_ENDING}::{THEIRS}",
        because="assert",
    ),
    Mutation(
        guard="a contact made before a silence was asked about does not end it",
        file=f"{DESK}/due/ending_store.py",
        changes=(("WHERE m.victim_id = o.victim_id AND m.made_at >= o.asked_at)", "WHERE m.victim_id = o.victim_id)"),),
        test=f"{TEST_ENDING}::test_a_silence_ends_by_any_contact_made_since_it_was_asked_for",
        because="assert",
    ),
    Mutation(
        guard="a contact that names nothing ends nothing that is to be told",
        file=f"{DESK}/due/ending.py",
        changes=(("if ends_by is EndsBy.TOLD and not names_something else", "if ends_by is EndsBy.TOLD else"),),
        test=f"{TEST_ENDING}::test_a_contact_that_names_nothing_is_kept_and_ends_nothing_that_is_to_be_told",
        because="assert",
    ),
    Mutation(
        guard="what is somebody else's is not shown where it is put right",
        file=f"{DESK}/due/page_lines.py",
        changes=(("about = [] if wrong else [", "about = ["),),
        test=f"{TEST_ENDING}"
        "::test_what_was_about_somebody_else_is_put_right_on_the_page_by_one_act_without_what_it_was_about",
        because="assert",
    ),
    Mutation(
        guard="what had not happened yet was not told",
        file=f"{DESK}/contacts/contacts.py",
        changes=(("contact.made_at < named.happened_at:", "False:"),),
        test=f"{TEST_CONTACTS}::test_what_had_not_happened_when_a_contact_was_made_was_not_told_by_it",
        because="assert",
    ),
    Mutation(
        guard="a conversation refers nobody",
        file=f"{DESK}/contacts/contacts.py",
        changes=(("            if named.needs_more:\n", "            if False:\n"),),
        test=f"{TEST_CONTACTS}::test_a_contact_that_names_a_duty_which_no_telling_meets_is_refused_and_the_duty_stays",
        because="assert",
    ),
    Mutation(
        guard="what a contact taken back told is untold",
        file=f"{DESK}/due/contact_made_store.py",
        changes=(("DELETE FROM settled WHERE victim_id", "DELETE FROM settled WHERE false AND victim_id"),),
        test=f"{TEST_TAKING_BACK}::test_what_a_contact_told_and_met_is_due_again_when_any_officer_takes_it_back",
        because="assert",
    ),
    Mutation(
        guard="what another contact told too stays told",
        file=f"{DESK}/due/contact_made_store.py",
        changes=((" AND settled_by = $2", " AND settled_by = coalesce(settled_by, $2)"),),
        test=f"{TEST_TAKING_BACK}::test_what_they_know_otherwise_stays_told",
        because="assert",
    ),
    Mutation(
        guard="nobody takes back what was not made with this victim",
        file=f"{DESK}/care/care.py",
        changes=(("        if contact_id not in self.contacts:\n            raise NoSuchContact\n", ""),),
        test=f"{TEST_TAKING_BACK}::test_nobody_takes_back_what_was_not_made_with_this_victim",
        because="assert",
    ),
    Mutation(
        guard="what another fact has replaced is not there to tell",
        file=f"{DESK}/due/ending_store.py",
        changes=(("AND (n.withdrawn OR NOT n.standing)", "AND n.withdrawn"),),
        test=f"{TEST_AGAIN}"
        "::test_what_another_fact_has_replaced_is_not_there_to_tell_and_comes_back_when_it_holds_again",
        because="values to unpack",
    ),
    Mutation(
        guard="a contact that meets a duty does not tell what was replaced",
        file=f"{DESK}/due/named_store.py",
        changes=(("coalesce(n.standing AND NOT n.withdrawn, true)", "true"),),
        test=f"{TEST_AGAIN}::test_a_contact_that_meets_a_duty_does_not_tell_what_was_replaced",
        because="assert",
    ),
    Mutation(
        guard="news that is theirs again is due again",
        file=f"{DESK}/due/news_store.py",
        changes=(("standing = excluded.standing, withdrawn = false", "standing = excluded.standing"),),
        test=f"{TEST_AGAIN}::test_news_that_was_withdrawn_and_is_theirs_again_is_due_again",
        because="values to unpack",
    ),
    Mutation(
        guard="what is about a day is due before it",
        file=f"{DESK}/due/sql/0011_said_again.sql",
        changes=(("least(c.due_by, about.begins_at)", "c.due_by"),),
        test=f"{TEST_AGAIN}::test_what_is_about_a_day_is_due_before_it_and_says_so",
        because="assert",
    ),
    Mutation(
        guard="a duty that is open again after it was met is back",
        file=f"{DESK}/due/duty_store.py",
        changes=((", met_at = NULL, met_by = NULL", ""),),
        test=f"{TEST_AGAIN}"
        "::test_a_duty_that_has_changed_is_due_as_it_is_now_and_one_open_again_after_it_was_met_is_back",
        because="assert",
    ),
    Mutation(
        guard="a duty that waits for an officer says so",
        file=f"{DESK}/due/due_store.py",
        changes=(('and row["reach"] == Reach.OFFICER', "and False"),),
        test=f"{TEST_AGAIN}::test_a_duty_that_waits_for_an_officer_is_on_the_desk_and_says_what_to_find_out",
        because="assert",
    ),
    Mutation(
        guard="a duty that journey holds for met is opened again by journey alone",
        file=f"{DESK}/due/contact_made_store.py",
        changes=(("AND met_by IS NULL AND NOT EXISTS", "AND NOT EXISTS"),),
        test=f"{TEST_TAKING_BACK}::test_a_duty_that_journey_held_for_met_is_due_again_when_journey_says_so",
        because="assert",
    ),
    Mutation(
        guard="a doubt that nobody clears is counted",
        file=f"{DESK}/due/neglect_store.py",
        changes=(("c.due_at < $1)", "c.due_at < $1 AND c.reason <> 'doubt')"),),
        test=f"{TESTS}/due/test_neglect.py::test_a_doubt_that_nobody_clears_is_overdue_counted_and_stays",
        because="assert",
    ),
    Mutation(
        guard="what is held is not asked to be decided while it is held",
        file=f"{DESK}/questions/page.py",
        changes=(("question.due_at or question.received_at", "question.received_at"),),
        test=f"{TESTS}/questions/test_questions.py::test_each_says_what_it_is_why_it_waits_and_until_when",
        because="assert",
    ),
    Mutation(
        guard="no line says that all ended where a part did",
        file=f"{DESK}/due/wording.py",
        changes=(("The prosecutors stopped the case, or part of it", "The prosecutors stopped the case"),),
        test="tests/unit/witness_care/due/test_page.py"
        "::test_no_line_says_that_all_ended_where_the_fact_may_be_about_a_part",
        because="assert",
    ),
)
