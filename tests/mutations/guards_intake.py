"""Guards of the gate: what may come in, and what is let go of."""

from mutations.mutation import Mutation

PLAIN = "contracts/src/contracts/plain.py"

INTAKE = (
    Mutation(
        guard="no publisher sets what intake resolves and judges",
        file=PLAIN,
        changes=((" if name not in WRITTEN_BY_INTAKE}", "}"),),
        test="tests/integration/intake/publishing/test_refusals.py::test_a_bad_event_is_refused_alone_and_its_neighbours_are_recorded",
        because="AssertionError",
    ),
    Mutation(
        guard="what is read without models has no unknown attribute",
        file=PLAIN,
        changes=((', config=envelope["config"])', ")"),),
        test="tests/conformance/intake/publishing/test_reading.py::test_both_ways_agree",
        because="assert",
    ),
    Mutation(
        guard="nothing from outside is sealed",
        file=PLAIN,
        changes=(
            (
                'return _plain(schema["choices"][0], known)',
                'return core_schema.union_schema([_plain(schema["choices"][0], known), core_schema.dict_schema()])',
            ),
        ),
        test="tests/conformance/intake/publishing/test_reading.py::test_what_is_sealed_already_is_refused_both_ways",
        because="DID NOT RAISE|assert",
    ),
    Mutation(
        guard="what is null is left out",
        file=PLAIN,
        changes=(('"nullable": _not_null', '"nullable": lambda *of: core_schema.nullable_schema(_not_null(*of))'),),
        test="tests/conformance/intake/publishing/test_reading.py::test_what_is_null_is_read_by_the_models_and_left_out",
        because="assert",
    ),
    Mutation(
        guard="a document's key goes with its ciphertext",
        file="services/intake/src/intake/documents/expiry.py",
        changes=(("await self._vault.forget_documents(", "(lambda *_, **__: None)("),),
        test="tests/integration/intake/documents/test_expiry.py::test_a_message_whose_time_is_up_opens_from_no_copy_and_another_still_does",
        because="assert",
    ),
    Mutation(
        guard="a withdrawn prison number tells nothing more",
        file="services/intake/src/intake/prisons/store.py",
        changes=(
            ("$1 AND d.withdrawn_at IS NULL ORDER", "$1 ORDER"),
            ('$1 AND withdrawn_at IS NULL"', '$1"'),
            ("($1::text[]) AND withdrawn_at IS NULL\n", "($1::text[])\n"),
        ),
        test="tests/integration/intake/prisons/test_withdrawals.py::test_a_movement_after_a_withdrawal_tells_nobody",
        because=r"== \[\]",
    ),
)
