"""Guards of the timeline: what is announced in which order, what words are true still, and who may read them."""

from mutations.mutation import Mutation

TEST_CHOOSING = "tests/integration/journey/timeline/test_choosing.py"
TEST_LIVE = "tests/unit/journey/timeline/test_live.py"
TEST_MOMENT = (
    "tests/unit/journey/timeline/test_moment.py"
    "::test_a_journey_promises_nothing_that_is_past_in_whatever_order_it_was_learnt"
)

JOURNEY = (
    Mutation(
        guard="no further action against one of several is not the end of the investigation",
        file="services/journey/src/journey/wording/police.py",
        changes=(('"some": STOPPED_FOR_ONE', '"some": STOPPED_ALL'),),
        test="tests/unit/journey/wording/test_stopping.py::test_a_part_is_said_to_be_one"
        "[police.no-further-action-decided.v1-said0-one person]",
        because="assert 'one person' in",
    ),
    Mutation(
        guard="no page says that the court was asked when nobody asked",
        file="services/journey/src/journey/wording/listing.py",
        changes=(("Your contact person can ask the court why.", "We have asked the court why."),),
        test="tests/unit/journey/wording/test_wording.py"
        "::test_a_change_gives_the_courts_reason_or_says_whom_to_ask_since_nobody_has_asked[court.hearing-changed.v1]",
        because="assert 'The court gave no reason. Your contact",
    ),
    Mutation(
        guard="a correction has the place of what it puts right",
        file="services/journey/src/journey/facts/standing.py",
        changes=(("Place(first.occurred_at, first.position,", "Place(fact.occurred_at, first.position,"),),
        test="tests/unit/journey/facts/test_order.py"
        "::test_an_old_listing_that_is_corrected_after_the_trial_moved_does_not_come_back",
        because="assert '02' == '20'",
    ),
    Mutation(
        guard="a victim is announced as soon as any fact names them",
        file="services/journey/src/journey/projection/intake_facts.py",
        changes=(("heard=heard, warned=warned", "warned=warned"),),
        test="tests/integration/journey/projection/test_heard_of.py::test_whatever_names_a_victim_first_announces_them",
        because="not enough values to unpack",
    ),
    Mutation(
        guard="who was heard of in a transaction that failed is announced by the next",
        file="services/journey/src/journey/facts/heard_store.py",
        changes=(("set(unsure) - anew", "set(unsure)"),),
        test="tests/integration/journey/projection/test_heard_of.py::test_what_is_rolled_back_is_announced_by_the_next_try",
        because="assert set\\(\\) ==",
    ),
    Mutation(
        guard="a warning goes out before the news of its moment",
        file="services/journey/src/journey/projection/intake_facts.py",
        changes=(("heard=heard, warned=warned", "heard=heard"),),
        test="tests/integration/journey/projection/test_warnings.py::test_a_warning_is_announced_when_it_comes_is_put_right_and_is_taken_back",
        because="assert",
    ),
    Mutation(
        guard="what agencies' systems call things is for officers",
        file="services/journey/src/journey/timeline/entries.py",
        changes=(("else replace(words, for_officers=())", "else words"),),
        test="tests/unit/journey/timeline/test_officers_part.py::test_officers_read_it_and_the_victim_never_gets_it",
        because="assert 'code-of-theirs' not in",
    ),
    Mutation(
        guard="a page open over midnight learns that it is another day",
        file="services/journey/src/journey/timeline/live.py",
        changes=(("if day != before:", "if day is None:"),),
        test=f"{TEST_LIVE}::test_a_page_open_over_midnight_is_told_once_that_it_is_another_day[a beat]",
        because="assert",
    ),
    Mutation(
        guard="another service's answer ends nothing",
        file="services/journey/src/journey/wording/support.py",
        changes=(("in_thread=True", "in_thread=False"),),
        test="tests/unit/journey/timeline/test_moment.py::test_a_service_s_answer_ends_only_what_is_said_of_its_own_referral",
        because="will say whether it can help",
    ),
    Mutation(
        guard="silence takes no warning back",
        file="services/journey/src/journey/facts/warning.py",
        changes=(("and set(held.values()) != before:", "and naming.warning != before:"),),
        test="tests/unit/journey/facts/test_warning.py::test_what_is_said_anew_about_contact",
        because="assert",
    ),
    Mutation(
        guard="a day that is past is not said to be ahead",
        file="services/journey/src/journey/timeline/moment.py",
        changes=(("if turn.after is not None and turn.after < today:", "if turn.after is None and turn.by is None:"),),
        test=TEST_MOMENT,
        because="assert not",
    ),
    Mutation(
        guard="a stop of some charges ends nothing that is said of the rest",
        file="services/journey/src/journey/timeline/moment.py",
        changes=(("if _in_part(other) and not", "if False and not"),),
        test="tests/unit/journey/timeline/test_moment.py::test_a_stop_of_some_charges_ends_only_what_is_about_those",
        because="assert",
    ),
    Mutation(
        guard="what a later fact ended is not said to be ahead",
        file="services/journey/src/journey/timeline/moment.py",
        changes=(
            (
                "    return any(\n        _ends(mine, other)",
                "    return turn.by is None and any(\n        _ends(mine, other)",
            ),
        ),
        test=TEST_MOMENT,
        because="assert not",
    ),
    Mutation(
        guard="another victim's journey is nobody else's",
        file="services/journey/src/journey/access/access.py",
        changes=(("        if principal.roles.isdisjoint(STAFF):\n            raise UnknownVictim\n", ""),),
        test="tests/integration/journey/timeline/test_json.py::test_another_victims_id_answers_like_an_unknown_one[/timeline]",
        because="assert",
    ),
    Mutation(
        guard="another's timeline is not for the choosing",
        file="services/journey/src/journey/timeline/pages.py",
        changes=(
            ("        if victim_id not in await access.victims_of(person):\n            raise UnknownVictim\n", ""),
        ),
        test=f"{TEST_CHOOSING}::test_nobody_chooses_what_was_not_granted_and_it_answers_like_an_unknown_one",
        because="assert",
    ),
    Mutation(
        guard="a choice is checked against what is granted, each time",
        file="services/journey/src/journey/access/access.py",
        changes=(("chosen if chosen in victims else victims[0]", "chosen or victims[0]"),),
        test=f"{TEST_CHOOSING}::test_a_grant_that_ends_while_chosen_counts_at_once",
        because="assert",
    ),
    Mutation(
        guard="an open stream is for what its session looks at now",
        file="services/journey/src/journey/timeline/pages.py",
        changes=(("        if sight.now != self.victim_id:\n            raise StreamOver\n", ""),),
        test=f"{TEST_CHOOSING}::test_a_page_of_another_tab_rings_no_more_for_whom_it_shows",
        because="assert",
    ),
    Mutation(
        guard="no bell for what she cannot see",
        file="services/journey/src/journey/timeline/reading.py",
        changes=(
            (
                "        shown = material.shown_to(reader)\n        return",
                "        shown = material.shown_to(Audience.OFFICER)\n        return",
            ),
        ),
        test="tests/integration/journey/timeline/test_something_new.py::test_what_an_officer_tells_first_rings_once_it_was_told",
        because="assert",
    ),
)
