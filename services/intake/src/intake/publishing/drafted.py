"""From a planned event of a publisher to what is recorded: the event, and the links and merges that it makes."""

from datetime import datetime

import msgspec
from chassis.vault.composing import Draft
from contracts.intake import Actor, ActorKind

from intake.identity.claims import NO_CLAIMS
from intake.identity.directory import Plan
from intake.publishing.incoming import Incoming
from intake.recording.drafting import doubts_of, link_draft, merge_draft, resolved_draft
from intake.recording.held import Held


class Drafted(msgspec.Struct, frozen=True, gc=False):
    """One event with what follows from it, recorded together or not at all."""

    drafts: tuple[Draft, ...]
    held: Held | None

    @property
    def name(self) -> tuple[str, str]:
        """Source and id of the event."""
        said = self.drafts[0].said
        return said.source, said.id


def drafted(event: Incoming, plan: Plan, *, now: datetime, actor: Actor, held: Held | None = None) -> Drafted:
    """The event as planned, the links and merges it makes, and what the guard is to hold."""
    doubt = doubts_of(plan.doubts, time=event.said.time, now=now)
    own = resolved_draft(
        event.said, event.data, case_id=plan.case_id, victim_id=plan.victim_id, doubt=doubt, crimeids=plan.crimeids
    )
    if plan.claims is NO_CLAIMS:
        return Drafted((own,), held)
    envelope = event.said.envelope()
    links = [link_draft(link, cause=envelope, now=now, actor=actor) for link in plan.claims.links]
    merges = [merge_draft(merge, cause=envelope, now=now, actor=actor) for merge in plan.claims.merges]
    if held is None and not plan.claims.is_empty():
        held = Held(claims=plan.claims, by=actor.subject, cause=(event.said.source, event.said.id))
    return Drafted((own, *merges, *links), held)


def publisher_actor(client_id: str) -> Actor:
    return Actor(kind=ActorKind.PUBLISHER, subject=client_id)
