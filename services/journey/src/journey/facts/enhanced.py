"""When the police found that a victim has enhanced rights, by all that names her."""

from collections.abc import Iterable
from datetime import datetime

from journey.facts.chain import Chain, chains_of
from journey.facts.fact import Fact


def enhanced_at(facts: Iterable[Fact]) -> datetime | None:
    """Since when she has had enhanced rights without a break, by what any force says now; None where none says so.

    Another force's silence takes nothing back; a correction without categories does, and so does a retraction.
    """
    found = [at for chain in chains_of(facts) if chain.retraction is None and (at := _found_at(chain)) is not None]
    return min(found, default=None)


def _found_at(chain: Chain) -> datetime | None:
    since = None
    for version in chain.versions:
        if not version.said.categories:
            since = None
        elif since is None:
            since = version.recorded_at
    return since
