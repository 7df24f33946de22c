"""The only words that leave: neutral, the same for everybody, in English.

Anyone may read a message over the victim's shoulder, so it names no crime, court, police, agency, person or service,
and its address is the bare home page. Welsh follows when it has been reviewed; until then the language is only kept.
"""

from dataclasses import dataclass

from contracts.notifications import MessageKind


@dataclass(frozen=True, slots=True)
class Wording:
    """Subject (e-mail only) and body; `body` takes the home page's address as `{home}`."""

    subject: str
    body: str

    def body_with(self, home: str) -> str:
        """The body as it leaves."""
        return self.body.format(home=home)


WORDINGS = {
    MessageKind.NEWS: Wording("You have an update", "You have an update. Sign in when it is safe for you. {home}"),
    MessageKind.NOTHING_CHANGED: Wording(
        "Keeping in touch", "Nothing has changed since your last update. Sign in when it is safe for you. {home}"
    ),
}
