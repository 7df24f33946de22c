"""The base of every model on the wire, and the few scalar shapes they share."""

import re
from datetime import UTC, datetime
from typing import Annotated

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)
from pydantic_core import PydanticCustomError


class Shape(BaseModel):
    """A closed, immutable, strictly typed value. Errors never show the input."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, hide_input_in_errors=True, use_attribute_docstrings=True
    )


_RFC3339 = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})", re.ASCII
)


def _moment(value: object, validate: ValidatorFunctionWrapHandler) -> datetime:
    # Left alone, pydantic reads 1700000000 as a moment too, as a number and as text.
    if not isinstance(value, datetime) and not (isinstance(value, str) and _RFC3339.fullmatch(value)):
        raise PydanticCustomError("rfc3339", "Input should be a date and time with its zone, as 2026-11-09T18:30:00Z")
    moment: datetime = validate(value)
    return moment.astimezone(UTC)


# The bounds keep every conversion between zones inside what datetime can hold.
Instant = Annotated[
    AwareDatetime,
    Field(strict=False, ge=datetime(1900, 1, 1, tzinfo=UTC), lt=datetime(2200, 1, 1, tzinfo=UTC)),
    WrapValidator(_moment),
]
"""A moment with its zone given, kept in UTC."""

OPAQUE = StringConstraints(min_length=1, max_length=200, pattern=r"^[\x21-\x7e]+$")
"""Printable ASCII without spaces: an id or code made by a machine."""

Opaque = Annotated[str, OPAQUE]

Line = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]
"""One line of text that names no person: an agency's own label or title."""

Month = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$")]
"""A calendar month, as 2027-03."""

TimeOfDay = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
"""A local wall-clock time, as 18:30."""
