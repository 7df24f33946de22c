"""What the desk knows of the news and the duties that a contact names."""

from dataclasses import dataclass
from datetime import datetime

from contracts.ids import NewsId


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What the desk knows of what a contact names.

    `told`: its news, and that of the duties that it meets. `happened_at`: when the latest of that happened.
    `needs_more`: one of its duties ends by something done for the victim, and not by a conversation.
    """

    told: tuple[NewsId, ...]
    happened_at: datetime | None
    needs_more: bool
