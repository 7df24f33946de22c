"""What can go wrong with the vault.

ThroughlineError
├── TransientFailure
│   ├── VaultUnreachable   try again later; never read as "erased"
│   ├── WrappedElsewhere   this process lacks the wrapping key; a restart with it cures that
│   └── KeysLeft           a change of wrapping keys is not at its end
└── PermanentFailure
    ├── SubjectErased      there is a tombstone: nothing more can be sealed for this subject
    ├── KeyUnknown         nothing was ever sealed for this subject
    ├── VaultRefused       this role may not do this
    └── SealBroken         what was opened is not what was sealed, or not where it was sealed
"""

from chassis.errors import PermanentFailure, TransientFailure


class VaultUnreachable(TransientFailure):
    """The vault does not answer; nothing is known about any key."""


class WrappedElsewhere(TransientFailure):
    """The setting vault_kek lacks the key that wrapped a data key; nothing is lost, and a restart with it goes on."""


class KeysLeft(TransientFailure):
    """Data keys are still wrapped by an older key, since some process still makes them so."""


class SubjectErased(PermanentFailure):
    """The subject's key was destroyed; nothing personal can be recorded for them again."""


class KeyUnknown(PermanentFailure):
    """The vault has no key and no tombstone for the subject: it was never sealed here, or this is another vault."""


class VaultRefused(PermanentFailure):
    """The vault refused this service's role; grant it with `migrate_vault`, or look who is asking."""


class SealBroken(PermanentFailure):
    """A sealed text is damaged, or stands in another event, field, type or subject than it was sealed for."""
