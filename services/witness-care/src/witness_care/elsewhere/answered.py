"""What other services answer, read by models of what the desk needs of it."""

from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from witness_care.elsewhere.peer import NotThere, Outcome, Refused, Said, SignInAgain, Unreachable

Unsaid = NotThere | Refused | SignInAgain | Unreachable
"""Why there is nothing to read."""
Model = TypeVar("Model", bound=BaseModel)


class Answered(BaseModel):
    """Of another service's answer: what is not named here is not read, and no error repeats any of it."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


def read_as(model: type[Model], outcome: Outcome) -> Model | Unsaid:
    """What was said; what cannot be read counts as not said in time."""
    if not isinstance(outcome, Said):
        return outcome
    try:
        return model.model_validate(outcome.body)
    except ValidationError:
        return Unreachable()
