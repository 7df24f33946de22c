"""What the agencies' facts have in common: which case, which victim, which defendant."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from contracts.ids import DefendantId, OffenceId
from contracts.references import Reference, VictimNumber
from contracts.shape import OPAQUE, Line, Opaque, Shape

DefendantIdText = Annotated[DefendantId, OPAQUE]
OffenceIdText = Annotated[OffenceId, OPAQUE]


class CaseFact(Shape):
    """A fact about a case, named by the references its publisher knows; intake adds `caseid` to the envelope."""

    references: tuple[Reference, ...] = Field(min_length=1, max_length=20)

    @property
    def concerned_defendants(self) -> tuple[DefendantId, ...]:
        """The defendants whom the fact is about; empty when it is about the whole case."""
        return ()

    @property
    def concerned_offences(self) -> tuple[OffenceId, ...]:
        """The charged offences that the fact is about; empty when it is not about particular ones."""
        return ()


class VictimFact(CaseFact):
    """A fact about one victim in a case; intake adds `victimid` to the envelope."""

    victim: VictimNumber


class DefendantFact(CaseFact):
    """A fact about one defendant in a case, and some of the charged offences where they are known."""

    defendant_id: DefendantIdText
    offence_ids: tuple[OffenceIdText, ...] = Field(default=(), max_length=200)

    @property
    def concerned_defendants(self) -> tuple[DefendantId, ...]:
        return (self.defendant_id,)

    @property
    def concerned_offences(self) -> tuple[OffenceId, ...]:
        return self.offence_ids


class Scope(StrEnum):
    """How much of the case has ended."""

    SOME = "some"
    ALL = "all"


class ForWhom(StrEnum):
    """Whom a fact's own words are for, where a crime may have harmed several people."""

    EACH_VICTIM = "each-victim"
    OFFICERS = "officers"


class Offence(Shape):
    """A charged offence by its national code and title; the wording of the charge names people and stays out."""

    offence_id: OffenceIdText | None = None
    code: Opaque
    title: Line


class ChargeFact(CaseFact):
    """A fact about charges. Before the court has numbered the accused no defendant is named, and it is the case's."""

    defendant_id: DefendantIdText | None = None
    offences: tuple[Offence, ...] = Field(default=(), max_length=200)

    @property
    def concerned_defendants(self) -> tuple[DefendantId, ...]:
        return () if self.defendant_id is None else (self.defendant_id,)

    @property
    def concerned_offences(self) -> tuple[OffenceId, ...]:
        return tuple(offence.offence_id for offence in self.offences if offence.offence_id is not None)
