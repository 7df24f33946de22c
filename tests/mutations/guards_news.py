"""Guards of what is said of news: that it stands no more, is another's, is of a day; and of what contacts tell."""

from mutations.mutation import Mutation

NOTIFICATIONS = "services/notifications/src/notifications"
DECIDING = f"{NOTIFICATIONS}/deciding/rules.py"
REMINDERS = f"{NOTIFICATIONS}/deciding/reminders.py"
TELLING = f"{NOTIFICATIONS}/tellings/telling.py"
TESTS = "tests/unit/notifications"
TEST_DOUBT = "tests/unit/notifications/deciding/test_doubt.py"
TEST_DECIDING = f"{TESTS}/deciding/test_deciding.py"
TEST_FREED = f"{TESTS}/deciding/test_channel_agreed_later.py"
TEST_AGAIN = f"{TESTS}/deciding/test_said_again.py"
TEST_WITHDRAWAL = f"{TESTS}/deciding/test_withdrawal.py"
TEST_DAY = f"{TESTS}/deciding/test_before_the_day.py"
TEST_REMINDERS = f"{TESTS}/deciding/test_reminders.py"
TEST_CONTACTS = f"{TESTS}/hearing/test_contacts.py"

NEWS = (
    Mutation(
        guard="a doubt that was cleared is looked at by nobody any more",
        file=f"{NOTIFICATIONS}/deciding/deciding.py",
        changes=(("    elif by_message and record.waits_for_a_look:", "    elif False:"),),
        test=f"{TEST_DOUBT}::test_a_doubt_cleared_lets_a_message_tell_it_and_withdraws_the_contact",
        because="diff: 0 != 1",
    ),
    Mutation(
        guard="who only looks at a doubt has told nobody",
        file=f"{NOTIFICATIONS}/decisions/decision_record.py",
        changes=((" and decision.reason is not ContactReason.DOUBT", ""),),
        test=f"{TEST_DOUBT}::test_what_was_only_looked_at_and_stands_no_more_is_asked_of_nobody[retracted]",
        because="assert",
    ),
    Mutation(
        guard="a doubt about what is not hers is put right by nobody",
        file=f"{NOTIFICATIONS}/deciding/hearing_news.py",
        changes=(("may_know = not looked_at and await", "may_know = await"),),
        test=f"{TEST_DOUBT}::test_what_was_only_looked_at_and_stands_no_more_is_asked_of_nobody[not hers]",
        because="not-theirs",
    ),
    Mutation(
        guard="whoever is asked to tell may have told it",
        file=f"{NOTIFICATIONS}/officer_contacts/asking.py",
        changes=(("        await _may_be_told_from_now(ledger, fresh, now=now)\n", "        pass\n"),),
        test=f"{TEST_DOUBT}::test_who_was_asked_to_tell_it_before_the_doubt_came_is_asked_to_put_it_right",
        because="assert",
    ),
    Mutation(
        guard="what was put right is told as it is now",
        file=DECIDING,
        changes=(("return WhyNot.CORRECTED if replaced and not news.backfill else None", "return None"),),
        test=f"{TEST_FREED}::test_what_was_amended_meanwhile_is_told_as_it_is_now",
        because="assert",
    ),
    Mutation(
        guard="what another fact has replaced does not leave",
        file=DECIDING,
        changes=(("    if not news.standing:\n        return WhyNot.SUPERSEDED\n", ""),),
        test=f"{TEST_AGAIN}::test_a_release_held_for_a_safe_hour_does_not_leave_once_another_fact_has_its_place",
        because="assert",
    ),
    Mutation(
        guard="a correction of what was replaced later is not told",
        file=DECIDING,
        changes=((" is Fate.REACHED and news.holds:", " is Fate.REACHED:"),),
        test=f"{TEST_DECIDING}::test_a_correction_of_what_something_later_replaced_is_not_told_though_she_was_told_the_original",
        because="assert TellNow",
    ),
    Mutation(
        guard="a correction is told as what it says",
        file=DECIDING,
        changes=(("if news.says_type is None or original", "if news or original"),),
        test=f"{TEST_DECIDING}::test_a_correction_of_what_tells_nobody_is_told_by_what_it_says",
        because="assert NotOwed",
    ),
    Mutation(
        guard="what is said last of news is remembered",
        file=f"{NOTIFICATIONS}/deciding/hearing_news.py",
        changes=(("    await ledger.decisions.note(news)\n    if known", "    if known"),),
        test=f"{TEST_AGAIN}::test_a_release_held_for_a_safe_hour_does_not_leave_once_another_fact_has_its_place",
        because="assert|Error",
    ),
    Mutation(
        guard="news is one victim's",
        file=f"{NOTIFICATIONS}/deciding/hearing_news.py",
        changes=(
            ("if known is not None and known.victim != said.victim:", "if known is not None and not said.victim:"),
        ),
        test=f"{TEST_AGAIN}::test_news_of_another_victim_under_the_same_id_is_refused_and_changes_nothing",
        because="DID NOT RAISE",
    ),
    Mutation(
        guard="what is replaced is an officer's no longer",
        file=f"{NOTIFICATIONS}/deciding/deciding.py",
        changes=(("    if anew.verdict in (Verdict.NOT_OWED, Verdict.WITHDRAWN):", "    if not anew.verdict:"),),
        test=f"{TEST_AGAIN}::test_an_officer_asked_about_it_only_is_told_that_they_need_not_tell_it",
        because="not enough values",
    ),
    Mutation(
        guard="what is on its way is not sent twice",
        file=f"{NOTIFICATIONS}/deciding/deciding.py",
        changes=((" and state is not MessageState.HANDED\n", "\n"),),
        test=f"{TEST_AGAIN}::test_a_message_on_its_way_to_the_provider_is_not_followed_by_a_second",
        because="assert",
    ),
    Mutation(
        guard="what becomes hers late is gathered from then",
        file=f"{NOTIFICATIONS}/decisions/news.py",
        changes=(
            ("known_at=said.known_at if said._hers and not self._hers else self.known_at", "known_at=self.known_at"),
        ),
        test=f"{TEST_AGAIN}::test_what_becomes_hers_late_is_gathered_from_then[doubt cleared]",
        because="assert",
    ),
    Mutation(
        guard="an officer who may have told what is not hers puts it right",
        file=f"{NOTIFICATIONS}/deciding/putting_right.py",
        changes=(
            (
                "perhaps or to_be_put_right(tellings, given_at=record.given_at)",
                "to_be_put_right(tellings, given_at=None)",
            ),
        ),
        test=f"{TEST_WITHDRAWAL}::test_an_officer_who_may_have_told_it_is_asked_to_put_it_right_instead",
        because="not enough values",
    ),
    Mutation(
        guard="who was told what is not hers hears so",
        file=TELLING,
        changes=(
            (
                "at for telling in tellings if telling.how is not How.PUT_RIGHT]",
                "at for telling in tellings if not telling]",
            ),
        ),
        test=f"{TEST_WITHDRAWAL}::test_who_was_told_somebody_elses_news_hears_so_from_an_officer[seen]",
        because="assert",
    ),
    Mutation(
        guard="an officer may have told before recording so",
        file=f"{NOTIFICATIONS}/decisions/decision_record.py",
        changes=((" or self.message_id or self.given_at)", " or self.message_id)"),),
        test=f"{TEST_AGAIN}::test_what_an_officer_may_have_told_is_put_right_though_it_was_replaced_first",
        because="assert",
    ),
    Mutation(
        guard="news about a day is told before it",
        file=f"{NOTIFICATIONS}/deciding/safe_moments.py",
        changes=((" or _leaves(gathered, now) + NOTICE <= news.about_at:", " or terms:"),),
        test=f"{TEST_DAY}::test_a_hearing_tomorrow_is_told_today_though_news_is_gathered",
        because="assert HoldUntil",
    ),
    Mutation(
        guard="what no safe hour before the day can tell is an officer's",
        file=f"{NOTIFICATIONS}/deciding/safe_moments.py",
        changes=(("return soonest if _leaves(soonest, now) < news.about_at else", "return soonest if terms else"),),
        test=f"{TEST_DAY}::test_where_no_safe_hour_lies_before_the_day_an_officer_tells_it",
        because="assert HoldUntil",
    ),
    Mutation(
        guard="once the day has come it is told all the same",
        file=f"{NOTIFICATIONS}/deciding/safe_moments.py",
        changes=((" or news.about_at <= now or", " or"),),
        test=f"{TEST_DAY}::test_once_the_day_has_come_it_is_told_as_any_other_news",
        because="assert GiveToOfficer",
    ),
    Mutation(
        guard="a contact about a day is due before it",
        file=f"{NOTIFICATIONS}/officer_contacts/asking.py",
        changes=(("days = () if to_put_right else", "days = () if fresh else"),),
        test=f"{TEST_DAY}::test_the_officer_is_asked_at_once_and_due_before_the_day",
        because="assert",
    ),
    Mutation(
        guard="a reminder waits for a message that leaves before the deadline",
        file=REMINDERS,
        changes=((" and now < latest and _leaves_before(duty.due_at, record):", " and latest is None:"),),
        test=f"{TEST_REMINDERS}::test_a_message_that_leaves_before_the_deadline_is_waited_for_as_long_as_an_officer_has_time_to_call",
        because="assert",
    ),
    Mutation(
        guard="a reminder waits for no message that leaves too late",
        file=REMINDERS,
        changes=((" and record.until < due_at", ""),),
        test=f"{TEST_REMINDERS}::test_a_message_that_would_leave_after_the_deadline_is_not_waited_for",
        because="assert",
    ),
    Mutation(
        guard="what is overdue or waits for an officer is asked at once",
        file=REMINDERS,
        changes=(("now if at_once else duty.reminder_at", "duty.reminder_at"),),
        test=f"{TEST_REMINDERS}::test_what_waits_for_an_officer_or_is_overdue_is_asked_at_once",
        because="assert",
    ),
    Mutation(
        guard="nobody is reminded to tell what is gone",
        file=REMINDERS,
        changes=((" and (record.gone or record.told_at", " and (record.told_at"),),
        test=f"{TEST_REMINDERS}::test_nobody_is_reminded_to_tell_what_is_gone_until_it_is_back",
        because="assert",
    ),
    Mutation(
        guard="what is back is reminded of again",
        file=f"{NOTIFICATIONS}/deciding/hearing_news.py",
        changes=(("        await remind_again(ledger, news.news_id)\n", "        return\n"),),
        test=f"{TEST_REMINDERS}::test_nobody_is_reminded_to_tell_what_is_gone_until_it_is_back",
        because="assert",
    ),
    Mutation(
        guard="a duty's change is one victim's",
        file=REMINDERS,
        changes=(("if known is None or known.victim == duty.victim:", "if duty.victim:"),),
        test=f"{TEST_REMINDERS}::test_another_victim_s_duty_stays_as_it_is",
        because="assert",
    ),
    Mutation(
        guard="a contact tells only what had happened",
        file=TELLING,
        changes=((" and telling.at >= news.occurred_at)", ")"),),
        test=f"{TEST_CONTACTS}::test_so_too_where_the_contact_is_heard_of_before_the_news",
        because="assert",
    ),
    Mutation(
        guard="a contact meets no duty of what had not happened",
        file=REMINDERS,
        changes=(("if news is None or news.occurred_at <= contact.made_at:", "if contact:"),),
        test=f"{TEST_CONTACTS}::test_a_contact_before_the_verdict_tells_no_verdict_and_meets_no_duty_of_it",
        because="assert",
    ),
    Mutation(
        guard="what a contact told is untold when it is taken back",
        file=f"{NOTIFICATIONS}/deciding/deciding.py",
        changes=(("record = record.untold() if record is not None else None", "record = record or None"),),
        test=f"{TEST_CONTACTS}::test_what_a_contact_told_is_untold_when_it_is_taken_back_and_leaves_by_a_message",
        because="assert",
    ),
    Mutation(
        guard="what only a contact met is owed again",
        file=f"{NOTIFICATIONS}/hearing/telling.py",
        changes=(("    await reopen_met_by(ledger, contact)\n", ""),),
        test=f"{TEST_CONTACTS}::test_a_duty_met_by_it_is_reminded_of_again",
        because="Error",
    ),
    Mutation(
        guard="a contact that was made may be asked for again",
        file=f"{NOTIFICATIONS}/hearing/telling.py",
        changes=(("        await ledger.contacts.forget(victim, news, to_put_right=False)\n", "        pass\n"),),
        test=f"{TEST_CONTACTS}::test_an_officer_is_asked_again_for_what_was_theirs_to_tell",
        because="assert",
    ),
    Mutation(
        guard="what is told though it was withdrawn is put right",
        file=f"{NOTIFICATIONS}/hearing/telling.py",
        changes=(("    await put_right(ledger, known, now=now)\n", ""),),
        test=f"{TEST_CONTACTS}::test_news_withdrawn_and_told_afterwards_is_put_right",
        because="assert",
    ),
    Mutation(
        guard="what was put right is put right once",
        file=TELLING,
        changes=(("any(righted is None or at > righted for", "any(at for"),),
        test=f"{TEST_CONTACTS}::test_what_was_put_right_is_not_asked_for_again",
        because="assert",
    ),
    Mutation(
        guard="what was put right and is hers after all is told anew",
        file=TELLING,
        changes=(("        if righted is None or telling.at > righted\n", ""),),
        test=f"{TEST_CONTACTS}::test_what_was_put_right_and_is_hers_after_all_is_told_anew",
        because="assert",
    ),
    Mutation(
        guard="what one is told as hangs on the others of its thread",
        file=f"{NOTIFICATIONS}/deciding/deciding.py",
        changes=(("in await ledger.decisions.thread(news.thread, victim=news.victim):", "in [news]:"),),
        test=f"{TEST_CONTACTS}::test_who_was_told_the_original_meanwhile_hears_of_its_correction_at_once",
        because="assert",
    ),
    Mutation(
        guard="no decision but the one function's",
        file=f"{NOTIFICATIONS}/deciding/deciding.py",
        changes=(("in await ledger.decisions.thread(news.thread, victim=news.victim):", "in [news]:"),),
        test=f"{TESTS}/hearing/test_one_function.py::test_what_is_decided_is_what_the_one_function_says",
        because="FAILED|assert",
    ),
    Mutation(
        guard="a contact follows the day it is about",
        file=f"{NOTIFICATIONS}/deciding/hearing_news.py",
        changes=(("        await _ask_by_another_time(ledger, news, now=now)\n", "        pass\n"),),
        test=f"{TEST_DAY}::test_an_officer_who_is_to_tell_of_a_day_that_comes_nearer_is_asked_by_then",
        because="not enough values",
    ),
)
