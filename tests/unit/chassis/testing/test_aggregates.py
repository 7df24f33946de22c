"""The sentences that other tests are written in say what happened, and fail when it did not."""

import pytest
from chassis.testing.aggregates import given, happened
from eventsourcing.domain import Aggregate, event


class Overdrawn(Exception):
    pass


class Account(Aggregate):
    TOPIC = "tests.account.v1"

    class Created(Aggregate.Created):
        TOPIC = "tests.account.created.v1"
        owner: str

    class Deposited(Aggregate.Event):
        TOPIC = "tests.account.deposited.v1"
        amount: int

    class Withdrawn(Aggregate.Event):
        TOPIC = "tests.account.withdrawn.v1"
        amount: int

    @event(Created)
    def __init__(self, owner: str) -> None:
        self.owner = owner
        self.balance = 0

    @event(Deposited)
    def deposit(self, amount: int) -> None:
        self.balance += amount

    def withdraw(self, amount: int) -> None:
        if amount > self.balance:
            raise Overdrawn
        self._withdraw(amount)

    @event(Withdrawn)
    def _withdraw(self, amount: int) -> None:
        self.balance -= amount


def _rich() -> Account:
    account = Account("o")
    account.deposit(5)
    return account


def test_given_when_then_says_what_follows() -> None:
    left = (
        given(lambda: Account("o"), lambda it: it.deposit(5))
        .when(lambda it: it.withdraw(3))
        .then(happened(Account.Withdrawn, amount=3))
    )
    assert left.balance == 2


def test_a_refusal_leaves_nothing() -> None:
    given(_rich).when(lambda it: it.withdraw(6)).refuses(Overdrawn)


def test_nothing_is_an_outcome() -> None:
    given(_rich).when(lambda it: it.balance).then_nothing()


@pytest.mark.parametrize("expected", [[], [happened(Account.Deposited)], [happened(Account.Withdrawn, amount=4)]])
def test_other_events_than_expected_fail(expected: list[object]) -> None:
    with pytest.raises(AssertionError, match="there happened"):
        given(_rich).when(lambda it: it.withdraw(3)).then(*expected)  # type: ignore[arg-type]


def test_what_should_be_refused_and_is_not_fails() -> None:
    with pytest.raises(pytest.fail.Exception):
        given(_rich).when(lambda it: it.withdraw(3)).refuses(Overdrawn)


def test_state_that_no_event_made_fails() -> None:
    def assign(account: Account) -> None:
        account.balance = 100

    with pytest.raises(AssertionError, match="rebuild another"):
        given(_rich).when(assign).then_nothing()
