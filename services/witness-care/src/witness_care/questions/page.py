"""The page of what waits for an officer's decision, rendered."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from chassis.clock import Clock
from chassis.working_days import england_and_wales
from fastapi.responses import HTMLResponse

from witness_care.due.page_frame import answer, templates_of
from witness_care.elsewhere.answered import Unsaid
from witness_care.elsewhere.peer import SignInAgain
from witness_care.elsewhere.wording import why_not
from witness_care.questions.questions import Question, Questions
from witness_care.reach.london import spoken
from witness_care.wishes.wish import WORKING_DAYS

_KINDS: Final[Mapping[str, str]] = {
    "hearing": "A court's message about a hearing",
    "hearing-result": "A court's message of results",
    "hearing-deletion": "A court took a hearing off its record",
    "movement": "A prison's or probation's message",
}


class QuestionsPage:
    """Renders it; with what one message says, where that was asked for."""

    def __init__(self, clock: Clock) -> None:
        self._template = templates_of("witness_care.questions").get_template("questions.html")
        self._clock = clock

    def of(
        self,
        found: Questions | Unsaid,
        *,
        read: tuple[str, str] | None = None,
        mistake: str | None = None,
        done: str | None = None,
    ) -> HTMLResponse:
        """`read` is a message's id and content."""
        questions = found.root if isinstance(found, Questions) else ()
        html = self._template.render(
            questions=[_shown(one, read) for one in questions],
            away="" if isinstance(found, Questions) else why_not(found),
            sign_in=isinstance(found, SignInAgain),
            mistakes={"questions": mistake} if mistake else {},
            done=done,
        )
        return answer(html, refused=mistake is not None)


def _shown(question: Question, read: tuple[str, str] | None) -> dict[str, object]:
    return {
        "document_id": question.document_id,
        "what": _KINDS.get(question.kind, f"A message of the kind {question.kind}"),
        "why": question.why,
        "received": spoken(question.received_at),
        "held": f"Held until {spoken(question.due_at)}: it can be confirmed then" if question.due_at else "",
        "due": f"Decide by {spoken(_limit(question))}",
        "decided": question.decided_at is not None,
        "times": question.times,
        "content": _readable(read[1]) if read and read[0] == question.document_id else None,
    }


def _limit(question: Question) -> datetime:
    """What waits for an officer waits no longer than a wish does, from when it may be decided."""
    since = question.due_at or question.received_at
    return england_and_wales().end_of_work_after(since, working_days=WORKING_DAYS)


def _readable(content: str) -> str:
    try:
        return json.dumps(json.loads(content), indent=2, ensure_ascii=False)
    except ValueError:
        return content
