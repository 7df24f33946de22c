"""The border: what happened, as the events the world reads."""

from chassis.clock import Clock
from chassis.vault.composing import Draft
from contracts.envelope import Envelope

from notifications.transaction.fact import SOURCE, Fact


def draft_of(fact: Fact, *, clock: Clock) -> Draft:
    """A fact as a draft, keyed by victim; one stream per victim, not version-checked."""
    (name, data), victim = fact.said(), fact.victim
    envelope = Envelope(id=clock.new_id(), source=SOURCE, type=name, time=fact.at, victimid=victim)
    return Draft.of(envelope, data, stream=f"notifications/{victim}", key=victim, subject=f"victim/{victim}")
