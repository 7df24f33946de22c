"""What the courts tell us, in plain words."""

from journey.wording.content import NOTHING_TO_DO, Content, Detail, Turn, Words, details
from journey.wording.listing import MAY_CHANGE, NO_REASON, dated, held, last_day, lasting, where
from journey.wording.turning import CALLED_OFF, LISTED, SENTENCE, STOPPED

NO_NEED_TO_COME = "You do not need to do anything. If you have to come to court, your contact person will tell you."
IF_SET = "If the court sets a new date, it will appear here."
ONCE_TOLD = "What happened on that day appears here once the court has told us."
NO_DAY = "The court had not said on which day it was."


def hearing_listed(said: Content) -> Words:
    """A hearing has a date, or is to be held without one yet."""
    return _listed(
        said,
        title="The court set a date for a hearing",
        undated="The court listed a hearing without a date",
        meaning="The court will look at the case on that day. A hearing is not always the trial.",
        over="The court was to look at the case on that day. A hearing is not always the trial.",
    )


def hearing_changed(said: Content) -> Words:
    """A hearing moved."""
    return _listed(
        said,
        title="The court moved the date of a hearing",
        undated="The court moved a hearing and has set no new date",
        meaning=f"The hearing will be held at another time or place. {_reason(said)}",
        over=f"The hearing was moved to another time or place. {_reason(said)}",
    )


def hearing_vacated(said: Content) -> Words:
    """A hearing will not be held as listed."""
    return _called_off(said, what="hearing", title="The court called off a hearing")


def trial_date_set(said: Content) -> Words:
    """A trial has a date, or is to be held without one yet."""
    meaning = "At the trial the court hears the evidence and decides."
    return _listed(
        said,
        title="The court set a date for the trial",
        undated="The court listed the trial without a date",
        meaning=meaning,
        over=meaning,
    )


def trial_date_changed(said: Content) -> Words:
    """The trial moved."""
    return _listed(
        said,
        title="The court moved the date of the trial",
        undated="The court moved the trial and has set no new date",
        meaning=f"The trial will be held at another time or place. {_reason(said)}",
        over=f"The trial was moved to another time or place. {_reason(said)}",
    )


def trial_date_vacated(said: Content) -> Words:
    """The trial will not be held as listed."""
    return _called_off(said, what="trial", title="The court called off the date of the trial")


def _listed(said: Content, *, title: str, undated: str, meaning: str, over: str) -> Words:
    listing = said.part("listing")
    without = listing.text("precision") is not None and not dated(listing)
    return Words(
        title=undated if without else title,
        meaning="The court has not said on which day it is." if without else meaning,
        action=NO_NEED_TO_COME,
        ahead=IF_SET if without else MAY_CHANGE,
        details=(*_place(said), *details(("It was before", held(said.part("previous"))))),
        for_officers=_of_the_court(said),
        turns=(
            Turn(by=LISTED | CALLED_OFF, in_thread=True, meaning=NO_DAY if without else over, action=NOTHING_TO_DO),
            Turn(by=STOPPED, meaning=NO_DAY if without else over, action=NOTHING_TO_DO),
            Turn(after=last_day(listing), meaning=over, action=NOTHING_TO_DO, ahead=ONCE_TOLD),
        ),
    )


def _called_off(said: Content, *, what: str, title: str) -> Words:
    reason = _reason(said)
    was = f"The {what} was not held on the day that was set. {reason}"
    return Words(
        title=title,
        meaning=f"The {what} will not be held on the day that was set. {reason}",
        ahead=IF_SET,
        details=details(("It was before", held(said.part("previous")))),
        for_officers=_of_the_court(said),
        turns=(
            Turn(by=LISTED, in_thread=True, meaning=was),
            Turn(by=STOPPED | SENTENCE, meaning=was),
            Turn(after=last_day(said.part("previous")), meaning=was, ahead=IF_SET),
        ),
    )


def _place(said: Content) -> tuple[Detail, ...]:
    listing = said.part("listing")
    return details(("When", held(listing)), ("Where", where(listing, court=said.part("court").text("name"))))


def _of_the_court(said: Content) -> tuple[Detail, ...]:
    reason = said.part("reason")
    return details(
        ("Kind of hearing", said.text("hearing_type")),
        ("Court code", said.part("court").text("code")),
        ("Time listed", lasting(said.part("listing"))),
        ("Code of the reason", reason.text("code")),
        ("No reason had come by", reason.when("asked_for_at")),
    )


def _reason(said: Content) -> str:
    reason = said.part("reason").text("text")
    return NO_REASON if reason is None else f"The reason the court gave: {reason.rstrip('.')}."


WORDINGS = {
    "court.hearing-listed.v1": hearing_listed,
    "court.hearing-changed.v1": hearing_changed,
    "court.hearing-vacated.v1": hearing_vacated,
    "court.trial-date-set.v1": trial_date_set,
    "court.trial-date-changed.v1": trial_date_changed,
    "court.trial-date-vacated.v1": trial_date_vacated,
}
