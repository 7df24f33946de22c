"""Guards of what is told to whom: deciding, handing over, what opens a duty, who may read."""

from mutations.mutation import Mutation

NOTIFICATIONS = "services/notifications/src/notifications"
DECIDING = f"{NOTIFICATIONS}/deciding/rules.py"
HANDING_OVER = f"{NOTIFICATIONS}/delivery/handing_over.py"
COURIER = f"{NOTIFICATIONS}/delivery/courier.py"
MESSAGES = f"{NOTIFICATIONS}/messages/store.py"
REPORTS = f"{NOTIFICATIONS}/reports/store.py"
TEST_CHOOSING = "tests/integration/journey/timeline/test_choosing.py"
TEST_LIVE = "tests/unit/journey/timeline/test_live.py"
TEST_MOMENT = (
    "tests/unit/journey/timeline/test_moment.py"
    "::test_a_journey_promises_nothing_that_is_past_in_whatever_order_it_was_learnt"
)
TEST_DECIDING = "tests/unit/notifications/deciding/test_deciding.py"
TEST_TELLING = "tests/unit/notifications/hearing/test_telling.py"
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
        guard="a warning is the first thing that an officer reads",
        file="services/witness-care/src/witness_care/due/templates/reach.html",
        changes=(('{% include "warnings.html" %}\n', ""),),
        test="tests/integration/witness_care/reach/test_warnings.py::test_it_stands_before_any_way_to_reach_her_on_the_desk_and_among_a_colleague_s",
        because="substring not found",
    ),
    Mutation(
        guard="what agencies' systems call things is for officers",
        file="services/journey/src/journey/timeline/entries.py",
        changes=(("words=replace(entry.words, for_officers=())", "words=entry.words"),),
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
        changes=(("in_part = kind == STOPPED and not stops_all(right_data(entry))", "in_part = False"),),
        test="tests/unit/journey/timeline/test_moment.py::test_a_stop_of_some_charges_ends_only_what_is_about_those",
        because="assert",
    ),
    Mutation(
        guard="what a later fact ended is not said to be ahead",
        file="services/journey/src/journey/timeline/moment.py",
        changes=(
            (
                "    return any(_ends(turn, mine, other)",
                "    return turn.by is None and any(_ends(turn, mine, other)",
            ),
        ),
        test=TEST_MOMENT,
        because="assert not",
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
        guard="the backfill flag: history opens no duty",
        file="services/journey/src/journey/duties/duty.py",
        changes=((" and not news.fact.backfill", ""),),
        test="tests/integration/journey/projection/test_projection.py::test_history_filled_in_carries_its_mark_and_opens_no_duty",
        because="assert",
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
            ("decision = await decide_about(ledger, record.news, now=now)", "decision = TellNow(ChannelKind.EMAIL)"),
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
        guard="decision reconciliation",
        file=REPORTS,
        changes=(("WHERE d.news_id IS NULL", "WHERE d.news_id IS NULL AND false"),),
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
    Mutation(
        guard="another victim's journey is nobody else's",
        file="services/journey/src/journey/access/access.py",
        changes=(("        if principal.roles.isdisjoint(STAFF):\n            raise UnknownVictim\n", ""),),
        test="tests/integration/journey/timeline/test_json.py::test_another_victims_id_answers_like_an_unknown_one[/timeline]",
        because="assert",
    ),
    Mutation(
        guard="news of a wrong link is withdrawn",
        file="services/journey/src/journey/facts/news.py",
        changes=(("if reaches.get(key) not in (news.reach, Reach.VICTIM)", "if reaches.get(key) is news"),),
        test="tests/integration/journey/duties/test_owed.py::test_a_revoked_link_withdraws_the_news_of_that_victim_alone",
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
                "        shown = material.shown_to(reader, victim_id=victim_id)\n        return",
                "        shown = material.shown_to(Audience.OFFICER, victim_id=victim_id)\n        return",
            ),
        ),
        test="tests/integration/journey/timeline/test_something_new.py::test_what_an_officer_tells_first_rings_once_it_was_told",
        because="assert",
    ),
    Mutation(
        guard="takes over only from whom the officer saw",
        file="services/witness-care/src/witness_care/care/care.py",
        changes=(("if self.contact_officer not in {giver, person.officer}:", "if False:"),),
        test="tests/integration/witness_care/handover/test_handover.py"
        "::test_a_colleagues_victims_are_taken_over_at_once_but_for_those_whom_another_took",
        because="assert",
    ),
)
