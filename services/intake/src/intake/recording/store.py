"""Identity under the log's head lock: what a submission was planned upon is checked, then written with it.

Only one flush holds the head at a time, so first mentions cannot race past this: the loser is told to plan again.
"""

from collections.abc import Mapping, Sequence

from chassis.database import Connection
from chassis.log.records import Refusal, Submission

from intake.errors import IntakeError, StaleCorrection, Superseded
from intake.identity.claims_store import Claimed, open_cases, write_claims
from intake.identity.standing_store import Standing
from intake.recording.corrections_store import Corrections, write_corrections
from intake.recording.held import Held


class IdentityGuard:
    """The append guard of intake's log."""

    async def check(self, connection: Connection, submissions: Sequence[Submission]) -> Mapping[int, Refusal]:
        """Refuse what no longer holds; write what does. Submissions without claims cost nothing here."""
        held = {i: s.claims for i, s in enumerate(submissions) if isinstance(s.claims, Held)}
        if not held:
            return {}
        standing = await Standing.read(connection, [one.claims for one in held.values()])
        corrections = await Corrections.read(connection, [amends for one in held.values() for amends in one.amends])
        refusals: dict[int, Refusal] = {}
        accepted: list[Held] = []
        for index, one in held.items():
            error = _objection(one, standing, corrections) or await _effects(connection, one)
            if error is not None:
                refusals[index] = Refusal(error)
                continue
            standing.take(one.claims)
            corrections.take(one.amends)
            accepted.append(one)
        await write_claims(connection, [Claimed(one.claims, one.by, one.cause) for one in accepted])
        await write_corrections(connection, [amends for one in accepted for amends in one.amends])
        return refusals


def _objection(held: Held, standing: Standing, corrections: Corrections) -> IntakeError | None:
    """Why this submission may not be recorded as planned; None when all of it still holds."""
    if standing.disputes(held.claims):
        return Superseded()
    return StaleCorrection() if corrections.is_stale(held.amends) else None


async def _effects(connection: Connection, held: Held) -> IntakeError | None:
    if not held.effects:
        return None
    savepoint = connection.transaction()
    await savepoint.start()
    await open_cases(connection, held.claims.opened)
    for effect in held.effects:
        if not await effect.apply(connection):
            await savepoint.rollback()
            return Superseded()
    await savepoint.commit()
    return None
