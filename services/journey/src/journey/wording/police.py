"""What the police tell us, in plain words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from contracts.police import BailStatus, ReportChannel
from contracts.words import word

from journey.wording.content import NOTHING_TO_DO, WORRIED, Content, Turn, Words, details
from journey.wording.rows import Row, Wording
from journey.wording.turning import CAME_AFTER, CHARGED, IN_COURT, STOPPED

NO_REVIEW = "If you have questions, ask your contact person."
MAY_LOOK_AGAIN = "The police can look at the case again if new evidence comes up."
NO_DISBELIEF = "This does not mean that nobody believed you."
NOT_THEN = f"The police did not take the case further then. {NO_DISBELIEF}"
WAS_CHARGED = "The person accused was told to go to court."


@dataclass(frozen=True, slots=True)
class Bail:
    """What is said after what the police did with the person accused until the first hearing, with which `ahead` ends.

    To ask what keeps her safe is right after it as well: a court's list says nothing of where the person is.
    """

    ahead: str = ""
    action: str = NOTHING_TO_DO


@dataclass(frozen=True, slots=True)
class Stopped:
    """How much the police stopped, now and once something came after it."""

    title: str
    meaning: str
    then: str
    ahead: str = MAY_LOOK_AGAIN
    until: frozenset[str] = CHARGED | IN_COURT


STOPPED_ALL: Final = Stopped(
    "The police decided to stop the investigation",
    f"The police will not take the case further now. {NO_DISBELIEF}",
    NOT_THEN,
)
STOPPED_FOR_ONE: Final = Stopped(
    "The police decided to take no further action against one person",
    f"The police will not take the case further against this person now. {NO_DISBELIEF}",
    f"The police did not take the case further against this person then. {NO_DISBELIEF}",
    "The investigation goes on.",
    CHARGED | IN_COURT | STOPPED,
)
STOPPED_UNSAID: Final = Stopped(
    "The police decided to take no further action",
    "The police have not said whether this is about one person or the whole investigation. "
    f"Your contact person can ask them. {NO_DISBELIEF}",
    f"The police took no further action then. {NO_DISBELIEF}",
)


BAIL: Final = {
    "custody": Bail(
        "At the first hearing the court will decide whether they stay there.",
    ),
    "conditional-bail": Bail(
        "Your contact person can tell you what the rules are and how long they will last.",
        WORRIED,
    ),
    "unconditional-bail": Bail(
        "At the first hearing the court will decide whether they stay on bail.",
        WORRIED,
    ),
}


def crime_reported(said: Content) -> Words:
    """The police recorded a crime."""
    officer = said.part("officer")
    return Words(
        title="The police recorded the crime",
        meaning="The police have written down what happened and will decide how to look into it.",
        ahead="You have a right to be offered support within 2 working days. What the police decide will appear here.",
        details=details(
            ("What was recorded", said.text("offence")),
            ("When it happened", said.when("incident_at")),
            ("How it was reported", word(ReportChannel, said.text("channel"))),
            ("Officer in charge", officer.text("name")),
            ("Phone", officer.text("unit_phone")),
            ("Email", officer.text("unit_email")),
        ),
        turns=(
            Turn(
                by=CHARGED | STOPPED | IN_COURT,
                in_any_order=True,
                meaning="The police have written down what happened.",
                ahead=CAME_AFTER,
            ),
        ),
    )


VICTIM_IDENTIFIED = Row(
    title="The police noted that you were harmed by the crime",
    meaning="You have rights as a victim from now on, whatever happens in the case.",
    ahead="What happens in the case will appear here.",
)


def suspect_charged(said: Content) -> Words:
    """A suspect was charged or summoned."""
    bail = BAIL.get(said.text("bail") or "", Bail())
    done = word(BailStatus, said.text("bail"))
    was = f"{WAS_CHARGED} {done}".rstrip()
    return Words(
        title="A person was charged",
        meaning=" ".join(filter(None, ("The person accused will have to go to court.", done, bail.ahead))),
        action=bail.action,
        ahead=_first_hearing(said.when("first_hearing_on")),
        details=details(("Charges", charges(said))),
        for_officers=details(("Number of the suspect", said.text("suspect_number")), ("Offence codes", codes(said))),
        turns=in_court_since(said.day("first_hearing_on"), was=was),
    )


def no_further_action_decided(said: Content) -> Words:
    """The police ended the investigation, or the part of it that is about one person."""
    stopped = {"all": STOPPED_ALL, "some": STOPPED_FOR_ONE}.get(said.text("scope") or "", STOPPED_UNSAID)
    over = review_over(said, stopped.ahead)
    return Words(
        title=stopped.title,
        meaning=stopped.meaning,
        action=review(said),
        ahead=stopped.ahead,
        details=details(("The reason they gave", said.text("reason"))),
        for_officers=details(("Outcome code", said.text("outcome_code"))),
        turns=(Turn(by=stopped.until, meaning=stopped.then, action=NO_REVIEW), *over),
    )


def in_court_since(day: date | None, *, was: str = WAS_CHARGED) -> tuple[Turn, ...]:
    """Of a charge: the case came before a court, ended before, or the day of its first hearing has passed."""
    return (
        Turn(by=IN_COURT | STOPPED, in_any_order=True, meaning=was),
        Turn(after=day, meaning=was),
    )


def charges(said: Content) -> str | None:
    """The titles of the charged offences, as one line."""
    titles = [offence.text("title") for offence in said.parts("offences")]
    return "; ".join(title for title in titles if title) or None


def codes(said: Content) -> str | None:
    """The national codes of the charged offences, as one line."""
    return "; ".join(code for offence in said.parts("offences") if (code := offence.text("code"))) or None


def review(said: Content) -> str:
    """What somebody can do who does not agree with a decision not to prosecute."""
    if said.data.get("review_eligible") is not True:
        return NO_REVIEW
    until = said.when("review_by")
    return "If you do not agree, you can ask for a review of the decision" + (f" until {until}." if until else ".")


def review_over(said: Content, ahead: str) -> tuple[Turn, ...]:
    """What somebody can do once the last day to ask for a review has passed."""
    day, until = said.day("review_by"), said.when("review_by")
    if day is None or said.data.get("review_eligible") is not True:
        return ()
    return (Turn(after=day, action=f"The time to ask for a review ended on {until}. {NO_REVIEW}", ahead=ahead),)


def _first_hearing(day: str | None) -> str:
    if day is None:
        return "The date of the first hearing will appear here."
    return f"The first hearing is planned for {day}. Dates can change, and we will tell you."


WORDINGS: Final[Mapping[str, Wording]] = {
    "police.crime-reported.v1": crime_reported,
    "police.victim-identified.v1": VICTIM_IDENTIFIED,
    "police.suspect-charged.v1": suspect_charged,
    "police.no-further-action-decided.v1": no_further_action_decided,
}
