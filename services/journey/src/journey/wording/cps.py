"""What the Crown Prosecution Service tells us, in plain words."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from contracts.cps import Ground
from contracts.words import word

from journey.wording.content import Audience, Content, Turn, Words, details
from journey.wording.police import charges, codes, in_court_since, review, review_over
from journey.wording.rows import Row, Wording
from journey.wording.turning import SENTENCE, STOPPED

MEETING = "The prosecutors offered to meet you and explain. If you want that, tell your contact person."


CHARGE_AUTHORISED = Row(
    title="The prosecutors decided to charge a person",
    meaning="The person accused will be prosecuted and will have to go to court.",
    ahead="The date of the first hearing will appear here.",
    details=(("Charges", charges),),
    for_officers=(("Offence codes", codes),),
    turns=in_court_since(None),
)


CASE_REFERENCES_LINKED = Row(
    title="The agencies linked their numbers for the case",
    meaning="The police and the prosecutors now use one record of the case.",
    ahead="What happens in the case will appear here.",
    audience=Audience.OFFICER,
)


def proceedings_stopped(said: Content) -> Words:
    """The prosecution ended, for some charges or all."""
    whole = stops_all(said)
    what = "" if whole else f"{_which_part(said)} "
    ahead = "The case does not go on in court." if whole else "The rest of the case goes on."
    return Words(
        title="The prosecutors stopped the case" if whole else "The prosecutors stopped part of the case",
        meaning=what + (word(Ground, said.text("ground")) or "The prosecutors decided not to go on."),
        action=_or_meet(said, review(said)),
        ahead=ahead,
        details=details(("What ended", charges(said)), ("The reason they gave", said.text("reason"))),
        for_officers=details(("Offence codes", codes(said))),
        turns=(
            *((Turn(by=SENTENCE | STOPPED, in_any_order=True),) if not whole else ()),
            *(replace(turn, action=_or_meet(said, turn.action or "")) for turn in review_over(said, ahead)),
        ),
    )


def _which_part(said: Content) -> str:
    """What ended, as far as the fact names it; the charges themselves are one step away."""
    if said.parts("offences"):
        return "This is about some of the charges, not all of them."
    if said.text("defendant_id"):
        return "This is about one person who was accused, not about the whole case."
    return "This is about a part of the case. Your contact person can find out which."


def _or_meet(said: Content, action: str) -> str:
    """An offer to meet has no last day: it stands after the time for a review, too."""
    return f"{action} {MEETING}" if said.data.get("meeting_offered") is True else action


def stops_all(said: Content) -> bool:
    """Did the whole prosecution end, or only some of its charges?"""
    return said.text("scope") == "all"


WORDINGS: Final[Mapping[str, Wording]] = {
    "cps.charge-authorised.v1": CHARGE_AUTHORISED,
    "cps.case-references-linked.v1": CASE_REFERENCES_LINKED,
    "cps.proceedings-stopped.v1": proceedings_stopped,
}
