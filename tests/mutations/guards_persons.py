"""Guards of one person under several ids: told and owed each thing once, and shown to nobody who was not given it."""

from typing import Final

from mutations.mutation import rule

JOURNEY: Final = "services/journey/src/journey"
NOTIFICATIONS: Final = "services/notifications/src/notifications"
WHO: Final = "tests/unit/journey/facts/test_persons.py"
ONE: Final = "tests/unit/journey/projection/test_one_person.py"
TABLES: Final = "tests/integration/journey/projection/test_one_person.py"
PAGE: Final = "tests/integration/journey/timeline/test_one_person.py"
DECIDING: Final = "tests/unit/notifications/deciding/test_one_person.py"


PERSONS = (
    rule(
        "a join of persons that was taken back joins nobody",
        f"{JOURNEY}/facts/persons.py",
        ("if join.stands and one != into:", "if one != into:"),
        f"{WHO}::test_a_join_that_was_taken_back_joins_nobody",
    ),
    rule(
        "one person goes on as the last of a chain of joins",
        f"{JOURNEY}/facts/persons.py",
        ("    while victim_id in above:\n", "    if victim_id in above:\n"),
        f"{WHO}::test_who_goes_on_as_one_that_goes_on_as_a_third_goes_on_as_the_third",
    ),
    rule(
        "a link of any id of one person is hers",
        f"{JOURNEY}/tellings/one_person.py",
        ("return replace(link, victim_id=person.goes_on) if link.victim_id in person.others else link", "return link"),
        f"{ONE}::test_a_link_of_any_id_of_hers_is_hers",
    ),
    rule(
        "a fact that names any id of one person is hers",
        f"{JOURNEY}/tellings/one_person.py",
        ("        return replaced(fact, victim_id=person.goes_on)\n", "        return fact\n"),
        f"{ONE}::test_what_is_said_of_any_id_of_hers_is_said_of_her",
    ),
    rule(
        "what one person was told under another id is told",
        f"{JOURNEY}/tellings/one_person.py",
        ("tellings=together([own, elsewhere]) if person.others else own", "tellings=own"),
        f"{ONE}::test_what_she_was_told_under_another_id_is_told",
    ),
    rule(
        "a contact meets what it named as owed under another id of one person",
        f"{JOURNEY}/duties/meeting.py",
        ("for other in self.others}", "for other in ()}"),
        f"{ONE}::test_a_contact_that_named_what_was_owed_under_another_id_meets_it",
    ),
    rule(
        "under an id that one person left there is no news",
        f"{JOURNEY}/projection/journey.py",
        ("    if victim_id == record.victim_id:\n", "    if record.victim_id:\n"),
        f"{ONE}::test_under_an_id_that_does_not_go_on_there_is_nothing_and_its_news_is_had_under_the_one_that_does",
    ),
    rule(
        "what one person is told under any id touches the one that goes on",
        f"{JOURNEY}/projection/settling.py",
        ("sorted(await self.records.ever_joined(connection, victims))", "sorted(victims)"),
        f"{TABLES}::test_what_she_is_told_under_the_id_that_was_left_meets_what_is_owed_under_the_other",
    ),
    rule(
        "news of one person that is not hers after all is withdrawn as such",
        f"{JOURNEY}/facts/changes.py",
        (" or one.kept.moved_to != one.moved_to]", "]"),
        f"{TABLES}::test_a_parting_in_one_batch_with_what_was_wrong_of_her_own_is_put_right_under_her_own_id",
    ),
    rule(
        "a warning of one id of one person is a warning of the one that goes on",
        f"{JOURNEY}/projection/intake_facts.py",
        ("            if await self.warnings.any_of(connection, together):\n", "            if not together:\n"),
        f"{TABLES}::test_what_makes_contact_unsafe_with_one_id_does_with_the_one_that_goes_on",
    ),
    rule(
        "sight of an id is not sight of the one person as which it goes on",
        f"{JOURNEY}/access/store.py",
        (
            "[victim_id for victim_id in victims if persons[victim_id].goes_on == victim_id]",
            "[persons[one].goes_on for one in victims]",
        ),
        f"{PAGE}::test_who_was_given_the_other_id_sees_nothing_until_an_officer_gives_them_the_one_that_goes_on",
    ),
    rule(
        "an id that one person left shows its holder nothing while the join is made",
        f"{JOURNEY}/timeline/reading.py",
        ("unknown or (material.goes_on_as is not None and reader is Audience.VICTIM)", "unknown"),
        f"{PAGE}::test_a_join_that_is_made_while_the_page_is_read_shows_nothing_of_the_id_that_was_left",
        "DID NOT RAISE",
    ),
    rule(
        "who answers to one person is who was assigned to the id that goes on",
        f"{JOURNEY}/timeline/store.py",
        (
            "return item.fact.type not in OF_ONE_ID or item.fact.victim_id == record.victim_id",
            "return bool(item and record)",
        ),
        f"{PAGE}::test_who_answers_to_her_is_who_was_assigned_to_the_id_that_goes_on",
    ),
    rule(
        "what goes on under another id of one person is not put right",
        f"{NOTIFICATIONS}/deciding/putting_right.py",
        (" or news.moved:", ":"),
        f"{DECIDING}::test_what_she_was_told_and_goes_on_under_another_id_is_not_put_right",
    ),
    rule(
        "what one person was told under another id is not told again",
        f"{NOTIFICATIONS}/tellings/telling.py",
        ("return tellings if news.told_at is None else", "return tellings if news else"),
        f"{DECIDING}::test_what_she_was_told_under_another_id_is_told",
    ),
    rule(
        "under an id that one person left nobody is told that nothing has changed",
        f"{NOTIFICATIONS}/keeping_in_touch/silence.py",
        ("unsaid = bool(owed) or await ledger.decisions.goes_on_elsewhere(victim)", "unsaid = bool(owed)"),
        f"{DECIDING}::test_under_an_id_that_she_left_nobody_is_told_that_nothing_has_changed",
    ),
    rule(
        "what one person was told under another id is due on no desk",
        "services/witness-care/src/witness_care/due/news_store.py",
        ("unsettle if data.told_at is None else settle", "unsettle"),
        "tests/integration/witness_care/due/test_said_again.py"
        "::test_what_she_was_told_under_another_id_is_told_until_that_is_taken_back",
    ),
)
