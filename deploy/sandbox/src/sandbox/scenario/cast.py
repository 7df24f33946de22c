"""Everybody and everything in the story, all invented: numbers are for drama (Ofcom), addresses at example.org."""

from typing import Final

AMIRA: Final = "amira"
BEN: Final = "ben"
STRANGER: Final = "stranger"
POLICE_OFFICER: Final = "police-officer"
WITNESS_CARE_OFFICER: Final = "witness-care-officer"

AMIRAS_NAME: Final = "Amira Hassan"
BENS_NAME: Final = "Ben Okoro"
AMIRAS_EMAIL: Final = "amira.hassan@example.org"
AMIRAS_PHONE: Final = "07700 900471"

SUBJECTS: Final = {
    AMIRA: "c0a1f3e2-5b7d-4e19-9a44-1f6f2d8b7a01",
    BEN: "c0a1f3e2-5b7d-4e19-9a44-1f6f2d8b7a02",
    POLICE_OFFICER: "c0a1f3e2-5b7d-4e19-9a44-1f6f2d8b7a11",
    WITNESS_CARE_OFFICER: "c0a1f3e2-5b7d-4e19-9a44-1f6f2d8b7a12",
}
"""What the issuer says of each persona."""

FORCE: Final = "45"
FIRST_CRIME: Final = "45/70011/26"
SECOND_CRIME: Final = "45/70388/26"
AMIRAS_NUMBER: Final = "V-20611"
BENS_NUMBER: Final = "V-20619"
URN: Final = "45AA7001126"

CASE_ID: Final = "5b1d2a60-6f0e-4c3d-8a51-9b0f6f1c7001"
DEFENDANT_ID: Final = "5b1d2a60-6f0e-4c3d-8a51-9b0f6f1c7002"
OFFENCE_ID: Final = "5b1d2a60-6f0e-4c3d-8a51-9b0f6f1c7003"
TRIAL_ID: Final = "5b1d2a60-6f0e-4c3d-8a51-9b0f6f1c7004"
SENTENCE_ID: Final = "5b1d2a60-6f0e-4c3d-8a51-9b0f6f1c7005"
OLD_HEARING_ID: Final = "5b1d2a60-6f0e-4c3d-8a51-9b0f6f1c7006"
APPEAL_HEARING_ID: Final = "5b1d2a60-6f0e-4c3d-8a51-9b0f6f1c7007"
APPEAL_ID: Final = "5b1d2a60-6f0e-4c3d-8a51-9b0f6f1c7008"
LARGE_HEARING_ID: Final = "5b1d2a60-6f0e-4c3d-8a51-9b0f6f1c7009"
OFFENCE_CODE: Final = "TH68036"
OFFENCE_TITLE: Final = "Burglary dwelling - with intent to steal"
PRISON_NUMBER: Final = "G9913VK"
NEXT_PRISON_NUMBER: Final = "G9927VK"
