"""What every decision of an officer's is asked for by."""

from typing import Annotated

from chassis.http.forms import Form
from contracts.ids import UUID_TEXT, EventId


class DecisionForm(Form):
    """`decision_id` is the asker's, and the id of the event that says so: the same sent again is one decision."""

    decision_id: Annotated[EventId, UUID_TEXT] | None = None
