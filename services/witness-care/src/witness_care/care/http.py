"""What the addresses about one victim have in common."""

from typing import Annotated

from contracts.ids import UUID_TEXT, VictimId
from pydantic import BaseModel, ConfigDict

VictimPath = Annotated[VictimId, UUID_TEXT]


class Body(BaseModel):
    """What is sent: nothing in it is unknown, and no error repeats it."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)
