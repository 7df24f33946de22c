"""What every form of the page has in common, and how what was entered is shown again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from contracts.ids import UUID_TEXT, VictimId
from pydantic import BaseModel, ConfigDict


@dataclass(frozen=True, slots=True)
class Entered:
    """What was entered and is shown again: by field what is missing, and what was typed or ticked.

    `victim` is empty where it was entered about several.
    """

    victim: str
    mistakes: Mapping[str, str]
    typed: Mapping[str, str] = field(default_factory=dict)
    ticked: frozenset[str] = frozenset()


class PageForm(BaseModel):
    """A form of the page; no error repeats what was entered."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)


class VictimForm(PageForm):
    """A form about one victim."""

    victim: Annotated[VictimId, UUID_TEXT]
