"""Guards of the heart: whose a fact is, what of it is news and stands, what is owed and what ends it."""

from typing import Final

from mutations.mutation import rule

FACTS: Final = "services/journey/src/journey/facts"
DUTIES: Final = "services/journey/src/journey/duties"
PROJECTION: Final = "services/journey/src/journey/projection"
CONCERN: Final = "tests/unit/journey/facts/test_concern.py"
NEWS: Final = "tests/unit/journey/facts/test_news.py"
OWED: Final = "tests/unit/journey/duties/test_owed.py"
DEADLINES: Final = "tests/unit/journey/duties/test_deadlines.py"
ANY_ORDER: Final = "tests/unit/journey/projection/test_any_order.py"


HEART = (
    rule(
        "an accused to whom nobody is linked is the officer's to find out about",
        f"{FACTS}/concern.py",
        ("return None if linked.named and _all_claimed(fact, claimed) else Reach.OFFICER", "return None"),
        f"{CONCERN}::test_an_accused_to_whom_nobody_is_linked_is_her_officers_to_find_out",
    ),
    rule(
        "another victim's offence of the same accused is not hers",
        f"{FACTS}/concern.py",
        ("return None if _all_claimed(fact, claimed) else Reach.OFFICER", "return Reach.OFFICER"),
        f"{CONCERN}::test_an_offence_of_her_accused_that_is_anothers_is_not_hers_and_one_that_nobody_has_is_her_officers",
    ),
    rule(
        "a merge makes no crime anybody else's",
        f"{FACTS}/whose.py",
        ("if hold is None or not _of_her_crimes(fact, hold, ties):", "if hold is None:"),
        f"{CONCERN}::test_a_merge_widens_what_is_looked_at_and_never_what_is_hers",
    ),
    rule(
        "a link to an accused alone ties to no crime",
        f"{FACTS}/ties.py",
        ("[link for link in links if not link.accused.named] or links", "links"),
        f"{CONCERN}::test_a_link_to_an_accused_alone_says_nothing_of_crimes",
    ),
    rule(
        "a doubtful fact reaches an officer alone",
        f"{FACTS}/whose.py",
        ("return Concern(Reach.OFFICER, *found)", "return Concern(reach, *found)"),
        f"{CONCERN}::test_a_doubtful_fact_reaches_her_officer_until_somebody_has_looked",
    ),
    rule(
        "a link that was revoked shows nothing",
        f"{FACTS}/ties.py",
        ("[link for link in links if link.stands]", "list(links)"),
        f"{CONCERN}::test_after_a_revoked_link_not_even_a_fact_about_her_is_hers",
    ),
    rule(
        "a merge that was undone joins nothing",
        f"{FACTS}/ties.py",
        ("[merge for merge in merges if merge.stands]", "list(merges)"),
        f"{CONCERN}::test_a_merge_that_is_undone_leaves_nothing_behind",
    ),
    rule(
        "what a correction says of somebody else is no news of hers",
        f"{FACTS}/news.py",
        ("    if concerns[-1] is None:\n        return Heard(chain, reaches, found)\n", ""),
        f"{NEWS}::test_a_verdict_corrected_to_another_accused_is_first_news_to_one_and_nothing_to_the_other",
    ),
    rule(
        "what was put right before she was linked was never her news",
        f"{FACTS}/news.py",
        (" or (after is not None and after.position <= concern.known_from)", ""),
        f"{NEWS}::test_what_was_put_right_or_taken_back_before_she_was_linked_was_never_her_news",
    ),
    rule(
        "what another took the place of does not stand",
        f"{FACTS}/news.py",
        ("structs.replace(heard.versions[-1], overtaken_at=at)", "heard.versions[-1]"),
        f"{NEWS}::test_where_he_is_now_is_one_state_and_what_it_replaces_is_no_news",
    ),
    rule(
        "what only an officer may know takes the place of nothing of hers",
        f"{FACTS}/news.py",
        ("later = after_hers if hers else after", "later = after"),
        f"{NEWS}::test_what_only_her_officer_may_know_takes_the_place_of_nothing_of_hers",
    ),
    rule(
        "where somebody is who was acquitted here is not hers",
        f"{FACTS}/news.py",
        ("if chain.last.accused.defendants & acquitted)", "if not acquitted)"),
        f"{NEWS}::test_where_somebody_is_who_was_acquitted_here_is_not_hers",
    ),
    rule(
        "a retraction is the end of what it takes back",
        f"{FACTS}/chain.py",
        ("if fact.retracts), None)", "if False), None)"),
        f"{NEWS}::test_a_correction_of_what_was_taken_back_brings_nothing_back",
    ),
    rule(
        "a contact before it happened told nothing",
        "services/journey/src/journey/tellings/telling.py",
        (" if one.made_at >= occurred_at]", "]"),
        f"{OWED}::test_a_contact_tells_what_it_names_and_had_happened_and_nothing_else",
    ),
    rule(
        "a conversation meets no duty to refer",
        f"{DUTIES}/duty.py",
        ("return not self.duty.met_by and", "return"),
        f"{OWED}::test_a_conversation_refers_nobody",
    ),
    rule(
        "a doubtful referral meets nothing",
        f"{DUTIES}/meeting.py",
        ("return version.holds and version.concern.reach is Reach.VICTIM", "return version.holds"),
        f"{OWED}::test_only_her_own_no_ends_the_duty_to_refer_and_a_doubtful_referral_meets_nothing",
    ),
    rule(
        "a referral that was taken back meets nothing",
        f"{DUTIES}/meeting.py",
        ("return version.holds and version.concern.reach", "return version.concern.reach"),
        f"{OWED}::test_a_referral_counts_whichever_comes_first_and_not_once_it_is_taken_back[True]",
    ),
    rule(
        "a referral is of the crimes that it names",
        f"{DUTIES}/meeting.py",
        ("return not crimes.isdisjoint(crimes_of(version, ties))", "return True"),
        f"{OWED}::test_a_referral_meets_the_duty_to_refer_of_the_crimes_it_names",
    ),
    rule(
        "all of a sharing is told before its duty is met",
        f"{DUTIES}/meeting.py",
        ("if len(known) == len(told) else None", "if known else None"),
        f"{OWED}::test_what_a_court_said_of_an_accused_at_one_time_is_one_duty_met_when_all_of_it_was_told",
    ),
    rule(
        "each accused is owed of",
        f"{DUTIES}/subjects.py",
        ('return f"accused/{min(version.fact.accused.defendants)}"', 'return f"case/{matter}"'),
        f"{OWED}::test_each_accused_who_is_charged_is_owed_of_by_whomever_it_is_said_first",
    ),
    rule(
        "part of a case that stopped is not all of it",
        f"{DUTIES}/owed.py",
        ('lambda version: version.fact.said.scope != "some"', "lambda _: True"),
        f"{OWED}::test_part_of_a_case_that_stopped_is_owed_as_part",
    ),
    rule(
        "history that was filled in owes nothing",
        f"{DUTIES}/owed.py",
        ("    if version.fact.backfill:\n        return []\n", ""),
        f"{OWED}::test_history_filled_in_owes_nothing",
    ),
    rule(
        "what was told in time stays so",
        f"{DUTIES}/owed.py",
        ("told.at < found:\n", "told.at > found:\n"),
        f"{OWED}::test_what_was_told_in_time_stays_so_when_enhanced_rights_are_found_later",
    ),
    rule(
        "a correction without categories takes them back",
        f"{FACTS}/enhanced.py",
        ("            since = None\n", "            continue\n"),
        f"{OWED}::test_enhanced_rights_count_whenever_they_are_found_and_while_nobody_takes_them_back",
    ),
    rule(
        "a hearing is told of before it begins",
        f"{DUTIES}/deadline.py",
        ("        due_at = trigger.about_at\n", ""),
        f"{DEADLINES}::test_a_hearing_tomorrow_morning_is_told_of_before_it_begins",
    ),
    rule(
        "a sentence is due at the earlier of two sources",
        "contracts/src/contracts/duty.py",
        ("return (first,) if self.or_by is None else (first, self.or_by)", "return (first,)"),
        f"{DEADLINES}::test_a_sentence_is_due_at_the_earlier_of_two_sources",
    ),
    rule(
        "everybody of a matter is looked at again when anything of it comes",
        f"{PROJECTION}/intake_facts.py",
        ("        victims |= await self.ties.victims_of(connection, cases)\n", ""),
        f"{ANY_ORDER}::test_what_is_kept_is_what_the_whole_record_says[0]",
    ),
    rule(
        "what takes the place of something is looked at though nobody is told it",
        f"{PROJECTION}/intake_facts.py",
        ("            or fact.thread is not None\n", ""),
        f"{ANY_ORDER}::test_what_is_kept_is_what_the_whole_record_says[0]",
    ),
    rule(
        "what a contact told is looked at again once it is taken back",
        f"{PROJECTION}/reported_back.py",
        ("isinstance(self.meaning, (Contact, ContactTakenBack))", "isinstance(self.meaning, Contact)"),
        "tests/integration/journey/duties/test_owed.py::test_what_a_contact_told_is_owed_again_once_it_is_taken_back",
    ),
    rule(
        "what was said and is not hers is withdrawn",
        f"{FACTS}/changes.py",
        ("for key, one in before.items() if key not in current]", "for key, one in before.items() if key in current]"),
        "tests/integration/journey/duties/test_owed.py::test_a_revoked_link_withdraws_the_news_of_that_victim_alone",
    ),
)
