"""The `type` of a problem is an address of the same service, with a page that says what happened and what to do."""

from collections.abc import Iterator
from html import escape

import httpx2
import pytest
from chassis.errors import PermanentFailure, TransientFailure
from chassis.http.headers import CONTENT_SECURITY_POLICY
from chassis.http.problem_pages import Explained
from chassis.http.problems import problem_types
from intake import errors as intake
from intake.publishing.problems import BY_KIND
from journey import errors as journey
from notifications import errors as notifications
from notifications.main import EXPLAINED as NOTIFICATIONS
from support.interface import Bridge
from witness_care import errors as witness_care
from witness_care.care.refusals import EXPLAINED as WITNESS_CARE

TREES: dict[str, tuple[type[Exception], Explained]] = {
    "intake": (intake.IntakeError, BY_KIND),
    "notifications": (notifications.NotificationsError, NOTIFICATIONS),
    "witness-care": (witness_care.WitnessCareError, WITNESS_CARE),
}
NEVER_ANSWERED = {
    intake.Superseded: "planned again, or answered as Crowded",
    intake.HearingUnsayable: "the message is kept for an officer",
    intake.RowUnreadable: "a line of the import's report",
    notifications.MessageCannotMove: "the courier's alone",
}
"""Errors that no request is answered with, and why."""


def errors_of(root: type[Exception]) -> Iterator[type[Exception]]:
    for child in root.__subclasses__():
        yield child
        yield from errors_of(child)


async def page(service: Bridge, address: str) -> httpx2.Response:
    transport = httpx2.ASGITransport(app=service.service.app)
    async with httpx2.AsyncClient(transport=transport, base_url="https://test") as http:
        return await http.get(address)


async def test_every_problem_type_has_a_page_at_its_address(service: Bridge) -> None:
    for kind in problem_types():
        answer = await page(service, kind.address())
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8"), kind
        assert "What happened" in answer.text and "What to do" in answer.text
        assert answer.headers["content-security-policy"].startswith(CONTENT_SECURITY_POLICY)
        assert "style=" not in answer.text and "<script>" not in answer.text


def test_every_problem_type_says_in_words_of_its_own_what_happened_and_what_to_do() -> None:
    kinds = [kind for kind in problem_types() if kind.__module__.split(".")[0] in {"chassis", *TREES, "witness_care"}]
    assert all(kind.__doc__ and kind.to_do for kind in kinds)
    assert len({kind.__doc__ for kind in kinds}) == len(kinds)


@pytest.mark.parametrize("name", TREES)
def test_every_error_of_a_service_is_on_a_page_or_never_answered(name: str) -> None:
    root, explained = TREES[name]
    missing = [error.__name__ for error in errors_of(root) if error not in explained and error not in NEVER_ANSWERED]
    assert not missing, f"{name}: say which problem each is answered as, or why no request is answered with it"


def test_what_is_never_answered_is_on_no_page() -> None:
    assert not set(NEVER_ANSWERED) & {error for _, explained in TREES.values() for error in explained}


def test_what_else_may_fail_is_said_by_a_problem_of_the_chassis() -> None:
    own = {journey.UnknownVictim}
    rest = [error for error in errors_of(PermanentFailure) if error.__module__ == journey.__name__]
    assert own.isdisjoint(rest), "what a consumer parks is no answer to a request"
    assert issubclass(intake.Crowded, TransientFailure)


async def test_a_page_names_each_error_that_is_answered_so(service: Bridge) -> None:
    if service.name not in TREES:
        pytest.skip("one error, answered as not found")
    for error, kind in TREES[service.name][1].items():
        text = (await page(service, kind.address())).text
        assert escape(" ".join((error.__doc__ or "").split()).split("`")[0]) in text, error


async def test_the_list_leads_to_every_page(service: Bridge) -> None:
    text = (await page(service, "/problems")).text
    assert all(f'href="{kind.address()}"' in text for kind in problem_types())
