"""Guards of tokens, sign-in and of what an operator meets."""

from mutations.mutation import Mutation

KEYS = "services/chassis/src/chassis/security/keys.py"
CLAIMS = "services/chassis/src/chassis/security/claims.py"
SIGNIN_TEST = "tests/unit/chassis/security/test_signin.py"
OUT_TEST = "tests/unit/chassis/security/test_signing_out.py"
KEYS_TEST = "tests/unit/chassis/security/test_keys.py"
ISSUER_TEST = "tests/unit/chassis/security/test_issuer_keys.py"
BEARER_TEST = "tests/unit/chassis/security/test_bearer.py"
SEALED = "services/chassis/src/chassis/security/sealed_access.py"
SEALED_TEST = "tests/unit/chassis/security/test_sealed_access.py"
EXCHANGE = "deploy/sandbox/src/sandbox/issuer/exchange.py"
EXCHANGE_TEST = "tests/unit/sandbox/issuer/test_exchange.py"

SIGNIN = (
    Mutation(
        guard="each key of the issuer by itself",
        file=KEYS,
        changes=(
            (" except (JoseError, ValueError, TypeError, KeyError, OverflowError):", " except ZeroDivisionError:"),
        ),
        test=f"{KEYS_TEST}::test_an_odd_key_beside_a_good_one_stops_nothing",
        because="Error",
    ),
    Mutation(
        guard="a published private half is no key of the issuer",
        file=KEYS,
        changes=(("if not _PRIVATE.isdisjoint(key):", "if False:"),),
        test=f"{KEYS_TEST}::test_without_a_usable_key_the_issuer_is_away_and_readiness_says_so",
        because="DID NOT RAISE|TokenRefused",
    ),
    Mutation(
        guard="a token is for the audience that reads it",
        file=CLAIMS,
        changes=(('if audience not in texts(claims.get("aud")):', "if False:"),),
        test=f"{BEARER_TEST}::test_a_wrong_token_is_refused",
        because="DID NOT RAISE",
    ),
    Mutation(
        guard="nobody queues for an issuer that is away",
        file="services/chassis/src/chassis/security/issuer.py",
        changes=(("self._away is not None and now - self._away[1] < _AWAY_FOR", "self._away is None and False"),),
        test=f"{ISSUER_TEST}::test_nobody_queues_for_an_issuer_that_is_away",
        because="assert 20 == 1",
    ),
    Mutation(
        guard="every sign-in asks the issuer to ask the person again",
        file="services/chassis/src/chassis/security/oidc.py",
        changes=(('            "prompt": "login",\n', ""),),
        test=f"{SIGNIN_TEST}::test_every_sign_in_asks_the_issuer_to_ask_the_person_again",
        because="KeyError",
    ),
    Mutation(
        guard="each sign-in attempt has a cookie of its own",
        file="services/chassis/src/chassis/security/attempts.py",
        changes=(('f"{self._prefix}-{attempt.state[:8]}"', 'f"{self._prefix}-one"'),),
        test=f"{SIGNIN_TEST}::test_two_tabs_sign_in_beside_one_another",
        because="KeyError",
    ),
    Mutation(
        guard="asking whether a session lives does not keep it alive",
        file="services/chassis/src/chassis/security/signin.py",
        changes=(("204 if await self.glance(request)", "204 if await self.session(request)"),),
        test=f"{OUT_TEST}::test_asking_whether_the_session_lives_does_not_keep_it_alive",
        because="assert",
    ),
    Mutation(
        guard="health and numbers stay off the public port",
        file="services/chassis/src/chassis/http/app.py",
        changes=(("app.router.routes[:] = [route for route in app.router.routes if route not in apart]", "pass"),),
        test="tests/integration/chassis/test_service.py"
        "::test_health_and_numbers_answer_on_a_port_of_their_own_and_not_on_the_public_one",
        because="200 == 404",
    ),
    Mutation(
        guard="a setting's value is not repeated",
        file="services/chassis/src/chassis/environment.py",
        changes=(('else error["type"].replace("_", " ")', "else str(error)"),),
        test="tests/unit/chassis/test_settings.py"
        "::test_a_wrong_setting_is_named_by_its_variable_and_its_value_is_not_repeated",
        because="SENTINEL",
    ),
    Mutation(
        guard="a client acts for nobody without the role it acts in",
        file=EXCHANGE,
        changes=(("if client.acts_as not in self._roles(subject):", "if False:"),),
        test=f"{EXCHANGE_TEST}::test_nobody_acts_for_a_person_without_the_role",
        because="access_token",
    ),
    Mutation(
        guard="an exchanged token carries the one role and no other of the person",
        file="deploy/sandbox/src/sandbox/issuer/signing.py",
        changes=(('"roles": [role], "act"', '"roles": [role, "auditor"], "act"'),),
        test=f"{EXCHANGE_TEST}"
        "::test_an_exchanged_token_is_of_the_person_for_one_audience_in_one_role_and_says_who_acts",
        because="auditor",
    ),
    Mutation(
        guard="a client acts only where it may",
        file=EXCHANGE,
        changes=((" or asked[0] not in client.acts_at:", ":"),),
        test=f"{EXCHANGE_TEST}::test_what_is_not_asked_for_rightly_is_refused",
        because="access_token",
    ),
    Mutation(
        guard="only the client that a person signed in to acts for them",
        file="deploy/sandbox/src/sandbox/issuer/signing.py",
        changes=((' and decoded.claims.get("client_id") == client_id', ""),),
        test=f"{EXCHANGE_TEST}::test_only_the_sign_in_to_this_client_is_exchanged",
        because="access_token",
    ),
    Mutation(
        guard="the key of what a session keeps is its id",
        file=SEALED,
        changes=(("derive(session_id.encode())", 'derive(b"one for all")'),),
        test=f"{SEALED_TEST}::test_it_opens_with_no_other_id",
        because="assert",
    ),
    Mutation(
        guard="what a session keeps to act elsewhere is sealed",
        file=SEALED,
        changes=(
            ("_cipher(session_id).encrypt(nonce, token.encode(), _PURPOSE)", "token.encode()"),
            ("_cipher(session_id).decrypt(text[:_NONCE_BYTES], text[_NONCE_BYTES:], _PURPOSE)", "text[_NONCE_BYTES:]"),
        ),
        test=f"{SEALED_TEST}::test_a_token_opens_with_the_id_that_it_was_sealed_under",
        because="not in",
    ),
    Mutation(
        guard="who signed out is not acted for, whatever is remembered",
        file="services/chassis/src/chassis/security/delegation.py",
        changes=(("if not subject_token:", "if False:"),),
        test="tests/unit/chassis/security/test_delegation.py"
        "::test_a_token_goes_with_its_session_however_long_it_would_last",
        because="DID NOT RAISE",
    ),
    Mutation(
        guard="a sign-in where nobody is acted for keeps no access token",
        file="services/chassis/src/chassis/security/signin.py",
        changes=((' if self._delegates else ""', ""),),
        test=f"{SIGNIN_TEST}::test_a_session_keeps_the_access_token_only_where_the_service_acts_for_its_people",
        because="assert True is False",
    ),
)
