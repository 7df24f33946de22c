"""What became of a hearing's message, and what an officer is asked about it."""

from dataclasses import replace

from intake.courts.comparing.facts import Fact, Moved, Question, QuestionKind, Vacated
from intake.courts.comparing.translation import Translation
from intake.documents.document import Document, DocumentState


def parked(document: Document, *, why: str) -> Document:
    """A message of which nothing is told, because something in it fits no contract of ours; `why` names the place."""
    return replace(document, state=DocumentState.PARKED, why=f"unsayable: {why}")


def judged(document: Document, found: Translation) -> Document:
    """What became of the message, and what an officer is asked about it."""
    document = replace(document, compared=not found.stale, why=None)
    asked = [*found.questions, *_unexplained(found)]
    if asked:
        why = "; ".join(f"{question.kind} {question.about}" for question in asked[:20])
        asks = tuple(question.key for question in asked)
        return replace(document, state=DocumentState.QUESTION, why=why, asks=asks)
    if found.stale:
        return replace(document, state=DocumentState.OLDER)
    return replace(document, state=DocumentState.APPLIED if found.news else DocumentState.NO_NEWS)


def _unexplained(found: Translation) -> list[Question]:
    """A change without a reason: the court's publisher is to be asked for one."""
    facts = [news for news in found.news if isinstance(news, Fact) and not news.backfill]
    silent = [f.details for f in facts if isinstance(f.details, Moved | Vacated) and f.details.reason is None]
    return [Question(QuestionKind.REASON_ASKED, details.hearing_id) for details in silent[:1]]
