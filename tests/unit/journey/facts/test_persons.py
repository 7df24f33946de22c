"""Who is one person under several ids, by the joins that stand."""

from contracts.ids import VictimId
from journey.facts.persons import Person, person_of
from support.journey_facts import an_id
from support.records import AMIRA, BORIS, a_join

CLARA = VictimId(an_id("Clara"))


def test_whom_nobody_joined_is_herself() -> None:
    assert person_of(AMIRA, []) == Person(AMIRA)
    assert person_of(CLARA, [a_join(1)]) == Person(CLARA)


def test_two_that_were_joined_are_one_who_goes_on_as_the_second() -> None:
    assert person_of(AMIRA, [a_join(1)]) == person_of(BORIS, [a_join(1)]) == Person(BORIS, (AMIRA,))


def test_who_goes_on_as_one_that_goes_on_as_a_third_goes_on_as_the_third() -> None:
    joins = [a_join(2, BORIS, CLARA), a_join(1)]
    for victim in (AMIRA, BORIS, CLARA):
        person = person_of(victim, joins)
        assert person.goes_on == CLARA
        assert sorted(person.known_as) == sorted([AMIRA, BORIS, CLARA])


def test_a_join_of_one_who_has_gone_on_already_is_a_join_of_the_whole_person() -> None:
    assert person_of(BORIS, [a_join(1), a_join(2, AMIRA, CLARA)]).goes_on == CLARA


def test_a_join_that_was_taken_back_joins_nobody() -> None:
    joins = [a_join(1, stands=False), a_join(2, BORIS, CLARA)]
    assert person_of(AMIRA, joins) == Person(AMIRA)
    assert person_of(BORIS, joins) == Person(CLARA, (BORIS,))


def test_two_joins_that_name_each_other_have_one_answer_by_how_they_were_recorded() -> None:
    there, back = a_join(1), a_join(2, BORIS, AMIRA)
    assert person_of(AMIRA, [there, back]).goes_on == person_of(BORIS, [back, there]).goes_on == BORIS
