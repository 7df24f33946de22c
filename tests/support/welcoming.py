"""A door that lets every bearer in, for tests of what stands behind it."""

from chassis.security.bearer import PrincipalOf
from chassis.security.principal import Principal
from fastapi import Request


class Welcoming:
    """Takes the place of `Bearer`."""

    def require_scope(self, scope: str) -> PrincipalOf:
        async def principal(_: Request) -> Principal:
            return Principal(subject="journey", client_id="journey", scopes=frozenset({scope}), roles=frozenset())

        return principal
