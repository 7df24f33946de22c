"""What a later fact takes the place of: the facts about one hearing, one person's custody, one plan of release."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class ThreadKind(StrEnum):
    """What the facts of a thread are about. Custody is where somebody is now, and a plan of release is none of it."""

    HEARING = "hearing"
    CUSTODY = "custody"
    RELEASE_PLAN = "release-plan"


@dataclass(frozen=True, slots=True)
class Thread:
    """Where one type of fact stands: of those in one thread of one matter only the last still holds.

    `named_by` is the field that names the thread; `also_ends` are other threads of that name in which nothing holds any
    more once this happened; `about` are the fields that say when what it is about begins.
    """

    kind: ThreadKind
    named_by: str
    also_ends: tuple[ThreadKind, ...] = ()
    about: tuple[str, ...] = ()


CUSTODY: Final = Thread(ThreadKind.CUSTODY, "defendant_id")
"""Where an accused is now, whoever says it."""
