"""Each log's chain verified from first record to end, and all that was said of it elsewhere looked for in it."""

from collections.abc import Mapping, Sequence

from chassis.errors import ThroughlineError
from chassis.log.chain import GENESIS
from chassis.log.served import Checkpoint, ServedRecord

from journey.audit.consumers import claims_of, consumed_of
from journey.audit.errors import LogAway, LogBroken, LogCutOff, LogRefused, LogReplaced, NotALog
from journey.audit.evidence import Claim
from journey.audit.findings import Audit, Verified
from journey.audit.logs import AuditedLog

Told = Sequence[Checkpoint] | ThroughlineError
"""What a service says of its consumers, or why it was not asked."""


async def verify_all(logs: Mapping[str, AuditedLog], claims: Sequence[Claim]) -> Audit:
    """Verify every log; what is wrong with one hides no other.

    Consumers are asked before the logs are read: what they have consumed by then must be there.
    """
    told = {name: await _told(log) for name, log in logs.items()}
    checkpoints = [one for each in told.values() if not isinstance(each, ThroughlineError) for one in each]
    wanted = [*claims, *claims_of(checkpoints)]
    found = [await _verified(log, [claim for claim in wanted if claim.log == name]) for name, log in logs.items()]
    not_asked = {name: each for name, each in told.items() if isinstance(each, ThroughlineError)}
    return Audit(found, consumed_of(checkpoints), not_asked)


async def _told(log: AuditedLog) -> Told:
    try:
        return await log.checkpoints()
    except (LogRefused, LogAway, NotALog) as error:
        return error


async def _verified(log: AuditedLog, claims: Sequence[Claim]) -> Verified:
    verified = Verified(log.service, GENESIS, found=[claim for claim in claims if not claim.position])
    waiting = _by_position(claims)
    try:
        async for record in log.verified():
            _pass(verified, record, waiting.pop(record.position, []))
        verified.read = True
    except (LogBroken, LogRefused, LogAway, NotALog) as error:
        verified.errors.append(error)
        verified.read = isinstance(error, LogCutOff)
    beyond = [claim for position in sorted(waiting) for claim in waiting[position]]
    if verified.read:
        verified.errors += [_gone(claim, verified.position) for claim in beyond]
    else:
        verified.unchecked += beyond
    return verified


def _by_position(claims: Sequence[Claim]) -> dict[int, list[Claim]]:
    found: dict[int, list[Claim]] = {}
    for claim in claims:
        if claim.position:
            found.setdefault(claim.position, []).append(claim)
    return found


def _pass(verified: Verified, record: ServedRecord, claims: Sequence[Claim]) -> None:
    verified.position, verified.hash = record.position, record.hash
    if record.partition is not None and record.pseq is not None:
        verified.numbers[record.partition] = record.pseq
    for claim in claims:
        if claim.holds(record):
            verified.found.append(claim)
        else:
            verified.errors.append(
                LogReplaced(
                    f"{claim.log}: record {claim.position} is another than {claim.by} says: the log was replaced"
                )
            )


def _gone(claim: Claim, end: int) -> LogCutOff:
    return LogCutOff(
        f"{claim.log} ends at {end}, but {claim.by} is about record {claim.position}:"
        f" records {end + 1} to {claim.position} are missing"
    )
