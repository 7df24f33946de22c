"""Guards of tokens, sign-in and of what an operator meets."""

from mutations.mutation import Mutation

KEYS = "services/chassis/src/chassis/security/keys.py"
CLAIMS = "services/chassis/src/chassis/security/claims.py"
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
        guard="a setting's value is not repeated",
        file="services/chassis/src/chassis/settings.py",
        changes=(('else error["type"].replace("_", " ")', "else str(error)"),),
        test="tests/unit/chassis/test_settings.py"
        "::test_a_wrong_setting_is_named_by_its_variable_and_its_value_is_not_repeated",
        because="SENTINEL",
    ),
)
