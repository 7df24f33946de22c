"""The due list in an officer's words."""

from collections.abc import Mapping

from contracts.duties import DUTIES
from contracts.notifications import ContactReason
from contracts.telling import TELLING, Tell
from contracts.witness_care import WishKind

_CONTACTS: Mapping[ContactReason, str] = {
    ContactReason.NO_SAFE_CHANNEL: "Tell them yourself: no channel is agreed as safe",
    ContactReason.NOT_SEEN: "Tell them yourself: they have not looked",
    ContactReason.UNKNOWN_OUTCOME: "Tell them yourself: we cannot know whether the message left",
    ContactReason.OFFICER_FIRST: "Tell them yourself: this news needs a person's words",
    ContactReason.SEND_FAILED: "Tell them yourself: the message did not arrive",
    ContactReason.NOT_THEIRS: "Do not tell it: this is about somebody else. If you did, or they read it, put it right",
    ContactReason.SILENCE: "Be in touch: the agreed time has passed, and there is something they have not been told",
    ContactReason.BEFORE_THE_DAY: "Tell them yourself, before the day: no agreed hour comes before it",
    ContactReason.DOUBT: "Look at this first, on their page, and do not tell it yet: it may not be right, or not about "
    "them. If it is both, say so there. If this is not their case, take the link back there: this line then ends",
}
_SAY_ALL = (ContactReason.NOT_THEIRS, ContactReason.SILENCE)
_FIND_OUT = (
    "Find out first, on their page, whether they may be told: they are not linked to the accused, or it is in doubt."
)
_LOOKED_AT = "Tell them: this was in doubt, and no longer is"
_DONE_NOT_TOLD: Mapping[str, str] = {
    "R4-REFERRAL": "Refer them to a support service, unless they do not want it. This ends by what the service tells us"
}
_NEWS: Mapping[str, str] = {
    "police.crime-reported.v1": "The police recorded the crime",
    "police.suspect-charged.v1": "A person was charged",
    "police.no-further-action-decided.v1": "The police decided to take no further action, in all of it or part of it",
    "support.referral-made.v1": "They were referred to a support service",
    "support.referral-accepted.v1": "The support service will help them",
    "support.referral-declined.v1": "A referral to a support service was declined",
    "cps.charge-authorised.v1": "The prosecutors decided to charge a person",
    "cps.proceedings-stopped.v1": "The prosecutors stopped the case, or part of it",
    "court.hearing-listed.v1": "The court set a date for a hearing",
    "court.hearing-changed.v1": "The court moved the date of a hearing",
    "court.hearing-vacated.v1": "The court called off a hearing",
    "court.trial-date-set.v1": "The court set a date for the trial",
    "court.trial-date-changed.v1": "The court moved the date of the trial",
    "court.trial-date-vacated.v1": "The court called off the date of the trial",
    "court.plea-entered.v1": "The person accused answered the charge",
    "court.verdict-reached.v1": "The court reached a verdict",
    "court.sentence-passed.v1": "The court passed a sentence",
    "prison.release-planned.v1": "A release from prison is planned",
    "prison.offender-released.v1": "The person was released from prison",
    "prison.temporary-absence-started.v1": "The person is out of prison for a time",
    "prison.offender-moved-to-hospital.v1": "The person was moved to a hospital",
    "probation.offender-recalled.v1": "The person has to go back to prison",
}
PUT_RIGHT = "They heard that something they had been told was not about them"
_AMENDMENTS: Mapping[str, str] = {
    "event-corrected": "Put right",
    "event-retracted": "Taken back, it did not happen",
}


_WISHES: Mapping[WishKind, str] = {
    WishKind.SUPPORT: "They asked for support: refer them to a support service",
    WishKind.POLICE: "They want the police to have their report: pass it on",
}


def wish_wording(kind: WishKind) -> str:
    """What a victim asked for in a report, as something to do."""
    return _WISHES[kind]


def contact_wording(reason: str, *, about_news: bool, looked_at: bool) -> str:
    """Why an officer's contact is due; raises ValueError for a reason that the contract does not know.

    Without news it is the promise to be in touch, which no message could keep, or what is to be put right.
    `looked_at`: all its news may reach them, so that none of it is in doubt any more.
    """
    known = ContactReason(reason)
    why = _LOOKED_AT if known is ContactReason.DOUBT and looked_at else _CONTACTS[known]
    if about_news or known in _SAY_ALL:
        return why
    return f"Be in touch, though nothing is new: the agreed time has passed. {why}"


def duty_wording(duty_id: str, *, waits: bool = False) -> str:
    """What a duty asks for; a duty of a later catalogue is shown by its id rather than hidden.

    `waits`: it is owed, and nobody knows yet whether the victim may be told.
    """
    duty = DUTIES.get(duty_id)
    asked = f"Tell them {duty.must_tell}" if duty else f"Duty {duty_id}"
    asked = _DONE_NOT_TOLD.get(duty_id, asked)
    return f"{_FIND_OUT} {asked}" if waits else asked


def news_wording(event_type: str, *, says: str | None = None, original: str | None = None, amends: bool = False) -> str:
    """What there is to tell, in the words of the type that holds: `says`, where it is not the event's own.

    `amends`: the victim may have been told what this puts right or takes back, of the type `original`; what puts right
    something that was never theirs is first news. A type of a later catalogue is shown as it is.
    """
    amended = _AMENDMENTS.get(event_type.split(".")[1]) if "." in event_type else None
    if amended is None or (says and not amends):
        said = says or event_type
        return _NEWS.get(said, f"News of the type {said}")
    holds = says or original
    was = news_wording(holds) if holds else "something that they may have been told"
    return f"{amended}: {was[0].lower()}{was[1:]}"


def without_wording() -> set[str]:
    """The types that are told to somebody and have no words here."""
    told = {name for name, telling in TELLING.items() if telling.tell is not Tell.NOBODY}
    return {name for name in told - set(_NEWS) if name.split(".")[1] not in _AMENDMENTS}
