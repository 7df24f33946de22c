"""Events of which one in five concerns a victim: links, then charges among what nobody is told. All invented."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

from bench.victims import SOURCE
from bench.victims import drafts as drafts_about_victims
from chassis.vault.attributes import said_of
from chassis.vault.composing import Draft
from contracts.envelope import Envelope
from contracts.intake import Actor, ActorKind
from contracts.police import SuspectCharged
from contracts.references import Reference, Scheme
from intake.identity.claims import Link
from intake.recording.drafting import link_draft, resolved_draft

ONE_IN, FACTS_EACH = 5, 4
AT = datetime(2026, 11, 9, 20, 5, tzinfo=UTC)
PUBLISHER = Actor(kind=ActorKind.PUBLISHER, subject="bench")


def drafts(count: int, *, run: str) -> list[Draft]:
    """`count` events: a link for each victim, then one charge in five."""
    victims = count // ONE_IN // FACTS_EACH
    rest = iter(drafts_about_victims(count - victims, run=run))
    return [*_links(victims), *_mixed(rest, count - victims, run, victims)]


def _links(victims: int) -> Iterator[Draft]:
    for victim in range(victims):
        case_id, victim_id = _case(victim), str(UUID(int=(1 << 101) + victim))
        link = Link(str(UUID(int=(1 << 102) + victim)), victim_id, case_id)
        yield link_draft(link, now=AT, actor=PUBLISHER)


def _mixed(rest: Iterator[Draft], count: int, run: str, victims: int) -> Iterator[Draft]:
    for number in range(count):
        yield _charge(number, run, victims) if number % ONE_IN == 0 else next(rest)


def _charge(number: int, run: str, victims: int) -> Draft:
    victim = number // ONE_IN % victims
    reference = Reference(scheme=Scheme.CRIME_REFERENCE, issuer="humberton-police", value=f"16/{victim:05}/26")
    envelope = Envelope(id=f"{run}-charge-{number:09}", source=SOURCE, type="police.suspect-charged.v1", time=AT)
    return resolved_draft(
        said_of(envelope), SuspectCharged(references=(reference,)), case_id=_case(victim), victim_id=None
    )


def _case(victim: int) -> str:
    return str(UUID(int=(1 << 100) + victim))
