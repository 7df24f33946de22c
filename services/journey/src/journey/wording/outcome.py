"""What the courts decided, in plain words."""

from collections.abc import Mapping
from typing import Final

from contracts.court import Verdict
from contracts.words import word

from journey.wording.content import Content, Detail, Turn, Words, details
from journey.wording.turning import BACK, CAME_AFTER, RELEASE_PLANNED, RELEASED, SENTENCE, STOPPED, TRIAL, VERDICT

PLEAS = {
    "GUILTY": ("The person accused said that they did it", "so there may be no need for a trial"),
    "NOT_GUILTY": ("The person accused said that they did not do it", "so there will probably be a trial"),
}
ANSWERED = ("The person accused told the court how they answer the charge", "")
MEANS: Final[Mapping[str, str]] = {
    Verdict.GUILTY: "The court decided that the person committed the offence.",
    Verdict.NOT_GUILTY: (
        "The court was not sure that the person committed the offence. It does not mean that it did not believe you."
    ),
    Verdict.NO_VERDICT: "The court could not reach a decision.",
}


def plea_entered(said: Content) -> Words:
    """The person accused answered the charge."""
    answer, so = PLEAS.get(said.text("plea") or "", ANSWERED)
    return Words(
        title="The person accused answered the charge",
        meaning=f"{answer}, {so}." if so else f"{answer}.",
        ahead="What the court does next will appear here.",
        details=details(("Day", said.when("entered_on"))),
        for_officers=_hearing(said),
        turns=(Turn(by=TRIAL | VERDICT | SENTENCE | STOPPED, in_any_order=True, meaning=f"{answer}."),),
    )


def verdict_reached(said: Content) -> Words:
    """The court decided."""
    verdict = said.text("verdict")
    guilty = verdict == Verdict.GUILTY
    others = " Other charges were still open on that day." if said.data.get("others_open") is True else ""
    return Words(
        title=word(Verdict, verdict) or "The court decided",
        meaning=MEANS.get(verdict or "", "The court decided on a charge.") + others,
        ahead="The court will decide on the sentence. It will appear here."
        if guilty
        else "Your contact person can explain the decision.",
        details=details(
            ("Day", said.when("reached_on")), ("It was for a less serious offence", said.text("lesser_offence"))
        ),
        for_officers=(*details(("The court's own category", said.text("category"))), *_hearing(said)),
        turns=(Turn(by=SENTENCE, in_any_order=True, ahead=CAME_AFTER),) if guilty else (),
    )


def sentence_passed(said: Content) -> Words:
    """The court passed a sentence."""
    return Words(
        title="The court decided on the sentence",
        meaning="This is what the court ordered for the person who was found guilty.",
        action="You do not need to do anything. If you have questions, ask your contact person.",
        ahead="If the person goes to prison, we will tell you about release.",
        details=details(("The sentence", said.text("sentence")), ("Day", said.when("passed_on"))),
        for_officers=(*_hearing(said), *details(("The court shared it", said.when("shared_at")))),
        turns=(Turn(by=RELEASE_PLANNED | RELEASED | BACK, in_any_order=True),),
    )


def _hearing(said: Content) -> tuple[Detail, ...]:
    return details(("Hearing", said.text("hearing_id")))


WORDINGS = {
    "court.plea-entered.v1": plea_entered,
    "court.verdict-reached.v1": verdict_reached,
    "court.sentence-passed.v1": sentence_passed,
}
