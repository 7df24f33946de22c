"""Guards of the longest silence: none passes without a message, an officer asked, or a breach on record."""

from mutations.mutation import Mutation

NOTIFICATIONS = "services/notifications/src/notifications"
SILENCE = f"{NOTIFICATIONS}/keeping_in_touch/silence.py"
PROMISED = f"{NOTIFICATIONS}/keeping_in_touch/promised_silence.py"
TEST_SILENCE = "tests/unit/notifications/hearing/test_silence.py"
TEST_BREACH = "tests/unit/notifications/hearing/test_silence_broken.py"

SILENCES = (
    Mutation(
        guard="in no random life is a broken silence off the record",
        file=SILENCE,
        changes=(("        ledger.record(SilenceBroken(victim, breach, now))\n", "        pass\n"),),
        test="tests/unit/notifications/hearing/test_silence_kept.py::test_no_promised_interval_passes_in_silence",
        because="no breach is on record",
    ),
    Mutation(
        guard="an untold item does not end the promised silence",
        file=SILENCE,
        changes=(
            ("    await ask_to_end_silence(ledger, victim, reason=ContactReason.SILENCE, news=(), now=now)\n", ""),
        ),
        test=f"{TEST_SILENCE}::test_with_an_officers_news_untold_an_officer_is_asked_at_each_interval",
        because="assert",
    ),
    Mutation(
        guard="a message restarts the promised silence",
        file=f"{NOTIFICATIONS}/delivery/outcomes.py",
        changes=(("    await hear_from_us(ledger, sent.victim, at=now)\n", ""),),
        test=f"{TEST_SILENCE}::test_a_message_restarts_the_interval",
        because="assert",
    ),
    Mutation(
        guard="a silence that an officer asked did not end is a breach",
        file=PROMISED,
        changes=(
            ("if unanswered is not None and unanswered.due_by <= now:", "if unanswered is not None and not now:"),
        ),
        test=f"{TEST_BREACH}::test_where_the_officer_asked_made_no_contact_the_promise_is_broken_once_for_each_interval",
        because="assert",
    ),
    Mutation(
        guard="a contact answers who was asked to end the silence",
        file=PROMISED,
        changes=((" or (told is not None and told >= self.asked.at):", ":"),),
        test=f"{TEST_BREACH}::test_a_contact_made_in_time_keeps_it",
        because="assert",
    ),
    Mutation(
        guard="a message answers who was asked to end the silence",
        file=PROMISED,
        changes=((", heard_at=max(at, self.heard_at or at), asked=None)", ", heard_at=max(at, self.heard_at or at))"),),
        test=f"{TEST_BREACH}::test_a_message_that_left_meanwhile_keeps_it",
        because="assert",
    ),
    Mutation(
        guard="an officer who still may make contact is the one who was asked",
        file=PROMISED,
        changes=(("asked=self.asked if keeps else asked", "asked=asked"),),
        test=f"{TEST_BREACH}::test_an_officer_asked_over_a_weekend_has_until_monday",
        because="assert",
    ),
    Mutation(
        guard="a silence that ends late is a breach",
        file=PROMISED,
        changes=(("if ended_by + LATE < now else None", "if not now else None"),),
        test=f"{TEST_BREACH}::test_a_silence_that_we_ourselves_end_late_is_a_breach",
        because="assert",
    ),
    Mutation(
        guard="a contact taken back ended no silence",
        file=f"{NOTIFICATIONS}/hearing/telling.py",
        changes=(("    await reopen_met_by(ledger, contact)\n    await _restart(ledger, victim)\n", ""),),
        test=f"{TEST_BREACH}::test_a_contact_taken_back_ended_no_silence",
        because="assert",
    ),
)
