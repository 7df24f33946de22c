"""Agree, and read, a contact promise."""

from dataclasses import dataclass, field, replace

from chassis.clock import Clock
from contracts.ids import VictimId
from contracts.notifications import AgreedBy, ChannelKind

from notifications.agreeing.ledger import Ledger
from notifications.deciding.deciding import decide_pending_anew
from notifications.errors import PromiseHasMoved
from notifications.keeping_in_touch.silence import hear_from_us
from notifications.promise.channels import SealedText
from notifications.promise.contact_promise import ContactPromise
from notifications.promise.seals import Seals
from notifications.promise.terms import Terms
from notifications.transaction.ledger import Ledgers

CODE_WORD = "code_word"


@dataclass(frozen=True, slots=True)
class ClearTerms:
    """Terms with their addresses (by channel) and code word in clear; these are never printed.

    `terms` itself holds no sealed text on the way in.
    """

    terms: Terms
    addresses: dict[ChannelKind, str] = field(repr=False)
    code_word: str | None = field(default=None, repr=False)


async def agree_promise(
    ledgers: Ledgers[Ledger],
    clear: ClearTerms,
    *,
    victim: VictimId,
    read_version: int | None,
    agreed_by: AgreedBy,
    seals: Seals,
    clock: Clock,
) -> int:
    """Put new terms in force and return their version; pending news is decided anew in the same transaction.

    `read_version` is the version that the caller had read, None for "there was none". Raises `UnusableTerms`,
    `PromiseHasMoved`, and `TransientFailure` when the vault is away.
    """
    event_id = clock.new_id()
    terms = await _sealed(clear, victim=victim, event_id=event_id, seals=seals)
    async with ledgers.begin() as ledger:
        await ledger.lock([victim])
        promise = await _agree(ledger, victim, terms=terms, read_version=read_version, agreed_by=agreed_by)
        await ledger.promises.save(promise, event_id=event_id)
        await decide_pending_anew(ledger, victim)
        await hear_from_us(ledger, victim, at=await ledger.now())
        return promise.version


async def open_terms(seals: Seals, victim: VictimId, *, terms: Terms, purpose: str) -> ClearTerms:
    """The terms with what is sealed in them in clear; erased texts are absent."""
    sealed = {channel.kind.value: channel.address for channel in terms.channels if channel.address is not None}
    if terms.code_word is not None:
        sealed[CODE_WORD] = terms.code_word
    opened = await seals.open(victim, sealed=sealed, purpose=purpose) if sealed else {}
    addresses = {ChannelKind(name): text for name, text in opened.items() if name != CODE_WORD}
    return ClearTerms(terms, addresses, opened.get(CODE_WORD))


async def _agree(
    ledger: Ledger, victim: VictimId, *, terms: Terms, read_version: int | None, agreed_by: AgreedBy
) -> ContactPromise:
    now = await ledger.now()
    promise = await ledger.promises.load(victim)
    if promise is not None:
        promise.agree_again(terms, expected_version=read_version or 0, agreed_by=agreed_by, at=now)
        return promise
    if read_version:
        raise PromiseHasMoved("there is no such promise: read it again, then agree")
    return ContactPromise.agree_first(victim, terms=terms, agreed_by=agreed_by, at=now)


async def _sealed(clear: ClearTerms, *, victim: VictimId, event_id: str, seals: Seals) -> Terms:
    texts = {kind.value: address for kind, address in clear.addresses.items()}
    if clear.code_word is not None:
        texts[CODE_WORD] = clear.code_word
    sealed: dict[str, SealedText] = await seals.seal(victim, event_id=event_id, texts=texts) if texts else {}
    channels = tuple(replace(channel, address=sealed.get(channel.kind.value)) for channel in clear.terms.channels)
    return replace(clear.terms, channels=channels, code_word=sealed.get(CODE_WORD))
