"""Guards of what is told to whom: deciding, handing over, agreeing."""

from mutations.mutation import Mutation

NOTIFICATIONS = "services/notifications/src/notifications"
DECIDING = f"{NOTIFICATIONS}/deciding/rules.py"
HANDING_OVER = f"{NOTIFICATIONS}/delivery/handing_over.py"
COURIER = f"{NOTIFICATIONS}/delivery/courier.py"
MESSAGES = f"{NOTIFICATIONS}/messages/store.py"
REPORTS = f"{NOTIFICATIONS}/reports/store.py"
TEST_DECIDING = "tests/unit/notifications/deciding/test_deciding.py"
TEST_DAY = "tests/unit/notifications/deciding/test_before_the_day.py"
TEST_TELLING = "tests/unit/notifications/hearing/test_telling.py"
TEST_FREED = "tests/unit/notifications/deciding/test_channel_agreed_later.py"
TEST_RECOVERY = "tests/unit/notifications/delivery/test_recovery.py"
TEST_SERVICE = "tests/integration/notifications/ledger/test_service.py"

TELLING = (
    Mutation(
        guard="unknown = unsafe",
        file=f"{NOTIFICATIONS}/promise/channels.py",
        changes=(("self.safety is Safety.SAFE and", "self.safety is not Safety.NOT_SAFE and"),),
        test=f"{TEST_DECIDING}::test_a_channel_that_is_not_known_to_be_safe_is_never_used",
        because="assert TellNow",
    ),
    Mutation(
        guard="a warning questions what was agreed",
        file=f"{NOTIFICATIONS}/hearing/consumer.py",
        changes=(("    await question_promise(ledger, victim)\n", ""),),
        test=f"{TEST_SERVICE}::test_after_a_warning_nothing_leaves_until_a_promise_is_agreed_anew",
        because="assert",
    ),
    Mutation(
        guard="an e-mail goes to the agreed text or not at all",
        file=f"{NOTIFICATIONS}/delivery/providers/smtp.py",
        changes=((" or _address_of(outgoing.address) != outgoing.address", ""),),
        test="tests/integration/notifications/delivery/test_providers.py::test_smtp_sends_to_the_agreed_text_or_not_at_all[a:b@example.org]",
        because="Refused",
    ),
    Mutation(
        guard="an address is what the reader of addresses took it for",
        file=f"{NOTIFICATIONS}/promise/addresses.py",
        changes=(("    if _DIALLED.fullmatch(text) is None:\n        return None\n", ""),),
        test="tests/unit/notifications/promise/test_addresses.py::test_what_cannot_be_an_address_is_refused_and_not_repeated",
        because="DID NOT RAISE",
    ),
    Mutation(
        guard="an address is read as itself",
        file=f"{NOTIFICATIONS}/promise/addresses.py",
        changes=((" or _read(kind, found) != found", ""),),
        test="tests/unit/notifications/promise/test_addresses.py::test_what_cannot_be_an_address_is_refused_and_not_repeated[phone-00000000000]",
        because="DID NOT RAISE",
    ),
    Mutation(
        guard="no window = no safe hour",
        file=f"{NOTIFICATIONS}/promise/windows.py",
        changes=(("return any(window.holds(local)", "return not self.windows or any(window.holds(local)"),),
        test="tests/unit/notifications/promise/test_windows.py::test_no_window_means_no_safe_time",
        because="assert",
    ),
    Mutation(
        guard="the backfill flag: history tells nobody",
        file=DECIDING,
        changes=(("    if news.backfill:\n        return WhyNot.BACKFILL\n", ""),),
        test=f"{TEST_DECIDING}::test_a_backfill_tells_nobody",
        because="assert TellNow",
    ),
    Mutation(
        guard="what is doubtful goes to an officer",
        file=DECIDING,
        changes=(
            (
                "    if news.reach is Reach.OFFICER:\n        return GiveToOfficer(ContactReason.DOUBT)\n    if _tell",
                "    if _tell",
            ),
        ),
        test=f"{TEST_DECIDING}::test_a_fact_about_somebody_unlinked_or_in_doubt_goes_to_the_officer",
        because="assert",
    ),
    Mutation(
        guard="a release waits for no digest",
        file=DECIDING,
        changes=((" or terms.at_once or urgent:", " or terms.at_once:"),),
        test=f"{TEST_DAY}::test_a_release_waits_for_no_digest_and_leaves_in_the_next_safe_hour",
        because="assert HoldUntil",
    ),
    Mutation(
        guard="what amends an unsent release waits for no digest",
        file=DECIDING,
        changes=((" or (original is not None and original.urgent)", ""),),
        test=f"{TEST_DAY}::test_what_corrects_an_unsent_release_or_says_now_that_it_is_one_waits_for_none_either",
        because="assert HoldUntil",
    ),
    Mutation(
        guard="hard news goes to an officer first",
        file=DECIDING,
        changes=(("    if _tell(news, original) is Tell.OFFICER_FIRST:", "    if news is original:"),),
        test=f"{TEST_DECIDING}::test_hard_news_goes_to_an_officer_first",
        because="assert TellNow",
    ),
    Mutation(
        guard="the fire-time re-check: when an alarm rings",
        file=f"{NOTIFICATIONS}/delivery/claiming.py",
        changes=(
            (
                "decision = await decide_about(ledger, record.news, left=record.left, now=now)",
                "decision = TellNow(ChannelKind.EMAIL)",
            ),
        ),
        test=f"{TEST_TELLING}::test_an_alarm_that_rings_late_claims_nothing_outside_safe_hours",
        because="assert",
    ),
    Mutation(
        guard="the fire-time re-check: safe time",
        file=HANDING_OVER,
        changes=(("allowed = await still_allowed(ledger, message)", "allowed: Message | None = message"),),
        test=f"{TEST_TELLING}::test_what_changed_between_claim_and_hand_over_stops_the_message[closed]",
        because="assert",
    ),
    Mutation(
        guard="the fire-time re-check: safe channel",
        file=HANDING_OVER,
        changes=(
            ("allowed = await still_allowed(ledger, message)", "allowed: Message | None = message"),
            ("promise is not None and promise.version != version", "promise is not None and version is None"),
        ),
        test=f"{TEST_TELLING}::test_what_changed_between_claim_and_hand_over_stops_the_message[unsafe]",
        because="assert",
    ),
    Mutation(
        guard="the fire-time re-check: the same channel",
        file=f"{NOTIFICATIONS}/delivery/rechecking.py",
        changes=(
            ("isinstance(decision, TellNow) and decision.channel is message.channel", "isinstance(decision, TellNow)"),
        ),
        test="tests/unit/notifications/delivery/test_rechecking.py::test_another_channel_agreed_between_claim_and_hand_over_stops_the_message",
        because="assert",
    ),
    Mutation(
        guard="an address of an older promise is not used",
        file=HANDING_OVER,
        changes=(("promise is not None and promise.version != version", "promise is not None and version is None"),),
        test="tests/unit/notifications/delivery/test_rechecking.py::test_an_address_changed_while_it_was_opened_is_not_used",
        because="assert",
    ),
    Mutation(
        guard="recovery by reference",
        file=COURIER,
        changes=(("await self._providers[message.channel].find(message.reference)", "Absent()"),),
        test=f"{TEST_RECOVERY}::test_a_crash_between_hand_over_and_record_sends_nothing_twice",
        because="assert",
    ),
    Mutation(
        guard="recovery by reference, over a restart",
        file=COURIER,
        changes=(("await self._providers[message.channel].find(message.reference)", "Absent()"),),
        test=f"{TEST_SERVICE}::test_killed_between_hand_over_and_record_another_process_sends_nothing_twice",
        because="assert|did not happen",
    ),
    Mutation(
        guard="a message is leased to one courier",
        file=MESSAGES,
        changes=(
            ("(due AND lease_until IS NULL) OR lease_until < clock_timestamp()", "lease_until IS NULL OR due OR true"),
        ),
        test="tests/conformance/notifications/ledger/test_ledger.py::test_a_new_message_is_due_and_leased_to_one_courier_at_a_time",
        because="assert",
    ),
    Mutation(
        guard="a lost lease ends the errand",
        file=MESSAGES,
        changes=(("WHERE message_id = $1 AND lease_token = $2 FOR", "WHERE message_id = $1 AND $2::text > '' FOR"),),
        test="tests/conformance/notifications/ledger/test_ledger.py::test_a_new_message_is_due_and_leased_to_one_courier_at_a_time",
        because="assert",
    ),
    Mutation(
        guard="a channel agreed later frees what waited for one",
        file=f"{NOTIFICATIONS}/decisions/decision_record.py",
        changes=(("return self.owed and self.why in _NO_MESSAGE", "return False"),),
        test=f"{TEST_FREED}::test_what_waited_for_a_channel_is_told_by_it_and_the_contact_withdrawn",
        because="assert",
    ),
    Mutation(
        guard="a channel agreed later takes no contact back whose reminder rang",
        file=f"{NOTIFICATIONS}/officer_contacts/asking.py",
        changes=(("    if not any(duty.reminder_at <= now", "    if not any(duty.due_at < now"),),
        test=f"{TEST_FREED}::test_after_a_duty_s_reminder_the_contact_stands_beside_the_message",
        because="assert",
    ),
    Mutation(
        guard="decision reconciliation",
        file=REPORTS,
        changes=(("FROM page WHERE NOT is_decided ORDER", "FROM page WHERE false ORDER"),),
        test=f"{TEST_SERVICE}::test_every_item_that_arrived_has_a_decision_and_a_missing_one_is_found",
        because="assert",
    ),
    Mutation(
        guard="an officer agrees a promise with a victim whom we know",
        file=f"{NOTIFICATIONS}/access/http_access.py",
        changes=(("if not await ledger.victims.knows(victim):", "if not victim:"),),
        test="tests/integration/notifications/agreeing/test_http.py::test_an_id_that_no_event_has_named_is_not_found_by_an_officer",
        because="assert",
    ),
    Mutation(
        guard="another victim's promise is nobody else's",
        file=f"{NOTIFICATIONS}/access/http_access.py",
        changes=(("if await ledger.grants.holds(principal.subject, victim):", "if principal.subject:"),),
        test="tests/integration/notifications/agreeing/test_http.py::test_anothers_promise_answers_like_one_that_does_not_exist",
        because="assert",
    ),
)
