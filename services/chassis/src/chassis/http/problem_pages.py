"""A page for each problem type, at the address that is its `type`: what happened, and what to do."""

from collections.abc import Iterator, Mapping
from html import escape

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from chassis.http.plain import marked, plain_page
from chassis.http.problems import PROBLEMS_PATH, NotFound, Problem, problem_types

Explained = Mapping[type[Exception], type[Problem]]
"""A service's own errors, and the problem that each is answered as."""


def problem_pages(explained: Explained) -> APIRouter:
    """The pages, and a list of them."""
    router = APIRouter(include_in_schema=False)

    @router.get(PROBLEMS_PATH, response_class=HTMLResponse)
    async def every() -> str:
        kinds = sorted(problem_types(), key=lambda kind: (kind.status, kind.slug()))
        items = (f'<li>{kind.status} <a href="{kind.address()}">{escape(kind.title)}</a></li>' for kind in kinds)
        return plain_page("Problems that this service answers with", f"<ul>{''.join(items)}</ul>")

    @router.get(f"{PROBLEMS_PATH}/{{slug}}", response_class=HTMLResponse)
    async def one(slug: str) -> str:
        for kind in problem_types():
            if kind.slug() == slug:
                return problem_type_page(kind, explained)
        raise NotFound("Problem types are named in the `type` of a problem document.")

    return router


def problem_type_page(kind: type[Problem], explained: Explained) -> str:
    """One type, with each error of the service that is answered so."""
    return plain_page(
        kind.title,
        f"<p>HTTP status {kind.status}. Type <code>{kind.address()}</code>.</p>"
        f"<h2>What happened</h2><p>{_words(kind)}</p>"
        f"<h2>What to do</h2><p>{marked(kind.to_do)}</p>{_errors(kind, explained)}"
        f'<p><a href="{PROBLEMS_PATH}">Every problem that this service answers with</a></p>',
    )


def _errors(kind: type[Problem], explained: Explained) -> str:
    items = "".join(f"<li>{_words(error)}</li>" for error in _answered_as(kind, explained))
    return (
        f"<h2>What it may be</h2><p><code>detail</code> says which, and what to do.</p><ul>{items}</ul>"
        if items
        else ""
    )


def _answered_as(kind: type[Problem], explained: Explained) -> Iterator[type[Exception]]:
    return (error for error, problem in explained.items() if problem is kind)


def _words(error: type[Exception]) -> str:
    return marked(" ".join((error.__doc__ or "").split()))
