"""What our own gate records, in plain words; most of it is for officers and auditors."""

from collections.abc import Mapping
from typing import Final

from journey.wording.content import Audience, Content, Turn, Words, details
from journey.wording.rows import Row, Wording, text
from journey.wording.turning import CAME_AFTER, RECORDED

SUPPORT = {
    True: "Your contact person can put you in touch with a support service, also without the police.",
    False: "You can ask for support at any time, also without the police.",
}


def report_received(said: Content) -> Words:
    """Somebody told us what happened."""
    shared, wanted = said.data.get("share_with_police") is True, said.data.get("wants_support") is True
    told = "" if shared else " We will not pass it to the police without your wish."
    return Words(
        title="You told us what happened",
        meaning=f"We have your report.{' You asked for support.' if wanted else ''}{told}",
        ahead="If the police record a crime from your report, it will appear here." if shared else SUPPORT[wanted],
        details=details(
            ("Reference of your report", said.text("report_reference")),
            ("What you told us", said.text("what_happened")),
            ("Day", said.when("happened_on")),
        ),
        turns=(Turn(by=RECORDED, in_any_order=True, ahead=CAME_AFTER),) if shared else (),
    )


def for_officers(title: str, meaning: str, *more: tuple[str, str]) -> Row:
    """An entry that only officers and auditors see; `more` are labels and the fields that stand after them."""
    return Row(
        title=title,
        meaning=meaning,
        ahead="The timeline follows from this.",
        details=(("Why", text("why")), ("By", _by), *((label, text(name)) for label, name in more)),
        audience=Audience.OFFICER,
    )


def _by(said: Content) -> str | None:
    by = said.part("by")
    return f"{by.text('kind')}, {by.text('subject')}" if by.data else None


ACCUSED = ("The accused", "defendant_id")
WORDINGS: Final[Mapping[str, Wording]] = {
    "intake.report-received.v1": report_received,
    "intake.victim-linked.v1": for_officers("Linked to a case", "A victim was linked to a case."),
    "intake.link-revoked.v1": for_officers("A link was taken back", "The link to a case was wrong."),
    "intake.persons-joined.v1": for_officers("One person", "An officer confirmed that two are one person."),
    "intake.persons-parted.v1": for_officers("Two persons", "That two are one person was taken back."),
    "intake.case-merged.v1": for_officers("Two cases became one", "Two recorded cases are one matter."),
    "intake.merge-undone.v1": for_officers("Two cases are two again", "What made them one matter was taken back."),
    "intake.offender-linked.v1": for_officers(
        "A prisoner was confirmed", "An officer confirmed who the prisoner is.", ACCUSED
    ),
    "intake.offender-unlinked.v1": for_officers(
        "A prisoner was not this person",
        "A prison number was confirmed by mistake.",
        ACCUSED,
        ("What was taken back", "offender_linked_id"),
    ),
    "intake.doubt-cleared.v1": for_officers("A doubt was cleared", "An officer looked at a fact and lets it be told."),
    "intake.crime-published.v1": for_officers("Open data", "A row of police open data, about no victim."),
}
