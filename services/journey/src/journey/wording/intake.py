"""What our own gate records, in plain words; most of it is for officers and auditors."""

from collections.abc import Callable

from journey.wording.content import Audience, Content, Turn, Words, details
from journey.wording.turning import CAME_AFTER, RECORDED


def report_received(said: Content) -> Words:
    """Somebody told us what happened."""
    shared = said.data.get("share_with_police") is True
    return Words(
        title="You told us what happened",
        meaning="We have your report." + ("" if shared else " We will not pass it to the police without your wish."),
        ahead="If the police record a crime from your report, it will appear here."
        if shared
        else "You can ask for support at any time, also without the police.",
        details=details(
            ("Reference of your report", said.text("report_reference")),
            ("What you told us", said.text("what_happened")),
            ("Day", said.when("happened_on")),
        ),
        turns=(Turn(by=RECORDED, in_any_order=True, ahead=CAME_AFTER),) if shared else (),
    )


def for_officers(title: str, meaning: str) -> Callable[[Content], Words]:
    """An entry that only officers and auditors see."""

    def words(said: Content) -> Words:
        return Words(
            title=title,
            meaning=meaning,
            ahead="The timeline follows from this.",
            details=details(("Why", said.text("why"))),
            audience=Audience.OFFICER,
        )

    return words


WORDINGS = {
    "intake.report-received.v1": report_received,
    "intake.victim-linked.v1": for_officers("Linked to a case", "A victim was linked to a case."),
    "intake.link-revoked.v1": for_officers("A link was taken back", "The link to a case was wrong."),
    "intake.case-merged.v1": for_officers("Two cases became one", "Two recorded cases are one matter."),
    "intake.offender-linked.v1": for_officers("A prisoner was confirmed", "An officer confirmed who the prisoner is."),
    "intake.offender-unlinked.v1": for_officers(
        "A prisoner was not this person", "A prison number was confirmed by mistake."
    ),
    "intake.doubt-cleared.v1": for_officers("A doubt was cleared", "An officer looked at a fact and lets it be told."),
    "intake.crime-published.v1": for_officers("Open data", "A row of police open data, about no victim."),
}
