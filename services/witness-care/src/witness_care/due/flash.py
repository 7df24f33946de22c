"""What was done is said once, in the browser in which it was done: no address says it to whoever opens that."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

COOKIE: Final = "desk-done"
_SECONDS: Final = 60


class Done(StrEnum):
    """What an officer did on a page."""

    CONTACT = "contact"
    TRIED = "tried"
    TAKEN_BACK = "taken-back"
    WISH = "wish"
    DOUBT = "doubt"
    LINK = "link"
    LINKED = "linked"
    NUMBER = "number"
    WITHDRAWN = "withdrawn"
    QUESTION = "question"
    TAKEN_OVER = "taken-over"
    SOME_TAKEN_OVER = "some-taken-over"


WORDS: Final[Mapping[Done, str]] = {
    Done.CONTACT: "The contact is recorded.",
    Done.TRIED: "That you tried is recorded. What is due stays due.",
    Done.TAKEN_BACK: "The contact is taken back. What it told counts as untold, and is due as before.",
    Done.WISH: "What became of what they asked for is recorded.",
    Done.DOUBT: "It may be told now.",
    Done.LINK: "The link is taken back. They see nothing of that case any more.",
    Done.LINKED: "They are linked to this accused. What is about that accused reaches them.",
    Done.NUMBER: "The prison number is confirmed. What waited for it is told.",
    Done.WITHDRAWN: "The number is taken back, and what was told because of it.",
    Done.QUESTION: "What you decided is done.",
    Done.TAKEN_OVER: "You are now the single point of contact.",
    Done.SOME_TAKEN_OVER: "You are now the single point of contact, but not of all whom you chose: "
    "somebody else took over some of them while you looked.",
}


def back_to_desk(done: Done) -> Response:
    """To the desk, which says so."""
    return back_to("/", done)


def back_to(path: str, done: Done) -> Response:
    """To a page of ours, which says so."""
    answer = RedirectResponse(path, status_code=303)
    answer.set_cookie(COOKIE, done.value, max_age=_SECONDS, httponly=True, samesite="strict")
    return answer


def said_once(request: Request, answer: Response) -> None:
    """The answer has said it: the next one does not."""
    if COOKIE in request.cookies:
        answer.delete_cookie(COOKIE, httponly=True, samesite="strict")


def words_of(request: Request) -> str | None:
    """What there is to say in this browser."""
    done = request.cookies.get(COOKIE)
    return WORDS[Done(done)] if done in set(Done) else None
