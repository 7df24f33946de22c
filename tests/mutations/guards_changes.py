"""Guards of what changes under running processes: tables, keys, roles."""

from mutations.mutation import Mutation

STEPS = "services/chassis/src/chassis/steps.py"
STEPS_TEST = "tests/integration/chassis/test_steps.py"
MIGRATIONS = "services/chassis/src/chassis/migrations.py"
MIGRATIONS_TEST = "tests/integration/chassis/test_migrations.py"
REWRAPPING = "services/chassis/src/chassis/vault/rewrapping.py"
REWRAPPING_TEST = "tests/integration/chassis/vault/test_rewrapping.py"
LOG_TEST = "tests/conformance/chassis/log/test_log.py"
BEARER = "services/chassis/src/chassis/security/bearer.py"
KEYS_TEST = "tests/unit/chassis/security/test_issuer_keys.py"
BEARER_TEST = "tests/unit/chassis/security/test_bearer.py"

CHANGES = (
    Mutation(
        guard="a step whose file changed is refused",
        file=STEPS,
        changes=(("if ran.get(step.name, step.hash) != step.hash:", "if False:"),),
        test=f"{STEPS_TEST}::test_a_step_whose_file_changed_is_refused_by_its_name_and_nothing_else_runs",
        because="DID NOT RAISE",
    ),
    Mutation(
        guard="a step waits for the release before to go",
        file=STEPS,
        changes=(("if step.is_after and not with_after:", "if False:"),),
        test=f"{STEPS_TEST}::test_what_the_release_before_needs_goes_only_after_the_deploy",
        because="UndefinedColumnError",
    ),
    Mutation(
        guard="a step gives a table in use up",
        file=STEPS,
        changes=(("await self._wait_for_locks(self.patience.lock)\n", "pass\n"),),
        test=f"{STEPS_TEST}::test_nobody_queues_for_long_behind_a_step_that_waits",
        because="TimeoutError",
    ),
    Mutation(
        guard="a step outside a transaction is sent statement by statement",
        file=STEPS,
        changes=(("[one for one in _END_OF_STATEMENT.split(self.text) if one.strip()]", "[self.text]"),),
        test=f"{STEPS_TEST}::test_an_index_is_made_beside_an_open_change_of_its_table",
        because="did not happen: the index is begun",
    ),
    Mutation(
        guard="each revision is a transaction",
        file=MIGRATIONS,
        changes=(("transaction_per_migration=True", "transaction_per_migration=False"),),
        test=f"{MIGRATIONS_TEST}::test_a_revision_is_a_transaction_and_gives_a_table_in_use_up",
        because="assert '0001' == '0002'",
    ),
    Mutation(
        guard="a change of the wrapping key overwrites no tombstone",
        file=REWRAPPING,
        changes=((" LIMIT $3 FOR UPDATE", " LIMIT $3"),),
        test=f"{REWRAPPING_TEST}::test_an_erasure_that_comes_in_between_stays",
        because="tombstone stays",
    ),
    Mutation(
        guard="what an older wrapping key made in the meantime is named",
        file=REWRAPPING,
        changes=(("if left := await keys_left(connection, keks):", "if False:"),),
        test=f"{REWRAPPING_TEST}::test_a_process_that_still_makes_old_ones_is_found_out",
        because="DID NOT RAISE",
    ),
    Mutation(
        guard="each unwrap of a change of keys is recorded",
        file=REWRAPPING,
        changes=(("            await connection.execute(_RECORD, subjects)\n", ""),),
        test=f"{REWRAPPING_TEST}::test_each_key_is_wrapped_anew_and_opens_what_it_sealed",
        because="assert None == 100",
    ),
    Mutation(
        guard="a retry is recognised under an older digest key",
        file="services/chassis/src/chassis/log/admission.py",
        changes=((" or digest in event.older_digests", ""),),
        test=f"{LOG_TEST}::test_an_event_digested_under_an_older_key_is_the_same_and_under_another_is_not",
        because="refused",
    ),
    Mutation(
        guard="a data key says which key wraps it",
        file="services/chassis/src/chassis/vault/keys.py",
        changes=(('bytes([len(name)]) + name if name else b""', 'b""'),),
        test=f"{REWRAPPING_TEST}::test_each_key_is_wrapped_anew_and_opens_what_it_sealed",
        because="KeysLeft",
    ),
    Mutation(
        guard="what is decided about a victim has business time",
        file="services/witness-care/src/witness_care/care/care.py",
        changes=(
            (
                "self.trigger_event(self.AccessGranted, subject=subject, timestamp=now)",
                "self._add_subject(subject=subject)",
            ),
        ),
        test="tests/unit/witness_care/care/test_care.py::test_what_is_decided_has_the_time_of_the_decision",
        because="assert",
    ),
    Mutation(
        guard="an access token lasts for twenty minutes at most",
        file=BEARER,
        changes=(("            check_life(decoded.claims, longest=LONGEST_LIFE, now=self._clock.now())\n", ""),),
        test=f"{BEARER_TEST}::test_a_wrong_token_is_refused",
        because="DID NOT RAISE",
    ),
    Mutation(
        guard="an ID token is no access token",
        file=BEARER,
        changes=(('{"at+jwt", "application/at+jwt"}', '{"at+jwt", "application/at+jwt", "jwt"}'),),
        test=f"{BEARER_TEST}::test_a_wrong_token_is_refused",
        because="DID NOT RAISE",
    ),
    Mutation(
        guard="the issuer's keys are asked for beside requests",
        file="services/chassis/src/chassis/security/issuer.py",
        changes=(("else _SERVES_FOR)", "else _FRESH_FOR)"),),
        test=f"{KEYS_TEST}::test_keys_that_are_not_fresh_any_more_are_asked_for_beside_requests",
        because="TimeoutError",
    ),
    Mutation(
        guard="keys serve for a bounded time after they were fresh",
        file="services/chassis/src/chassis/security/issuer.py",
        changes=(("_SERVES_FOR = timedelta(minutes=20)", "_SERVES_FOR = timedelta(days=20)"),),
        test=f"{KEYS_TEST}::test_keys_that_are_old_are_asked_for_before_they_are_used",
        because="DID NOT RAISE",
    ),
    Mutation(
        guard="a sign-in with other roles ends the sessions of before",
        file="services/chassis/src/chassis/security/sessions.py",
        changes=(("lambda held: held.subject != subject or held.roles == principal.roles", "lambda _: True"),),
        test="tests/conformance/chassis/security/test_sessions.py"
        "::test_a_sign_in_with_other_roles_ends_the_sessions_with_the_roles_of_before",
        because="assert",
    ),
    Mutation(
        guard="who is refused what was granted before is signed out",
        file="services/chassis/src/chassis/security/delegation.py",
        changes=(("await self._sessions.end_all_of(person.subject)", "pass"),),
        test="tests/unit/chassis/security/test_delegation.py"
        "::test_who_is_refused_what_was_granted_before_is_signed_out_everywhere",
        because="assert",
    ),
)
