"""What falls with an event or a decision, as it is told beside it."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from chassis.vault.composing import Draft
from contracts.envelope import Envelope
from contracts.intake import Actor

from intake.identity.undoing import Undone
from intake.recording.drafting import merge_draft, merge_undone_draft, revocation_draft

TAKEN_BACK: Final = "What it was made of was taken back by its publisher."


def undone_drafts(
    undone: Undone, *, now: datetime, actor: Actor, new_id: Callable[[], str], why: str, cause: Envelope | None = None
) -> list[Draft]:
    """Merges that hold no longer, those that are told anew for the ones that were made on top of them, and links."""
    return [
        *(merge_undone_draft(one, new_id(), now=now, actor=actor, why=why, cause=cause) for one in undone.apart.undone),
        *(merge_draft(one, now=now, actor=actor, cause=cause) for one in undone.apart.made),
        *(revocation_draft(link, new_id(), now=now, actor=actor, why=why, cause=cause) for link in undone.links),
    ]
