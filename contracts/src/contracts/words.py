"""What the members of our enumerations are called, in English: one set of words for each, used by all services.

A victim reads them as well as an officer. Each stands inside a sentence, or is one where its value ends with a stop.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from contracts.court import Verdict
from contracts.cps import Ground
from contracts.notifications import AgreedBy, ChannelKind, FailureKind
from contracts.police import BailStatus, ReportChannel
from contracts.prison import ReceptionReason
from contracts.probation import RecallKind
from contracts.support import Referrer
from contracts.witness_care import ContactManner, ContactRole

WORDS: Final[Mapping[type[StrEnum], Mapping[str, str]]] = MappingProxyType(
    {
        ContactRole: {
            ContactRole.POLICE_OFFICER: "police officer",
            ContactRole.WITNESS_CARE_OFFICER: "witness care officer",
            ContactRole.VICTIM_LIAISON_OFFICER: "victim liaison officer",
        },
        ContactManner: {
            ContactManner.PHONE: "by phone",
            ContactManner.IN_PERSON: "in person",
            ContactManner.LETTER: "by letter",
            ContactManner.VIDEO: "by video",
            ContactManner.EMAIL: "by email",
            ContactManner.SMS: "by text message",
        },
        ChannelKind: {
            ChannelKind.PHONE: "phone",
            ChannelKind.SMS: "text message",
            ChannelKind.EMAIL: "email",
            ChannelKind.LETTER: "letter",
        },
        AgreedBy: {AgreedBy.VICTIM: "the victim", AgreedBy.OFFICER: "an officer with the victim"},
        FailureKind: {
            FailureKind.REFUSED: "it was refused",
            FailureKind.UNDELIVERABLE: "it could not be delivered",
            FailureKind.GAVE_UP: "it was tried until no more could be",
        },
        ReportChannel: {
            ReportChannel.ONLINE: "You reported it online.",
            ReportChannel.PHONE: "It was reported by phone.",
            ReportChannel.IN_PERSON: "",
            ReportChannel.OTHER: "",
        },
        BailStatus: {
            BailStatus.CUSTODY: "When the person was charged, the police kept them in custody.",
            BailStatus.CONDITIONAL_BAIL: (
                "When the person was charged, the police let them go on bail, with rules to keep to."
            ),
            BailStatus.UNCONDITIONAL_BAIL: (
                "When the person was charged, the police let them go on bail, without special rules."
            ),
            BailStatus.NOT_APPLICABLE: "",
        },
        Ground: {
            Ground.EVIDENTIAL: "The prosecutors decided that there is not enough evidence for a court to convict.",
            Ground.PUBLIC_INTEREST: "The prosecutors decided that going to court is not in the public interest.",
        },
        Verdict: {
            Verdict.GUILTY: "The court found the person guilty",
            Verdict.NOT_GUILTY: "The court found the person not guilty",
            Verdict.NO_VERDICT: "The trial ended without a decision",
        },
        Referrer: {
            Referrer.POLICE: "The police",
            Referrer.CPS: "The prosecutors",
            Referrer.VICTIM: "You asked for it",
            Referrer.OTHER: "Somebody else",
        },
        ReceptionReason: {
            ReceptionReason.ADMISSION: "admission",
            ReceptionReason.READMISSION: "readmission",
        },
        RecallKind: {
            RecallKind.FIXED_TERM: "fixed term",
            RecallKind.STANDARD: "standard",
            RecallKind.UNKNOWN: "the source does not say",
        },
    }
)
"""By enumeration and member. Nothing is said of a member whose words are empty."""


def word(kind: type[StrEnum], value: str | None) -> str:
    """What this member is called; empty for a value that is absent, or of a later contract."""
    return WORDS[kind].get(value or "", "")
