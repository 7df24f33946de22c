"""Intake's refusals as problem details: what happened and what to do, never what was sent."""

from collections.abc import Mapping
from typing import Final

from chassis.errors import OutcomeNotKnown, TransientFailure
from chassis.http.problems import (
    Conflict,
    InvalidContent,
    MalformedContent,
    NotAllowed,
    NotFound,
    Problem,
    TemporarilyUnavailable,
)
from chassis.http.rendering import not_known, unexpected
from chassis.log.errors import DigestMismatch, UnstorableEvent
from chassis.vault.errors import SubjectErased
from contracts.errors import ContractError, InvalidEvent
from contracts.unreadable import Unreadable
from pydantic import JsonValue

from intake import errors

_MOST_ERRORS = 20

BY_KIND: Final[Mapping[type[Exception], type[Problem]]] = {
    errors.SourceNotYours: NotAllowed,
    errors.TypeNotYours: NotAllowed,
    errors.NotYourEvent: NotAllowed,
    errors.StaleCorrection: Conflict,
    errors.ReplacementMisplaced: InvalidContent,
    errors.NotHappenedYet: InvalidContent,
    errors.HearingUnreadable: MalformedContent,
    errors.HearingMismatch: Conflict,
    errors.MovementUnreadable: MalformedContent,
    errors.NothingHere: NotFound,
    errors.AlreadyDecided: Conflict,
    errors.HeldStill: Conflict,
    errors.NumberInQuestion: Conflict,
    errors.CaseUnnamed: Conflict,
    errors.NoLongerKept: Conflict,
    DigestMismatch: Conflict,
    SubjectErased: Conflict,
    UnstorableEvent: InvalidContent,
    ContractError: InvalidContent,
    TransientFailure: TemporarilyUnavailable,
}


def problem_for(error: Exception) -> Problem:
    """The problem document of a refusal."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, InvalidEvent):
        lines: list[JsonValue] = [{"at": at, "expected": message} for at, message in error.problems[:_MOST_ERRORS]]
        kind: type[Problem] = MalformedContent if isinstance(error, Unreadable) else InvalidContent
        return kind("Correct each place named in errors and send the event again.", errors=lines)
    if isinstance(error, OutcomeNotKnown):
        return not_known(error)
    found = next((BY_KIND[parent] for parent in type(error).__mro__ if parent in BY_KIND), None)
    if found is None:
        return unexpected()
    if found is TemporarilyUnavailable:
        return found("This event was not stored; send it again.", headers={"Retry-After": "2"})
    return found(str(error))


REFUSALS = (errors.IntakeError, ContractError, DigestMismatch, SubjectErased)
"""Errors that may leave a route of ours, for `create_app`'s `problem_for`."""
