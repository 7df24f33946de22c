"""A fake of the other services: answers what it was told to, and remembers what was asked."""

from dataclasses import dataclass, field

from chassis.open_transactions import refuse_within_transaction

from witness_care.elsewhere.peer import NotThere, Outcome, Peer, SignInAgain, Unreachable


@dataclass(slots=True)
class MemoryPeers:
    """`answers` by peer and path; `away` ones answer nobody, and once `spent` no sign-in is good enough."""

    answers: dict[tuple[Peer, str], Outcome] = field(default_factory=dict)
    away: set[Peer] = field(default_factory=set)
    spent: bool = False
    asked: list[tuple[str, Peer, str]] = field(default_factory=list)
    sent: list[tuple[str, Peer, str, object]] = field(default_factory=list)

    async def get(self, session_id: str, peer: Peer, path: str) -> Outcome:
        """What was put there."""
        self.asked.append((session_id, peer, path))
        return self._outcome(session_id, peer, path)

    async def post(self, session_id: str, peer: Peer, path: str, body: object) -> Outcome:
        """What was put there, and the body is remembered."""
        self.sent.append((session_id, peer, path, body))
        return self._outcome(session_id, peer, path)

    def _outcome(self, session_id: str, peer: Peer, path: str) -> Outcome:
        refuse_within_transaction()
        if self.spent or not session_id:
            return SignInAgain()
        return Unreachable() if peer in self.away else self.answers.get((peer, path), NotThere())
