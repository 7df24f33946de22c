"""What must still be so when an event is recorded; checked and written under the log's head lock, in its transaction.

A claim that no longer holds refuses the event, which is then planned again; nothing of it has been stored.
"""

from dataclasses import dataclass

from intake.identity.naming import Named, Numbered


@dataclass(frozen=True, slots=True)
class Link:
    """A victim belongs to a case, and where known to a defendant and offences of it.

    `case_id` is that of the crime; `matter` the case under which it goes on, where that is another one.
    """

    link_id: str
    victim_id: str
    case_id: str
    defendant_id: str | None = None
    offence_ids: tuple[str, ...] = ()
    matter: str | None = None


@dataclass(frozen=True, slots=True)
class Merge:
    """Two cases are one; `from_case` continues as `into_case`. `same_crime` where they are one crime, too."""

    from_case: str
    into_case: str
    event_id: str
    same_crime: bool = False


@dataclass(frozen=True, slots=True)
class Tie:
    """An event says that two names are of one case: these are the cases that they were recorded for."""

    one_case: str
    other_case: str
    same_crime: bool = False


@dataclass(frozen=True, slots=True)
class Joined:
    """A name that an event says is of one case with others; `attached` where nobody had said before what it is of."""

    name: Named
    attached: bool


@dataclass(frozen=True, slots=True)
class Claims:
    """`references` and `numbers` name exactly this case and this victim; `links` are new; `needed` links exist.

    What an event answers for when it is taken back: `ties` and `joined` names, the links to (victim, crime) that it
    `supports`, the number that it gave to a `reporter`.
    """

    references: tuple[tuple[Named, str], ...] = ()
    numbers: tuple[tuple[Numbered, str], ...] = ()
    links: tuple[Link, ...] = ()
    needed: tuple[tuple[str, str], ...] = ()
    merges: tuple[Merge, ...] = ()
    ties: tuple[Tie, ...] = ()
    joined: tuple[Joined, ...] = ()
    supports: tuple[tuple[str, str], ...] = ()
    reporter: Numbered | None = None
    opened: tuple[str, ...] = ()

    def is_empty(self) -> bool:
        return self is NO_CLAIMS or self == NO_CLAIMS


NO_CLAIMS = Claims()
