"""HMPPS domain events by what we do with them. Only the lane delayed by 45 minutes tells anybody anything."""

from typing import Final

RELEASED: Final = "prison-offender-events.prisoner.released"
RECEIVED: Final = "prison-offender-events.prisoner.received"

# a number or a booking goes over to another number: an officer's question where somebody was confirmed to have it
MERGED: Final = "prison-offender-events.prisoner.merged"
BOOKING_MOVED: Final = "prison-offender-events.prisoner.booking.moved"
BOOKING_DELETED: Final = "prison-offender-events.prisoner.booking.deleted"

# sent at once and often reversed: kept, so that an officer can see it, and told to nobody
IMMEDIATE_LANE: Final = frozenset(
    {"prisoner-offender-search.prisoner.released", "prisoner-offender-search.prisoner.received"}
)

# thin events whose detail would have to be fetched, and events that are no victim's business
KEPT: Final = frozenset(
    {
        "prison-offender-events.prisoner.sentence-dates-changed",
        "prison-offender-events.prisoner.sentence.changed",
        "prison-offender-events.prisoner.sentence-term.changed",
        "prison-offender-events.prisoner.imprisonment-status-changed",
        "prison-offender-events.prisoner.fixed-term-recall.changed",
        "prisoner-offender-search.prisoner.convicted-status-changed",
        "calculate-release-dates.prisoner.changed",
        "prison-recall.recommendation.consideration",
        "prison-recall.recommendation.management-oversight",
        "prison-recall.recommendation.deleted",
        "create-and-vary-a-licence.licence.activated",
        "create-and-vary-a-licence.licence.inactivated",
        "create-and-vary-a-licence.variation.activated",
        "create-and-vary-a-licence.variation.inactivated",
        "restricted-patients.patient.added",
        "restricted-patients.patient.removed",
        "probation-case.engagement.created",
        "person.community.manager.allocated",
        "probation-case.registration.added",
        "probation-case.registration.updated",
        "probation-case.registration.deregistered",
        "probation-case.registration.deleted",
        "probation-case.merge.completed",
        "probation-case.unmerge.completed",
        "probation-case.prison-identifier.added",
        "pre-sentence.report.started",
        "pre-sentence.report.completed",
        "release-date-adjustments.adjustment.deleted",
        "release-date-adjustments.adjustment.inserted",
        "release-date-adjustments.adjustment.updated",
    }
)
_ABSENCES: Final = (
    "temporary-absence",
    "temporary-absence-authorisation",
    "temporary-absence-movement",
    "court-appearance",
    "court-appearance-movement",
)
_ABSENCE_FACTS: Final = frozenset(
    {
        "accompaniment-changed",
        "appearance-changed",
        "approved",
        "cancelled",
        "comments-changed",
        "completed",
        "date-range-changed",
        "deferred",
        "deleted",
        "denied",
        "expired",
        "occurred-at-changed",
        "overdue",
        "paused",
        "pending",
        "recategorised",
        "recorded",
        "relocated",
        "requested-by-video-link",
        "requested-in-person",
        "rescheduled",
        "resumed",
        "reversed",
        "scheduled",
        "started",
        "transport-changed",
        "unscheduled",
    }
)


def is_known(event_type: str) -> bool:
    """An event type whose treatment somebody has decided; any other is asked about, once."""
    named = {RELEASED, RECEIVED, MERGED, BOOKING_MOVED, BOOKING_DELETED} | IMMEDIATE_LANE | KEPT
    return event_type in named or _is_absence(event_type)


def _is_absence(event_type: str) -> bool:
    person, _, rest = event_type.partition(".")
    subject, _, fact = rest.partition(".")
    return person == "person" and subject in _ABSENCES and fact in _ABSENCE_FACTS
