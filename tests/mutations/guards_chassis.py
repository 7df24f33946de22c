"""Guards of the log, the relay, the consumer, the leases and the vault."""

from mutations.mutation import Mutation

HEAD = "services/chassis/src/chassis/log/head.py"
ADMISSION = "services/chassis/src/chassis/log/admission.py"
OFFSETS = "services/chassis/src/chassis/consumer/offsets.py"
SEQUENCE = "services/chassis/src/chassis/consumer/sequence.py"
ISOLATION = "services/chassis/src/chassis/consumer/isolation.py"
LEASES = "services/chassis/src/chassis/leases.py"
ONCE = "tests/integration/chassis/consumer/test_exactly_once.py"
PARKING = "tests/integration/chassis/consumer/test_parking_order.py"
MANY = "tests/integration/chassis/consumer/test_parking_many.py"
RETRYING = "services/chassis/src/chassis/consumer/retrying.py"
LOG = "tests/conformance/chassis/log/test_log.py"
RUN_OF_TAKE = "tests/unit/chassis/consumer/test_sequence.py"

CHASSIS = (
    Mutation(
        guard="the transaction that all scripts of a revision share",
        file="services/chassis/src/chassis/migrations.py",
        changes=(('    bound.exec_driver_sql("SELECT")', '    # bound.exec_driver_sql("SELECT")'),),
        test="tests/integration/chassis/test_migrations.py::test_scripts_of_one_revision_are_all_run_or_none",
        because="assert",
    ),
    Mutation(
        guard="the log-head lock",
        file=HEAD,
        changes=((" WHERE epoch = $1 FOR UPDATE", " WHERE epoch = $1"),),
        test="tests/integration/chassis/log/test_race.py::test_positions_are_given_in_commit_order",
        because="duplicate key|did not happen|assert",
    ),
    Mutation(
        guard="the epoch predicate of the appender",
        file=HEAD,
        changes=((" WHERE epoch = $1 FOR UPDATE", " WHERE $1::bigint > 0 FOR UPDATE"),),
        test="tests/integration/chassis/log/test_postgres.py::test_an_epoch_taken_over_fences_transactions_and_doors",
        because="DID NOT RAISE .*Fenced",
    ),
    Mutation(
        guard="the epoch predicate of the relay's checkpoint",
        file="services/chassis/src/chassis/relay/checkpoint.py",
        changes=(("WHERE topic = $1 AND epoch = $2 RETURNING 1", "WHERE topic = $1 AND $2::bigint > 0 RETURNING 1"),),
        test="tests/integration/chassis/relay/test_kafka.py::test_a_checkpoint_taken_over_refuses_the_older_epoch",
        because="DID NOT RAISE .*Fenced",
    ),
    Mutation(
        guard="the epoch predicate of the consumer's offset",
        file=OFFSETS,
        changes=(("AND o.epoch = $3 AND o.pseq", "AND $3::bigint > 0 AND o.pseq"),),
        test=f"{ONCE}::test_a_zombie_moves_no_offset_and_leaves_no_effect",
        because="DID NOT RAISE .*Fenced",
    ),
    Mutation(
        guard="the epoch predicate of the parked events' retry",
        file=OFFSETS,
        changes=(("AND partition = $3 AND epoch = $4\n", "AND partition = $3 AND $4::bigint > 0\n"),),
        test=f"{ONCE}::test_a_zombie_does_not_empty_the_park",
        because="DID NOT RAISE .*Fenced",
    ),
    Mutation(
        guard="the offset predicate: moved only from where its holder believes it is",
        file=OFFSETS,
        changes=((" AND o.pseq = step.before AND o.pseq < step.pseq", ""),),
        test=f"{ONCE}::test_a_batch_that_was_committed_unnoticed_is_not_applied_again",
        because="DID NOT RAISE .*Fenced|assert",
    ),
    Mutation(
        guard="the duplicate check of the log",
        file=ADMISSION,
        changes=(("if stored is not None:", "if stored is None and name is None:"),),
        test=f"{LOG}::test_the_same_event_again_gives_the_first_receipt",
        because="duplicate|assert",
    ),
    Mutation(
        guard="the duplicate check within a batch",
        file=ADMISSION,
        changes=(("if earlier is not None:", "if earlier is not None and name is None:"),),
        test="tests/unit/chassis/log/test_admission.py::test_an_event_that_stands_twice_in_a_batch_is_numbered_once",
        because="duplicate|assert",
    ),
    Mutation(
        guard="the digest comparison: the same id with other content",
        file=ADMISSION,
        changes=(("if digest == event.digest or digest in event.older_digests:", "if event.digest:"),),
        test=f"{LOG}::test_the_same_id_with_other_content_is_refused_and_the_first_stays",
        because="not refused",
    ),
    Mutation(
        guard="the version check: of two deciders one is refused",
        file=ADMISSION,
        changes=(("if version != expected:", "if version > expected:"),),
        test=f"{LOG}::test_of_two_that_decided_on_the_same_version_one_is_refused",
        because="VersionConflict|duplicate key|assert",
    ),
    Mutation(
        guard="the log cannot be changed",
        file="services/chassis/src/chassis/sql/log.sql",
        changes=(("BEFORE UPDATE OR DELETE OR TRUNCATE ON log", "BEFORE TRUNCATE ON log"),),
        test="tests/integration/chassis/log/test_postgres.py::test_the_log_refuses_change",
        because="DID NOT RAISE",
    ),
    Mutation(
        guard="the chain: a changed record is named",
        file="services/chassis/src/chassis/log/verify.py",
        changes=(("if record.hash != hash_:", "if record.hash == previous:"),),
        test="tests/unit/chassis/log/test_chain.py::test_a_record_left_out_moved_or_changed_names_the_first_bad_position",
        because="DID NOT RAISE|assert",
    ),
    Mutation(
        guard="the consumer's duplicate check, by pseq",
        file=SEQUENCE,
        changes=(("if arrival.pseq == pseq + 1:", "if arrival.pseq <= pseq + 1:"),),
        test=f"{RUN_OF_TAKE}::test_repeats_are_dropped_and_kafka_goes_on_behind_them",
        because="OrderBroken|assert",
    ),
    Mutation(
        guard="the pseq check: a hole stops its partition",
        file=SEQUENCE,
        changes=(("if arrival.pseq > pseq + 1:", "if arrival.pseq > pseq + 1_000_000:"),),
        test=f"{RUN_OF_TAKE}::test_a_hole_ends_the_run_before_it",
        because="assert",
    ),
    Mutation(
        guard="the pseq check, with its refill",
        file="services/chassis/src/chassis/consumer/lanes.py",
        changes=(
            ("if run.beyond_hole is not None and lane.needs is None:", "if run.beyond_hole is None is lane.needs:"),
        ),
        test="tests/integration/chassis/consumer/test_holes.py::test_a_hole_is_refilled_from_the_owner_and_counted",
        because="no sign of|did not happen|assert",
    ),
    Mutation(
        guard="the tail check: what never reached Kafka is asked for",
        file="services/chassis/src/chassis/consumer/lanes.py",
        changes=(("self._refills.check(number, lane.mark)", "pass"),),
        test="tests/integration/chassis/consumer/test_holes.py::test_events_that_never_reached_kafka_are_found_by_asking_the_owner",
        because="no sign of",
    ),
    Mutation(
        guard="parking: the culprit is kept",
        file=ISOLATION,
        changes=(("            self._fail(events[0], error)\n", ""),),
        test=f"{PARKING}::test_the_culprits_key_is_parked_in_order_and_the_others_flow",
        because="assert",
    ),
    Mutation(
        guard="parking: those behind the culprit wait, in later batches",
        file=ISOLATION,
        changes=(("if self._waits(arrival, self.held):", "if self._waits(arrival, set()):"),),
        test=f"{PARKING}::test_the_culprits_key_is_parked_in_order_and_the_others_flow",
        because="assert",
    ),
    Mutation(
        guard="parking: those behind the culprit wait, in its own batch",
        file=ISOLATION,
        changes=(("[event for event in events[half:] if not self._waits(event, self._stopped)]", "events[half:]"),),
        test=f"{PARKING}::test_the_culprits_key_is_parked_in_order_and_the_others_flow",
        because="assert",
    ),
    Mutation(
        guard="parking over a restart",
        file="services/chassis/src/chassis/consumer/settlement.py",
        changes=(
            (
                "self.parked = await parking.count_keys(connection, self.consumer, topic)",
                "await parking.count_keys(connection, self.consumer, topic)",
            ),
        ),
        test=f"{PARKING}::test_a_restart_keeps_later_events_of_a_parked_key_behind_it",
        because="assert",
    ),
    Mutation(
        guard="live events come before what is due: a turn's time",
        file=RETRYING,
        changes=(("if clock() >= until:", "if clock() < 0.0:"),),
        test=f"{MANY}::test_a_turn_ends_when_its_time_is_over",
        because="assert",
    ),
    Mutation(
        guard="a retry that fails for the moment does not starve the others",
        file=RETRYING,
        changes=(
            ("            await self._put_off(key, why=reason(tried.error))\n", "            reason(tried.error)\n"),
        ),
        test=f"{MANY}::test_a_key_whose_retry_fails_for_the_moment_goes_to_the_end_of_the_line",
        because="assert",
    ),
    Mutation(
        guard="what is parked already is parked once",
        file="services/chassis/src/chassis/consumer/parking.py",
        changes=(("ON CONFLICT (consumer, topic, partition, pseq) DO NOTHING\n", ""),),
        test=f"{MANY}::test_what_is_parked_already_is_parked_once",
        because="UniqueViolation",
    ),
    Mutation(
        guard="parking of unknown types",
        file="services/chassis/src/chassis/consumer/events.py",
        changes=(("if header.type not in known:", "if not header.type:"),),
        test=f"{PARKING}::test_unknown_types_and_unreadable_bodies_are_parked_with_their_key",
        because="assert",
    ),
    Mutation(
        guard="the lease's expiry predicate",
        file=LEASES,
        changes=(("WHERE lease.expires_at <= clock_timestamp()", "WHERE lease.epoch > 0"),),
        test="tests/integration/chassis/test_leases.py::test_only_one_of_many_gets_a_free_lease",
        because="assert",
    ),
    Mutation(
        guard="the lease expires",
        file=LEASES,
        changes=(("WHERE lease.expires_at <= clock_timestamp()", "WHERE lease.epoch < 0"),),
        test="tests/integration/chassis/test_leases.py::test_a_lease_that_is_not_renewed_expires",
        because="did not happen|assert|Timeout",
    ),
    Mutation(
        guard="the epoch predicate of a lease's renewal",
        file=LEASES,
        changes=(
            ("WHERE name = $1 AND epoch = $2 RETURNING epoch", "WHERE name = $1 AND $2::bigint > 0 RETURNING epoch"),
        ),
        test="tests/integration/chassis/test_leases.py::test_keeping_a_lease_holds_it_past_its_term_and_ends_when_it_is_taken",
        because="DID NOT RAISE|did not happen|Timeout",
    ),
    Mutation(
        guard="a sealed text is bound to its place (AAD)",
        file="services/chassis/src/chassis/vault/keys.py",
        changes=(
            ("self._cipher.encrypt(nonce, plaintext, aad)", "self._cipher.encrypt(nonce, plaintext, None)"),
            ("sealed[NONCE_BYTES:], aad)", "sealed[NONCE_BYTES:], None)"),
        ),
        test="tests/unit/chassis/vault/test_composing.py::test_a_text_moved_to_another_event_of_the_same_victim_does_not_open",
        because="DID NOT RAISE .*SealBroken",
    ),
    Mutation(
        guard="a role that forgets documents destroys no person's key",
        file="services/chassis/src/chassis/vault/sql/vault.sql",
        changes=((" WHERE s IS NULL OR NOT starts_with(s, 'document/')", " WHERE s IS NULL"),),
        test="tests/integration/chassis/vault/test_postgres.py::test_a_services_role_reaches_nothing_but_its_functions",
        because="DID NOT RAISE .*InsufficientPrivilege",
    ),
    Mutation(
        guard="a library's cancellation does not end a topic in silence",
        file="services/chassis/src/chassis/consumer/topic.py",
        changes=(("await unless_astray(self._follow())", "await self._follow()"),),
        test="tests/integration/chassis/consumer/test_holes.py::test_a_connection_whose_library_cancels_what_we_await_is_opened_anew",
        because="no sign of|did not happen|assert",
    ),
    Mutation(
        guard="a peer that dies while we connect is away, and no fault of the program",
        file="services/chassis/src/chassis/outward.py",
        changes=(("            if error.obj is not None:\n                raise\n", "            raise\n"),),
        test="tests/unit/chassis/test_outward.py::test_a_connection_without_a_socket_is_a_connect_error",
        because="AttributeError",
    ),
)
