"""What was proved about each log, and no more: as sentences for people and as JSON, both from the same findings."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from chassis.endings import Ending

from journey.audit.consumers import Consumed
from journey.audit.endings import worst
from journey.audit.errors import LogBroken, LogCutOff, LogReplaced
from journey.audit.findings import Audit, Verified


def as_json(audit: Audit, *, at: datetime) -> str:
    """One JSON object; field names are stable, and what is said in words is said as in the text."""
    return json.dumps(
        {
            "logs": {one.log: _log(one, at) for one in audit.logs},
            "consumers": [
                {
                    "consumer": one.consumer,
                    "log": one.log,
                    "behind": _behind(audit, one),
                    "parked": one.parked,
                    "says": consumer_sentence(audit, one),
                }
                for one in audit.consumers
            ],
            "not_asked": {name: str(error) for name, error in audit.not_asked.items()},
            "code": int(ending(audit)),
        }
    )


def as_text(audit: Audit, *, at: datetime) -> Iterator[str]:
    """A line for each log and consumer, then the stamps, which are read again with --stamps."""
    yield from (sentence(one) for one in audit.logs)
    yield from (consumer_sentence(audit, one) for one in audit.consumers)
    yield from (f"the consumers in {name}: not asked" for name in audit.not_asked)
    yield from (json.dumps(stamp(one, at)) for one in audit.logs if one.whole)


def ending(audit: Audit) -> Ending:
    """The code of the whole: 1 where anything is wrong with a log, else what could not be asked."""
    return worst(list(audit.errors))


def sentence(one: Verified) -> str:
    """How one log stands."""
    match state(one):
        case "whole":
            return f"{one.log}: {_extent(one)}; {_proof(one)}"
        case "not read":
            return f"{one.log}: NOT READ to its end; {_extent(one)}{_unchecked(one)}"
        case "missing":
            return f"{one.log}: MISSING; {_extent(one)}, but it is not all that was there"
        case other:
            return f"{one.log}: {other.upper()}; {_extent(one)}{_unchecked(one)}"


def state(one: Verified) -> str:
    """whole, broken, missing (a whole chain that is not what was seen before), or not read."""
    if one.whole:
        return "whole"
    wrong = [error for error in one.errors if isinstance(error, LogBroken)]
    if not wrong:
        return "not read"
    return "missing" if all(isinstance(error, LogCutOff | LogReplaced) for error in wrong) else "broken"


def consumer_sentence(audit: Audit, one: Consumed) -> str:
    """How far a consumer says that it is."""
    behind = _behind(audit, one)
    if behind is None:
        return f"{one.consumer} consumes {one.log}: how far it is behind is not known, the log was not read to its end"
    parked = f", {one.parked} set aside and not applied" if one.parked else ""
    return f"{one.consumer} consumes {one.log}: {f'{behind} behind' if behind else 'up to date'}{parked}"


def stamp(one: Verified, at: datetime) -> dict[str, Any]:
    """Where the log ended, to be kept elsewhere."""
    return {"log": one.log, "position": one.position, "hash": one.hash.hex(), "at": at.isoformat()}


def _log(one: Verified, at: datetime) -> dict[str, Any]:
    return {
        "state": state(one),
        "whole_to": one.position,
        "found": len(one.found),
        "unchecked": len(one.unchecked),
        "wrong": [str(error) for error in one.errors],
        "stamp": stamp(one, at) if one.whole else None,
        "says": sentence(one),
    }


def _behind(audit: Audit, consumed: Consumed) -> int | None:
    log = next((one for one in audit.logs if one.log == consumed.log), None)
    return consumed.behind(log.numbers) if log is not None and log.read else None


def _extent(one: Verified) -> str:
    return f"chain whole from 1 to {one.position}" if one.position else "no record verified"


def _proof(one: Verified) -> str:
    if not one.found:
        return "nothing was given to prove that it does not end too soon"
    furthest = max(claim.position for claim in one.found)
    return (
        f"{len(one.found)} stamps, receipts and consumers' places are in it, the furthest at {furthest};"
        f" whether it once went on after {one.position}, they cannot say"
    )


def _unchecked(one: Verified) -> str:
    return f"; {len(one.unchecked)} stamps, receipts and consumers' places not looked for" if one.unchecked else ""
