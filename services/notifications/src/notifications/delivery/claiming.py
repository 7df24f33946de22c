"""At the safe moment: decide anew, then claim one message for everything that may be told now."""

from collections.abc import Sequence

from contracts.ids import MessageId, VictimId
from contracts.notifications import ChannelKind, MessageKind

from notifications.deciding.deciding import decide_about, set_alarm, settle
from notifications.decisions.decision_record import DecisionRecord
from notifications.decisions.verdicts import TellNow
from notifications.delivery.ledger import Ledger
from notifications.messages.message import Message


async def tell_what_is_due(ledger: Ledger, victim: VictimId) -> None:
    """Re-check each due item against the promise in force; those that may go leave as one neutral message."""
    await ledger.lock([victim])
    now = await ledger.now()
    cleared: list[DecisionRecord] = []
    channel: ChannelKind | None = None
    for record in await ledger.decisions.owed(victim):
        if not record.pending or record.until is None or record.until > now:
            continue
        decision = await decide_about(ledger, record.news, left=record.left, now=now)
        if isinstance(decision, TellNow):
            channel = decision.channel
            cleared.append(record.decided(decision, at=now))
        else:
            await settle(ledger, record, decision, now=now)
    if channel is not None:
        await _claim(ledger, victim, cleared=cleared, channel=channel)
    await set_alarm(ledger, victim)


async def _claim(ledger: Ledger, victim: VictimId, *, cleared: Sequence[DecisionRecord], channel: ChannelKind) -> None:
    promise = await ledger.promises.in_force(victim)
    message = Message.claim(
        MessageId(ledger.new_id()),
        victim=victim,
        channel=channel,
        kind=MessageKind.NEWS,
        news=tuple(record.news.news_id for record in cleared),
        promise_version=promise.version if promise else 0,
        at=await ledger.now(),
    )
    await ledger.messages.keep(message)
    for record in cleared:
        await ledger.decisions.keep(record.claimed(message.message_id))
