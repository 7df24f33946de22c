"""The errors of the officer's desk.

WitnessCareError
├── UnknownVictim          nobody has told us of this victim
├── AlreadyTheContact      the officer already answers to this victim
├── AnotherTookOver        somebody else answers to the victim than the officer saw
├── NotYourRole            an officer takes over as what their sign-in does not say that they are
├── ContactInTheFuture     a contact is recorded after it was made
├── NewsYetToHappen        a contact names news that happened only after it was made
├── TellingIsNotEnough     a contact names a duty that something done for the victim meets
├── NoSuchContact          a contact to take back was never made with this victim
├── NoSuchWish             nobody waits for this: it was acted on, taken back, or never asked for
├── AccessAlreadyGranted   this sign-in already sees this victim's journey
└── NoSuchAccess           there is no such grant to take back
"""


class WitnessCareError(Exception):
    """A command that the facts do not allow; the message says what to do next."""


class UnknownVictim(WitnessCareError):
    """No event names this victim, or not to this officer: both are answered alike."""

    def __init__(self) -> None:
        super().__init__(
            "There is no such victim here. Check the id, or wait until the first event about them arrives."
        )


class AlreadyTheContact(WitnessCareError):
    """The officer who takes over is already the single point of contact."""

    def __init__(self) -> None:
        super().__init__("You are already this victim's single point of contact. Nothing needs to be taken over.")


class AnotherTookOver(WitnessCareError):
    """The single point of contact is no longer who the officer saw when they decided to take over."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody else became this victim's single point of contact while you looked. See who it is now."
        )


class NotYourRole(WitnessCareError):
    """A victim is told what an officer is as the sign-in says it."""

    def __init__(self) -> None:
        super().__init__(
            "Your sign-in does not say that you are this. Take over as what it says, or have it put right."
        )


class ContactInTheFuture(WitnessCareError):
    """A contact that has not happened yet cannot have told anybody anything."""

    def __init__(self) -> None:
        super().__init__("The contact lies in the future. Record it after it was made.")


class NewsYetToHappen(WitnessCareError):
    """What has not happened yet was not told."""

    def __init__(self) -> None:
        super().__init__(
            "Some of the news happened after the contact was made, so it cannot have been told then. Record the "
            "contact with what had happened by then, or with when it was made."
        )


class TellingIsNotEnough(WitnessCareError):
    """A conversation does not do what the duty asks for."""

    def __init__(self) -> None:
        super().__init__(
            "One of the duties ends by something done for the victim, as a referral is, and not by telling them. "
            "Record the contact without that duty; it stays due until it is done."
        )


class NoSuchContact(WitnessCareError):
    """No contact by this id was made with this victim."""

    def __init__(self) -> None:
        super().__init__("No such contact was made with this victim. Check the id; perhaps it was with somebody else.")


class NoSuchWish(WitnessCareError):
    """What was asked for is settled already, or was not asked for."""

    def __init__(self) -> None:
        super().__init__("This victim does not wait for that now. Read what is due again to see what became of it.")


class AccessAlreadyGranted(WitnessCareError):
    """The sign-in has access already."""

    def __init__(self) -> None:
        super().__init__("This sign-in already has access to this victim's journey.")


class NoSuchAccess(WitnessCareError):
    """There is no such grant."""

    def __init__(self) -> None:
        super().__init__("This sign-in has no access to this victim's journey, so there is nothing to take back.")
