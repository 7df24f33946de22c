"""Sessions in memory and in PostgreSQL keep the same promises."""

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from hashlib import sha256

import pytest
from chassis.database import open_pool
from chassis.security.principal import Principal
from chassis.security.sealed_access import opened
from chassis.security.sessions import MemorySessions, PostgresSessions, SessionLimits, Sessions
from chassis.testing.clock import FakeClock

LIMITS = SessionLimits(idle=timedelta(minutes=10), absolute=timedelta(minutes=25))


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture(params=["memory", pytest.param("postgres", marks=pytest.mark.servers)])
def where(request: pytest.FixtureRequest) -> str | None:
    if request.param == "memory":
        return None
    database: Callable[[str], str] = request.getfixturevalue("database")
    return database("chassis")


@pytest.fixture
async def sessions(where: str | None, clock: FakeClock) -> AsyncIterator[Sessions]:
    if where is None:
        yield MemorySessions(clock=clock, limits=LIMITS)
        return
    async with open_pool(where, size=2) as pool:
        yield PostgresSessions(pool, clock=clock, limits=LIMITS)


async def test_a_session_is_found_by_its_id_alone(sessions: Sessions) -> None:
    session_id = await sessions.open("amira", roles={"victim"})
    assert await sessions.find(session_id) == Principal("amira", roles=frozenset({"victim"}))
    assert await sessions.find(session_id + "x") is None
    assert await sessions.find("") is None


async def test_each_session_has_an_id_of_its_own(sessions: Sessions) -> None:
    assert await sessions.open("amira", roles=()) != await sessions.open("amira", roles=())


async def test_what_was_chosen_is_kept_in_that_session_alone_until_it_ends(sessions: Sessions) -> None:
    chosen, other = await sessions.open("amira", roles=()), await sessions.open("amira", roles=())
    await sessions.choose(chosen, "first")
    await sessions.choose(chosen, "second")
    assert await sessions.find(chosen) == Principal("amira", choice="second")
    assert await sessions.find(other) == Principal("amira")
    await sessions.end(chosen)
    await sessions.choose(chosen, "third")
    assert await sessions.find(chosen) is None


async def test_use_keeps_a_session_alive_until_its_absolute_end(sessions: Sessions, clock: FakeClock) -> None:
    session_id = await sessions.open("amira", roles=())
    for _ in range(2):
        clock.advance(timedelta(minutes=9))
        assert await sessions.find(session_id) is not None
    clock.advance(timedelta(minutes=7))
    assert await sessions.find(session_id) is None


async def test_a_glance_finds_what_is_chosen_now_and_is_no_use(sessions: Sessions, clock: FakeClock) -> None:
    session_id = await sessions.open("amira", roles={"victim"})
    await sessions.choose(session_id, "second")
    clock.advance(timedelta(minutes=9))
    assert await sessions.glance(session_id) == Principal("amira", roles=frozenset({"victim"}), choice="second")
    clock.advance(timedelta(minutes=1))
    assert await sessions.glance(session_id) is None
    assert await sessions.find(session_id) is None
    assert await sessions.glance("") is None


async def test_an_idle_session_ends(sessions: Sessions, clock: FakeClock) -> None:
    session_id = await sessions.open("amira", roles=())
    clock.advance(timedelta(minutes=10))
    assert await sessions.find(session_id) is None


async def test_ending_one_leaves_the_others_and_ending_all_of_one_person_leaves_other_people(
    sessions: Sessions,
) -> None:
    first, second = await sessions.open("amira", roles=()), await sessions.open("amira", roles=())
    other = await sessions.open("bela", roles=())
    await sessions.end(first)
    await sessions.end(first)
    assert await sessions.find(first) is None
    assert await sessions.find(second) is not None
    await sessions.end_all_of("amira")
    assert await sessions.find(second) is None
    assert await sessions.find(other) is not None


async def test_a_sign_in_with_other_roles_ends_the_sessions_with_the_roles_of_before(sessions: Sessions) -> None:
    """Guards a role that the issuer took away, or gave."""
    before = [
        await sessions.open("robin", roles=roles) for roles in (("officer", "supervisor"), ("supervisor", "officer"))
    ]
    another = await sessions.open("amira", roles={"officer", "supervisor"})
    assert all([await sessions.find(one) for one in (*before, another)])
    after = await sessions.open("robin", roles={"officer"})
    assert [await sessions.find(one) is not None for one in (*before, another, after)] == [False, False, True, True]
    assert await sessions.open("robin", roles=())
    assert await sessions.find(after) is None


async def test_the_access_token_of_a_sign_in_opens_with_the_id_of_its_session_alone(sessions: Sessions) -> None:
    session_id = await sessions.open("bela", roles=(), access="token-of-bela")
    other, none = await sessions.open("amira", roles=(), access="token-of-amira"), await sessions.open("c", roles=())
    assert await sessions.access(session_id) == "token-of-bela"
    assert await sessions.access(other) == "token-of-amira"
    assert [await sessions.access(each) for each in (none, session_id + "x", "")] == ["", "", ""]


@pytest.mark.parametrize("ending", ["end", "end of all", "idle"])
async def test_the_access_token_goes_with_its_session(sessions: Sessions, clock: FakeClock, ending: str) -> None:
    session_id = await sessions.open("bela", roles=(), access="token-of-bela")
    match ending:
        case "end":
            await sessions.end(session_id)
        case "end of all":
            await sessions.end_all_of("bela")
        case _:
            clock.advance(timedelta(minutes=10))
    assert await sessions.access(session_id) == ""


async def test_asking_for_the_access_token_does_not_keep_a_session_alive(sessions: Sessions, clock: FakeClock) -> None:
    session_id = await sessions.open("bela", roles=(), access="token-of-bela")
    clock.advance(timedelta(minutes=9))
    await sessions.access(session_id)
    clock.advance(timedelta(minutes=1))
    assert await sessions.find(session_id) is None


@pytest.mark.servers
async def test_the_database_alone_opens_no_access_token(database: Callable[[str], str], clock: FakeClock) -> None:
    async with open_pool(database("chassis"), size=2) as pool:
        sessions = PostgresSessions(pool, clock=clock, limits=LIMITS)
        session_id = await sessions.open("bela", roles=(), access="token-of-bela")
        other = await sessions.open("bela", roles=(), access="another")
        async with pool.acquire() as connection:
            found = "SELECT * FROM session WHERE id_hash = $1"
            held = await connection.fetchrow(found, sha256(session_id.encode()).digest())
            assert held is not None
            await connection.execute("UPDATE session SET access = $1", held["access"])
        assert "token-of-bela" not in repr(dict(held))
        assert session_id not in repr(dict(held))
        for key in (held["id_hash"].hex(), held["id_hash"].decode("latin-1"), "bela", ""):
            assert opened(held["access"], session_id=key) == ""
        assert await sessions.access(other) == ""
        assert await sessions.access(session_id) == "token-of-bela"
