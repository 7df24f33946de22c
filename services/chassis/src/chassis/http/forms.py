"""What people send: closed forms that never repeat what was sent, and a reason where one is owed."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

Why = Annotated[str, StringConstraints(min_length=1, max_length=1000, strip_whitespace=True)]
"""A reason, in a person's own words."""


class Form(BaseModel):
    """Refuses members it does not know, and names places, never what was typed."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)
