"""Names whose meaning is settled, kept in memory: agencies speak of the same cases and victims again and again."""

from collections.abc import Sequence

from intake.identity.directory import Directory, Plan
from intake.identity.naming import Mention
from intake.identity.planning import settled

_MOST = 20_000


class SettledNames:
    """Plans of mentions that are known, agree and ask for nothing new, at one revision of the identity tables.

    The tables' revision moves with every merge and every revoked link, and everything is forgotten then. What is not
    settled is never kept, so a name that is new is found as soon as it is there.
    """

    def __init__(self) -> None:
        self._plans: dict[Mention, Plan] = {}
        self._revision = 0

    def known(self, mentions: Sequence[Mention], *, revision: int) -> dict[Mention, Plan]:
        """What is kept of these mentions, if it is of that revision."""
        if revision > self._revision:
            self._plans.clear()
            self._revision = revision
        if revision < self._revision:
            return {}
        return {mention: plan for mention in mentions if (plan := self._plans.get(mention)) is not None}

    def learn(self, mentions: Sequence[Mention], directory: Directory, *, revision: int) -> None:
        """Keep what was looked up at that revision, unless a request beside this one has seen a later one."""
        if revision != self._revision:
            return
        if len(self._plans) + len(mentions) > _MOST:
            self._plans.clear()
        for mention in mentions:
            plan = settled(mention, directory)
            if plan is not None:
                self._plans[mention] = plan
