"""The parts of a Common Platform hearing that we read, as its schema names them; all else in it is ignored.

What comes as a list, and what may hold news of its own, is decoded part by part: see `salvage.part`.
"""

from typing import Final

from msgspec import Raw, Struct, field

NOTHING: Final = Raw()
"""A part that is not there."""


class Coded(Struct, rename="camel"):
    id: str | None = None
    code: str | None = None
    description: str | None = None
    type: str | None = None


class CourtCentre(Struct, rename="camel"):
    id: str | None = None
    code: str | None = None
    name: str | None = None


class HearingDay(Struct, rename="camel"):
    sitting_day: str
    listed_duration_minutes: int | None = None
    is_cancelled: bool | None = None
    court_centre_id: str | None = None


class Plea(Struct, rename="camel"):
    plea_value: str
    plea_date: str | None = None
    originating_hearing_id: str | None = None


class VerdictType(Struct, rename="camel"):
    description: str | None = None
    category_type: str | None = None


class LesserOffence(Struct, rename="camel"):
    offence_title: str | None = None
    offence_code: str | None = None


class Verdict(Struct, rename="camel"):
    verdict_date: str | None = None
    verdict_type: VerdictType | None = None
    originating_hearing_id: str | None = None
    lesser_or_alternative_offence: LesserOffence | None = None


class Prompt(Struct, rename="camel"):
    label: str | None = None
    value: str | None = None
    prompt_reference: str | None = None


class NextHearing(Struct, rename="camel"):
    type: Coded | None = None
    court_centre: CourtCentre | None = None
    listed_start_date_time: str | None = None
    week_commencing_date: str | None = None
    estimated_minutes: int | None = None
    adjournment_reason: str | None = None
    existing_hearing_id: str | None = None


class JudicialResult(Struct, rename="camel"):
    label: str
    judicial_result_id: str | None = None
    judicial_result_type_id: str | None = None
    ordered_hearing_id: str | None = None
    ordered_date: str | None = None
    category: str | None = None
    cjs_code: str | None = None
    result_text: str | None = None
    is_deleted: bool | None = None
    amendment_reason: str | None = None
    next_hearing: NextHearing | None = None
    judicial_result_prompts: list[Prompt] | None = None


class Offence(Struct, rename="camel"):
    id: str
    plea: Raw = NOTHING
    verdict: Raw = NOTHING
    conviction_date: str | None = None
    is_discontinued: bool | None = None
    judicial_results: list[Raw] | None = None


class PersonDefendant(Struct, rename="camel"):
    bail_status: Coded | None = None
    bail_conditions: str | None = None


class Defendant(Struct, rename="camel"):
    id: str
    offences: list[Raw] | None = None
    person_defendant: Raw = NOTHING
    judicial_results: list[Raw] | None = None


class CaseIdentifier(Struct, rename="camel"):
    case_urn: str | None = field(name="caseURN", default=None)
    prosecution_authority_reference: str | None = None
    prosecution_authority_code: str | None = None


class ProsecutionCase(Struct, rename="camel"):
    id: str
    prosecution_case_identifier: CaseIdentifier | None = None
    defendants: list[Raw] | None = None


class Named(Struct):
    """Any part, as far as its id tells what it is."""

    id: str | None = None


class Ordered(Struct, rename="camel"):
    """A result, as far as it says which hearing ordered it."""

    ordered_hearing_id: str | None = None


class Hearing(Struct, rename="camel"):
    id: str
    type: Coded | None = None
    jurisdiction_type: str | None = None
    court_centre: CourtCentre | None = None
    hearing_days: list[Raw] | None = None
    prosecution_cases: list[Raw] | None = None
    court_applications: list[Raw] | None = None
    defendant_judicial_results: list[Raw] | None = None
    is_vacated_trial: bool | None = None
    cracked_ineffective_trial: Coded | None = None


class HearingMessage(Struct, rename="camel"):
    hearing: Hearing
    shared_time: str | None = None
