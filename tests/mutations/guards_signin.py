"""Guards of tokens, sign-in and of what an operator meets."""

from mutations.mutation import Mutation

KEYS = "services/chassis/src/chassis/security/keys.py"
CLAIMS = "services/chassis/src/chassis/security/claims.py"
SIGNIN_TEST = "tests/unit/chassis/security/test_signin.py"
OUT_TEST = "tests/unit/chassis/security/test_signing_out.py"
KEYS_TEST = "tests/unit/chassis/security/test_keys.py"
BEARER_TEST = "tests/unit/chassis/security/test_bearer.py"

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
        test=f"{BEARER_TEST}::test_nobody_queues_for_an_issuer_that_is_away",
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
        file="services/chassis/src/chassis/settings.py",
        changes=(('else error["type"].replace("_", " ")', "else str(error)"),),
        test="tests/unit/chassis/test_settings.py"
        "::test_a_wrong_setting_is_named_by_its_variable_and_its_value_is_not_repeated",
        because="SENTINEL",
    ),
)
