"""Which cases are one by the ties that stand, and what changes when some stand no longer."""

from itertools import count

from hypothesis import given
from hypothesis import strategies as st
from intake.identity.claims import Merge, Tie
from intake.identity.joining import Continued, continued, joins, parting
from intake.identity.undoing import Apart, Told, apart

CASES = [f"case-{number}" for number in range(6)]
TIES = st.lists(
    st.builds(Tie, st.sampled_from(CASES), st.sampled_from(CASES), same_crime=st.booleans()).filter(
        lambda tie: tie.one_case != tie.other_case
    ),
    max_size=9,
)


def told(ties: list[Tie]) -> Told:
    """What had been told while these ties were made one after the other."""
    merges = [Merge(*join[:2], f"merge-{n}", join.same_crime) for n, join in enumerate(joins(ties))]
    return Told(tuple(enumerate(ties)), tuple(reversed(merges)))


def without(ties: list[Tie], *gone: int) -> Apart:
    numbers = count()
    return apart(told(ties), gone, new_id=lambda: f"new-{next(numbers)}")


def test_a_tie_that_alone_joined_two_cases_parts_them_and_one_beside_it_does_not() -> None:
    ties = [Tie("case-1", "case-2")]
    assert [merge.event_id for merge in without(ties, 0).undone] == ["merge-0"]
    assert without([*ties, *ties], 0) == Apart()


def test_what_was_merged_on_top_of_a_merge_that_falls_is_told_anew() -> None:
    ties = [Tie("case-1", "case-2"), Tie("case-2", "case-3")]
    change = without(ties, 0)
    assert [(merge.from_case, merge.into_case) for merge in change.undone] == [
        ("case-3", "case-1"),
        ("case-2", "case-1"),
    ]
    assert change.made == (Merge("case-3", "case-2", "new-0"),)


def test_one_crime_is_said_of_the_two_that_were_quoted_and_not_of_what_they_were_merged_with() -> None:
    ties = [Tie("case-1", "case-2", same_crime=True), Tie("case-2", "case-3")]
    assert continued(list(joins(ties))) == {
        "case-2": Continued("case-1", "case-1"),
        "case-3": Continued("case-1", "case-3"),
    }


@given(TIES, st.sets(st.integers(0, 8)))
def test_after_some_ties_fall_all_is_as_if_they_had_never_been(ties: list[Tie], gone: set[int]) -> None:
    change = without(ties, *gone)
    stands = {(m.from_case, m.into_case, m.same_crime) for m in told(ties).merges if m not in change.undone}
    stands |= {(m.from_case, m.into_case, m.same_crime) for m in change.made}
    left = [tie for n, tie in enumerate(ties) if n not in gone]
    assert stands == {(join.from_case, join.into_case, join.same_crime) for join in joins(left)}


@given(TIES, st.sampled_from(CASES), st.sampled_from(CASES))
def test_two_cases_that_are_parted_go_on_apart(ties: list[Tie], one: str, other: str) -> None:
    if one == other:
        return
    gone = parting(ties, one, other)
    left = list(ties)
    for tie in gone:
        left.remove(tie)
    now = continued(list(joins(left)))
    assert now.get(one, Continued(one, one)).now_id != now.get(other, Continued(other, other)).now_id
