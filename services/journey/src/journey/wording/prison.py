"""What prisons and probation tell us, in plain words."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import Final

from contracts.prison import ReceptionReason
from contracts.probation import RecallKind

from journey.wording.content import WORRIED, Audience, Content, Turn, Words, details
from journey.wording.rows import Lines, Row, Wording, called, text
from journey.wording.turning import BACK, RELEASE_PLANNED, RELEASED

HAD_PLANNED = "The prison had worked out when the person should be released."
PRISON: Final[Lines] = (("Prison", text("prison")),)
NOT_HEARD = "That day has passed, and we have not heard of a release. Your contact person can ask."


def release_planned(said: Content) -> Words:
    """A release date was worked out, new or changed."""
    return Words(
        title="A release from prison is planned",
        meaning="The prison has worked out when the person should be released.",
        action=WORRIED,
        ahead="The date can change. We will tell you if it does.",
        details=details(("Planned for", planned_for(said))),
        for_officers=details(("The prison's calculation", said.text("calculation_id"))),
        turns=(
            Turn(by=RELEASE_PLANNED | RELEASED, in_thread=True, replaced=True, meaning=HAD_PLANNED),
            Turn(after=last_planned(said), meaning=HAD_PLANNED, ahead=NOT_HEARD),
        ),
    )


def planned_for(said: Content) -> str | None:
    """The planned day, or the month where only that is known."""
    planned = said.part("planned")
    month = planned.text("month")
    return f"{date.fromisoformat(f'{month}-01'):%B %Y}" if month else planned.when("day")


def last_planned(said: Content) -> date | None:
    """The last day on which the release may be, as it was planned."""
    planned = said.part("planned")
    month = planned.text("month")
    if month is None:
        return planned.day("day")
    first = date.fromisoformat(f"{month}-01")
    return first.replace(day=monthrange(first.year, first.month)[1])


OFFENDER_RELEASED = Row(
    title="The person was released from prison",
    meaning="The person is no longer in prison.",
    action=WORRIED,
    ahead="If they go back to prison because of this case, it will appear here.",
    for_officers=PRISON,
    turns=(Turn(by=BACK | RELEASE_PLANNED, replaced=True, meaning="The person was let out of prison then."),),
)


OFFENDER_RECEIVED = Row(
    title="The person was received into prison",
    meaning="The person is in prison, perhaps because of another matter.",
    ahead="What happens next will appear here.",
    for_officers=(*PRISON, ("Received as", called(ReceptionReason, "reason"))),
    audience=Audience.OFFICER,
)


TEMPORARY_ABSENCE_STARTED = Row(
    title="The person may leave the prison for a time",
    meaning="The person is out for a time and has to go back. This is not a release.",
    action=WORRIED,
    ahead="What happens next will appear here.",
    for_officers=PRISON,
    turns=(Turn(by=BACK | RELEASED, replaced=True, meaning="The person was out for a time. This was not a release."),),
)


OFFENDER_MOVED_TO_HOSPITAL = Row(
    title="The person was moved to a hospital",
    meaning="The person has to stay in the hospital. This is not a release.",
    action=WORRIED,
    ahead="What happens next will appear here.",
    for_officers=PRISON,
    turns=(
        Turn(
            by=BACK | RELEASED,
            replaced=True,
            meaning="The person had to stay in the hospital. This was not a release.",
        ),
    ),
)


OFFENDER_RECALLED = Row(
    title="The person was told to go back to prison",
    meaning="The person was released and now has to go back to prison.",
    ahead="What happens next will appear here.",
    for_officers=(("Kind of recall", called(RecallKind, "kind")),),
    turns=(Turn(by=RELEASED, replaced=True, meaning="The person was released and had to go back to prison."),),
)


WORDINGS: Final[Mapping[str, Wording]] = {
    "prison.release-planned.v1": release_planned,
    "prison.offender-released.v1": OFFENDER_RELEASED,
    "prison.offender-received.v1": OFFENDER_RECEIVED,
    "prison.temporary-absence-started.v1": TEMPORARY_ABSENCE_STARTED,
    "prison.offender-moved-to-hospital.v1": OFFENDER_MOVED_TO_HOSPITAL,
    "probation.offender-recalled.v1": OFFENDER_RECALLED,
}
