"""What must still be so when an event is recorded; checked and written under the log's head lock, in its transaction.

A claim that no longer holds refuses the event, which is then planned again; nothing of it has been stored.
"""

from dataclasses import dataclass

from intake.identity.naming import Named, Numbered


@dataclass(frozen=True, slots=True)
class Link:
    """A victim belongs to a case, and where known to a defendant and offences of it."""

    link_id: str
    victim_id: str
    case_id: str
    defendant_id: str | None = None
    offence_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Merge:
    """Two cases are one; `from_case` continues as `into_case`."""

    from_case: str
    into_case: str
    event_id: str


@dataclass(frozen=True, slots=True)
class Claims:
    """`references` and `numbers` name exactly this case and this victim; `links` are new; `needed` links exist."""

    references: tuple[tuple[Named, str], ...] = ()
    numbers: tuple[tuple[Numbered, str], ...] = ()
    links: tuple[Link, ...] = ()
    needed: tuple[tuple[str, str], ...] = ()
    merges: tuple[Merge, ...] = ()
    opened: tuple[str, ...] = ()

    def is_empty(self) -> bool:
        return self is NO_CLAIMS or self == NO_CLAIMS


NO_CLAIMS = Claims()
