"""Who reads each field of each event: a file and a symbol in it, or the reason why nobody does.

A row names its model's own fields; what a model inherits has its row at the model that declares it.
"""

from collections.abc import Mapping
from typing import Final

from support.field_readers_services import SERVICES_READERS
from support.reading import Row, read, unread

FACTS: Final = "contracts/src/contracts/facts.py"
WORDING: Final = "services/journey/src/journey/wording"
PROJECTION: Final = "services/journey/src/journey/projection"
TEXTS: Final = "services/journey/src/journey/timeline/texts.py::_said_for"
TIMELINE: Final = "services/journey/src/journey/timeline"
HEARING: Final = "services/notifications/src/notifications/hearing/consumer.py"
DESK: Final = "services/witness-care/src/witness_care"
NAMED: Final = "services/intake/src/intake/identity/mentions.py::mention_of"
SPELLING: Final = "services/intake/src/intake/identity/mentions.py::_spelling"
CHANGED: Final = f"{PROJECTION}/consumer_facts.py::_change"
MEANING: Final = f"{PROJECTION}/consumer_reported.py::_meaning"
WHICH: Final = "says which of several shapes it is; readers look at the member that only one of them has"

_AGENCIES: Final[Mapping[str, tuple[Row, ...]]] = {
    "CaseFact": (read("references", by=NAMED),),
    "VictimFact": (read("victim", by=NAMED),),
    "Reference": (read("scheme issuer value", by=SPELLING),),
    "VictimNumber": (read("issuer number", by=NAMED),),
    "DefendantFact": (
        read("defendant_id", by=f"{FACTS}::DefendantFact.concerned_defendants"),
        read("offence_ids", by=f"{FACTS}::DefendantFact.concerned_offences"),
    ),
    "ChargeFact": (
        read("defendant_id", by=f"{FACTS}::ChargeFact.concerned_defendants"),
        read("offences", by=f"{WORDING}/police.py::charges"),
    ),
    "Offence": (
        read("offence_id", by=f"{TIMELINE}/moment.py::_id_of"),
        read("title", by=f"{WORDING}/police.py::charges"),
        read("code", by=f"{WORDING}/police.py::codes"),
    ),
    "CrimeReported": (
        read("offence incident_at channel officer", by=f"{WORDING}/police.py::crime_reported"),
        read("texts_for", by=TEXTS),
        read("report_reference", by=NAMED),
    ),
    "Officer": (read("name unit_phone unit_email", by=f"{WORDING}/police.py::crime_reported"),),
    "VictimIdentified": (
        read("name", by=f"{DESK}/care/calling.py::called"),
        read("report_reference", by=NAMED),
        read("safe_contact_warning", by=f"{DESK}/reach/warnings_store.py::_said"),
        read("enhanced_categories", by=f"{PROJECTION}/consumer_facts.py::_naming"),
    ),
    "SuspectCharged": (read("first_hearing_on bail suspect_number", by=f"{WORDING}/police.py::suspect_charged"),),
    "NoFurtherActionDecided": (
        read("reason outcome_code scope", by=f"{WORDING}/police.py::no_further_action_decided"),
        read("texts_for", by=TEXTS),
        read("review_eligible review_by", by=f"{WORDING}/police.py::review"),
        read("victim", by=NAMED),
    ),
    "ProceedingsStopped": (
        read("victim", by=NAMED),
        read("ground reason", by=f"{WORDING}/cps.py::proceedings_stopped"),
        read("texts_for", by=TEXTS),
        read("scope", by=f"{WORDING}/cps.py::stops_all"),
        read("review_eligible review_by", by=f"{WORDING}/police.py::review"),
        read("meeting_offered", by=f"{WORDING}/cps.py::_or_meet"),
    ),
    "ReferralFact": (
        read("service", by=f"{WORDING}/support.py::REFERRAL_MADE"),
        read("referral_id", by=f"{TIMELINE}/moment.py::_thread"),
    ),
    "ReferralMade": (read("referred_by", by=f"{WORDING}/support.py::REFERRAL_MADE"),),
    "ReferralAccepted": (read("first_contact_by service_phone", by=f"{WORDING}/support.py::referral_accepted"),),
    "ReferralDeclined": (read("declined_by reason", by=f"{WORDING}/support.py::referral_declined"),),
    "ReleasePlanned": (
        read("planned", by=f"{WORDING}/prison.py::planned_for"),
        read("calculation_id", by=f"{WORDING}/prison.py::release_planned"),
    ),
    "ReleaseDay": (read("day", by=f"{WORDING}/prison.py::planned_for"), unread("precision", because=WHICH)),
    "ReleaseMonth": (read("month", by=f"{WORDING}/prison.py::planned_for"), unread("precision", because=WHICH)),
    "MovementFact": (read("prison", by=f"{WORDING}/prison.py::PRISON"),),
    "OffenderReceived": (read("reason", by=f"{WORDING}/prison.py::OFFENDER_RECEIVED"),),
    "OffenderRecalled": (read("kind", by=f"{WORDING}/prison.py::OFFENDER_RECALLED"),),
}

_COURT: Final[Mapping[str, tuple[Row, ...]]] = {
    "HearingFact": (
        read("hearing_id", by=f"{PROJECTION}/said_of.py::_sharing"),
        read("defendant_ids", by="contracts/src/contracts/court.py::HearingFact.concerned_defendants"),
        read("hearing_type", by=f"{WORDING}/court.py::_of_the_court"),
    ),
    "HearingListed": (
        read("court", by=f"{WORDING}/court.py::_place"),
        read("listing", by=f"{WORDING}/court.py::_listed"),
    ),
    "HearingChanged": (
        read("previous", by=f"{WORDING}/court.py::_listed"),
        read("reason", by=f"{WORDING}/court.py::_reason"),
    ),
    "HearingVacated": (
        read("previous", by=f"{WORDING}/court.py::_called_off"),
        read("reason", by=f"{WORDING}/court.py::_reason"),
    ),
    "Court": (read("name", by=f"{WORDING}/court.py::_place"), read("code", by=f"{WORDING}/court.py::_of_the_court")),
    "FixedListing": (
        read("precision", by=f"{WORDING}/listing.py::held"),
        read("days", by=f"{WORDING}/listing.py::dated"),
    ),
    "WeekListing": (read("precision week_commencing", by=f"{WORDING}/listing.py::held"),),
    "UndatedListing": (read("precision", by=f"{WORDING}/listing.py::held"),),
    "HearingDay": (
        read("starts_at", by=f"{WORDING}/listing.py::day_of"),
        read("court_centre_id court_name", by=f"{WORDING}/listing.py::where"),
        read("minutes", by=f"{WORDING}/listing.py::lasting"),
    ),
    "ReasonGiven": (
        read("text", by=f"{WORDING}/court.py::_reason"),
        unread("kind", because=WHICH),
        read("code", by=f"{WORDING}/court.py::_of_the_court"),
    ),
    "ReasonAsked": (unread("kind", because=WHICH), read("asked_for_at", by=f"{WORDING}/court.py::_of_the_court")),
    "PleaEntered": (
        read("plea entered_on", by=f"{WORDING}/outcome.py::plea_entered"),
        read("hearing_id", by=f"{WORDING}/outcome.py::_hearing"),
    ),
    "VerdictReached": (
        read("verdict category reached_on lesser_offence others_open", by=f"{WORDING}/outcome.py::verdict_reached"),
        read("hearing_id", by=f"{WORDING}/outcome.py::_hearing"),
    ),
    "SentencePassed": (
        read("sentence passed_on shared_at", by=f"{WORDING}/outcome.py::sentence_passed"),
        read("hearing_id", by=f"{WORDING}/outcome.py::_hearing"),
        unread(
            "result_ids",
            because="intake finds by its own memory which sentence an amendment is of; others may by these",
        ),
    ),
}

_INTAKE: Final[Mapping[str, tuple[Row, ...]]] = {
    "ReportReceived": (
        read(
            "report_reference what_happened happened_on share_with_police wants_support",
            by=f"{WORDING}/intake.py::report_received",
        ),
        read("name", by=f"{DESK}/care/calling.py::called"),
    ),
    "VictimLinked": (
        read("link_id victim_id case_id defendant_id offence_ids", by=CHANGED),
        read("why", by=f"{WORDING}/intake.py::for_officers"),
        read("by", by=f"{WORDING}/intake.py::_by"),
    ),
    "LinkRevoked": (
        read("link_id case_id", by=CHANGED),
        read("victim_id", by="services/journey/src/journey/audit/belonging.py::Belonging.hear"),
        read("why", by=f"{WORDING}/intake.py::for_officers"),
        read("by", by=f"{WORDING}/intake.py::_by"),
    ),
    "CaseMerged": (
        read("from_case into_case same_crime", by=CHANGED),
        read("why", by=f"{WORDING}/intake.py::for_officers"),
        read("by", by=f"{WORDING}/intake.py::_by"),
    ),
    "MergeUndone": (
        read("merged_event_id from_case into_case", by=CHANGED),
        read("why", by=f"{WORDING}/intake.py::for_officers"),
        read("by", by=f"{WORDING}/intake.py::_by"),
    ),
    "PersonsJoined": (
        read("join_id victim_id into_victim_id", by=CHANGED),
        read("why", by=f"{WORDING}/intake.py::for_officers"),
        read("by", by=f"{WORDING}/intake.py::_by"),
    ),
    "OffenderLinked": (
        read("why", by=f"{WORDING}/intake.py::for_officers"),
        unread("case_id", because="the envelope's caseid is the same, and is what readers go by"),
        read("defendant_id", by=f"{WORDING}/intake.py::ACCUSED"),
        read("by", by=f"{WORDING}/intake.py::_by"),
    ),
    "OffenderUnlinked": (
        read("why", by=f"{WORDING}/intake.py::for_officers"),
        unread("case_id", because="the envelope's caseid is the same, and is what readers go by"),
        read("defendant_id", by=f"{WORDING}/intake.py::ACCUSED"),
        read("offender_linked_id", by=f"{WORDING}/intake.py::WORDINGS"),
        read("by", by=f"{WORDING}/intake.py::_by"),
    ),
    "DoubtCleared": (read("event_source event_id", by=CHANGED), read("by", by=f"{WORDING}/intake.py::_by")),
    "Actor": (read("kind subject", by=f"{WORDING}/intake.py::_by"),),
    "CrimePublished": (
        unread("*", because="open data about no victim: kept as it was published, for who studies a whole month"),
    ),
}

_JOURNEY: Final[Mapping[str, tuple[Row, ...]]] = {
    "NewsArrived": (
        read(
            "news_id event_id event_source event_type case_id occurred_at recorded_at"
            " backfill reach standing corrects_news retracts says_type about_at told_at",
            by=f"{HEARING}::news_arrived",
        ),
    ),
    "NewsWithdrawn": (
        read("news_id moved_to", by=f"{HEARING}::news_withdrawn"),
        unread("at", because="when a withdrawal was recorded is in the log's own record of it"),
    ),
    "VictimHeardOf": (
        unread("*", because="that there is such a victim, whom the envelope names, is all that anybody acts on"),
    ),
    "SafeContactWarned": (
        unread("*", because="whatever was said, what was agreed is in question: the event itself is what is acted on"),
    ),
    "DutyOpened": (
        read("duty_key duty_id news_id case_id due_at subject", by=f"{DESK}/due/duty_store.py::_owed"),
        read("reminder_at reach", by=f"{HEARING}::_duty"),
        unread(
            "owner opened_at code_edition due_beyond_calendar",
            because="officers read them in journey's own answer, from the row that the event was made of",
        ),
    ),
    "DutyMet": (
        read("duty_key met_by at", by=f"{DESK}/due/duty_store.py::duty_met"),
        read("ending", by="services/journey/src/journey/audit/standing.py::_met"),
    ),
}

_ALL: Final[Mapping[str, tuple[Row, ...]]] = {
    "Amendment": (
        read("original_id original_source", by=f"{PROJECTION}/consumer_facts.py::_original"),
        read("corrects_state", by="services/intake/src/intake/publishing/amendments.py::amends"),
        read("reason", by=f"{WORDING}/catalogue.py::_corrected"),
    ),
    "EventRetracted": (read("kind", by=f"{WORDING}/catalogue.py::_retracted"),),
    "EventCorrected": (read("replacement", by=f"{WORDING}/catalogue.py::_right"),),
    "Replacement": (read("type data", by=f"{WORDING}/catalogue.py::_right"),),
    "Sealed": (read("sealed subject type field digest", by="services/chassis/src/chassis/vault/opening.py::_opened"),),
    "Envelope": (
        read("id source type time caseid victimid backfill doubt", by=f"{PROJECTION}/consumer_facts.py::fact_from"),
        read("crimeids", by="services/intake/src/intake/recording/originals_store.py::_original"),
        read("specversion", by="contracts/src/contracts/events.py::_parse"),
        read("datacontenttype", by="contracts/src/contracts/sent.py::contract_form"),
        read("traceparent", by="services/chassis/src/chassis/consumer/topic.py::TopicLoop._attempt"),
        unread("subject", because="a publisher's own name of what it is about; whom we take it to be about, we add"),
        unread("dataschema", because="a type has one schema, and it is ours; where else it stands changes nothing"),
        unread("correlationid causationid", because="for who follows a chain of events through the logs by hand"),
    ),
}

FIELD_READERS: Final[Mapping[str, tuple[Row, ...]]] = {
    **_AGENCIES,
    **_COURT,
    **_INTAKE,
    **_JOURNEY,
    **SERVICES_READERS,
    **_ALL,
}
