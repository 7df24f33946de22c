"""What an officer decides on the page of one victim."""

from typing import Annotated

from contracts.ids import UUID_TEXT, VictimId
from pydantic import StringConstraints

from witness_care.due.forms import PageForm

_Id = Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=r"^[\x21-\x7e]+$")]


class PersonForm(PageForm):
    """Whose page it is to be."""

    victim: Annotated[VictimId, UUID_TEXT]


class ActForm(PageForm):
    """What is asked of intake. `page_id` is the page's: the same sent twice from one page is one decision."""

    page_id: Annotated[str, UUID_TEXT] | None = None


class DoubtForm(ActForm):
    """A fact in doubt is right."""

    source: _Id
    event_id: _Id


class LinkForm(ActForm):
    """A link is wrong, and why."""

    link_id: _Id
    why: Annotated[str, StringConstraints(max_length=1000, strip_whitespace=True)] = ""


class VictimOfForm(ActForm):
    """The victim is a victim of this accused, and why that is known."""

    case_id: _Id
    defendant_id: _Id
    why: Annotated[str, StringConstraints(max_length=1000, strip_whitespace=True)] = ""


class NumberForm(ActForm):
    """Which prisoner a defendant is."""

    case_id: _Id
    defendant_id: _Id
    number: Annotated[str, StringConstraints(max_length=20, strip_whitespace=True)] = ""


class WithdrawalForm(NumberForm):
    """A number that was confirmed is not the defendant's, and why it was taken for theirs."""

    why: Annotated[str, StringConstraints(max_length=1000, strip_whitespace=True)] = ""
