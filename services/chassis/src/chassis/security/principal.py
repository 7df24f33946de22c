"""Who is asking, and what they may do here."""

from dataclasses import dataclass, field

from chassis.http.problems import NotAllowed


@dataclass(frozen=True, slots=True)
class Principal:
    """A caller whose token or session has been checked. `subject` and `client_id` are opaque; no name is kept.

    `choice` is what a person chose to look at for the rest of the session; whether they may is asked at each use.
    """

    subject: str
    client_id: str = ""
    roles: frozenset[str] = field(default_factory=frozenset)
    scopes: frozenset[str] = field(default_factory=frozenset)
    choice: str = ""

    def demand_scope(self, scope: str) -> None:
        """Raise NotAllowed unless the token carries this scope."""
        if scope not in self.scopes:
            raise NotAllowed(f"Ask the issuer for a token with the scope {scope}.")

    def demand_role(self, *roles: str) -> None:
        """Raise NotAllowed unless the person has one of these roles."""
        if self.roles.isdisjoint(roles):
            raise NotAllowed(f"This is for the role {' or '.join(roles)}.")
