"""Token exchange (RFC 8693): a client acts for the person who signed in to it, elsewhere, in one role, for a while."""

from collections.abc import Sequence
from dataclasses import dataclass

from chassis.security.delegation import ACCESS_KIND
from starlette.datastructures import FormData

from sandbox.issuer.refusals import TokenRefused
from sandbox.issuer.registry import Client, Registry
from sandbox.issuer.signing import ACTING, Signer

ONLY_ACCESS_TOKENS = "Only access tokens are exchanged here, for access tokens, and for the client alone."


@dataclass(frozen=True)
class Exchange:
    """Answers with a token or raises TokenRefused; the client has proved itself."""

    registry: Registry
    signer: Signer

    def answer(self, client_id: str, client: Client, form: FormData) -> dict[str, object]:
        if not (client.acts_at and client.confidential):
            raise TokenRefused("unauthorized_client", "This client acts for nobody.")
        _check_kinds(form)
        audience = _one_audience(client, form)
        subject = self._subject(client_id, client, form)
        token = self.signer.acting_token(subject=subject, client_id=client_id, audience=audience, role=client.acts_as)
        return {
            "access_token": token,
            "issued_token_type": ACCESS_KIND,
            "token_type": "Bearer",
            "expires_in": int(ACTING.total_seconds()),
        }

    def _subject(self, client_id: str, client: Client, form: FormData) -> str:
        subject = self.signer.signed_in(_one(form, "subject_token"), client_id=client_id)
        if subject is None:
            raise TokenRefused("invalid_request", "The subject_token is no sign-in to this client that lasts still.")
        if client.acts_as not in self._roles(subject):
            raise TokenRefused("invalid_request", "The subject does not have the role that this client acts in.")
        return subject

    def _roles(self, subject: str) -> Sequence[str]:
        """What they may be now, whatever they were when they signed in."""
        found = (persona.roles for persona in self.registry.personas.values() if persona.subject == subject)
        return next(found, ())


def _check_kinds(form: FormData) -> None:
    asked = _one(form, "requested_token_type") or ACCESS_KIND
    if _one(form, "subject_token_type") != ACCESS_KIND or asked != ACCESS_KIND or "actor_token" in form:
        raise TokenRefused("invalid_request", ONLY_ACCESS_TOKENS)
    if "scope" in form:
        raise TokenRefused("invalid_scope", "A token to act for somebody carries a role and no scopes.")


def _one_audience(client: Client, form: FormData) -> str:
    asked = [*form.getlist("audience"), *form.getlist("resource")]
    if len(asked) != 1 or asked[0] not in client.acts_at:
        raise TokenRefused("invalid_target", "Ask for one audience that this client acts at.")
    return str(asked[0])


def _one(form: FormData, name: str) -> str:
    """A member that is sent once at most (RFC 6749, 3.2)."""
    sent = form.getlist(name)
    if len(sent) > 1 or not all(isinstance(each, str) for each in sent):
        raise TokenRefused("invalid_request", "Send each member once.")
    return str(sent[0]) if sent else ""
