"""What the courts tell us, in plain words."""

from journey.wording.content import Content, Detail, Words, details
from journey.wording.listing import MAY_CHANGE, WE_HAVE_ASKED, held, where

NO_NEED_TO_COME = "You do not need to do anything. If you have to come to court, your contact person will tell you."


def hearing_listed(said: Content) -> Words:
    """A hearing has a date."""
    return Words(
        title="The court set a date for a hearing",
        meaning="The court will look at the case on that day. A hearing is not always the trial.",
        action=NO_NEED_TO_COME,
        ahead=MAY_CHANGE,
        details=_place(said),
    )


def hearing_changed(said: Content) -> Words:
    """A hearing moved."""
    return Words(
        title="The court moved the date of a hearing",
        meaning=f"The hearing will be held at another time or place. {_reason(said)}",
        action=NO_NEED_TO_COME,
        ahead=MAY_CHANGE,
        details=(*_place(said), *details(("It was before", held(said.part("previous"))))),
    )


def hearing_vacated(said: Content) -> Words:
    """A hearing will not be held as listed."""
    return Words(
        title="The court called off a hearing",
        meaning=f"The hearing will not be held on the day that was set. {_reason(said)}",
        ahead="If the court sets a new date, it will appear here.",
        details=details(("It was before", held(said.part("previous")))),
    )


def trial_date_set(said: Content) -> Words:
    """A trial has a date."""
    return Words(
        title="The court set a date for the trial",
        meaning="At the trial the court hears the evidence and decides.",
        action=NO_NEED_TO_COME,
        ahead=MAY_CHANGE,
        details=_place(said),
    )


def trial_date_changed(said: Content) -> Words:
    """The trial moved."""
    return Words(
        title="The court moved the date of the trial",
        meaning=f"The trial will be held at another time or place. {_reason(said)}",
        action=NO_NEED_TO_COME,
        ahead=MAY_CHANGE,
        details=(*_place(said), *details(("It was before", held(said.part("previous"))))),
    )


def trial_date_vacated(said: Content) -> Words:
    """The trial will not be held as listed."""
    return Words(
        title="The court called off the date of the trial",
        meaning=f"The trial will not be held on the day that was set. {_reason(said)}",
        ahead="If the court sets a new date, it will appear here.",
        details=details(("It was before", held(said.part("previous")))),
    )


def _place(said: Content) -> tuple[Detail, ...]:
    listing = said.part("listing")
    return details(("When", held(listing)), ("Where", where(listing, court=said.part("court").text("name"))))


def _reason(said: Content) -> str:
    reason = said.part("reason").text("text")
    return WE_HAVE_ASKED if reason is None else f"The reason the court gave: {reason.rstrip('.')}."


WORDINGS = {
    "court.hearing-listed.v1": hearing_listed,
    "court.hearing-changed.v1": hearing_changed,
    "court.hearing-vacated.v1": hearing_vacated,
    "court.trial-date-set.v1": trial_date_set,
    "court.trial-date-changed.v1": trial_date_changed,
    "court.trial-date-vacated.v1": trial_date_vacated,
}
