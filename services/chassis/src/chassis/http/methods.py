"""Which methods an address has, over all its routes: what a 405 names in Allow."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.routing import Match

_PARAMETER = re.compile(r"\{[^}]*\}")


def allowed_methods(request: Request) -> str:
    """The value of Allow. The framework names those of the first route alone, were it the same address or a wider one.

    Where a route with a parameter of many parts matches too, the address is that of the narrowest.
    """
    found = [route for route in all_routes(request.app.router.routes) if _is_of(route, request)]
    narrowest = max((_fixed(route) for route in found), default=0)
    return ", ".join(sorted({name for route in found if _fixed(route) == narrowest for name in route.methods or ()}))


def all_routes(routes: Iterable[Any]) -> Iterator[APIRoute]:
    """The routes, those of the routers among them too."""
    for route in routes:
        if isinstance(route, APIRoute):
            yield route
        elif hasattr(route, "original_router"):
            yield from all_routes(route.original_router.routes)


def _is_of(route: APIRoute, request: Request) -> bool:
    return route.matches(request.scope)[0] is not Match.NONE


def _fixed(route: APIRoute) -> int:
    """How many characters of its address stand fast."""
    return len(_PARAMETER.sub("", route.path))
