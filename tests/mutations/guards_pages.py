"""Guards of what a page says, and to whom: texts, what was put right or taken back, what is opened for whom."""

from mutations.mutation import Mutation

TEST_TEXTS = "tests/integration/journey/timeline/test_texts.py"
TEST_CUSTODY = "tests/unit/journey/timeline/test_custody.py"
TEST_JSON = "tests/integration/journey/timeline/test_json.py"
TEST_PAGING = "tests/integration/journey/timeline/test_paging.py"
TEST_GROUPS = "tests/unit/journey/timeline/test_grouping.py"
TEST_AMENDED = "tests/unit/journey/timeline/test_amended.py"

PAGES = (
    Mutation(
        guard="words that may name another victim are read by one who is alone in the crime, or by officers",
        file="contracts/src/contracts/texts.py",
        changes=(("return named or alone if said is None else", "return True if said is None else"),),
        test=f"{TEST_TEXTS}::test_a_reason_that_may_name_another_victim_is_for_officers",
        because="assert \\['Clara",
    ),
    Mutation(
        guard="whom a fact says that its words are for is believed",
        file="services/journey/src/journey/timeline/texts.py",
        changes=(("_said_for(said) if rule is MayRead.AS_SAID else None", "None"),),
        test=f"{TEST_TEXTS}::test_a_fact_that_says_for_whom_its_words_are_is_believed[each victim]",
        because="assert \\['Your contac",
    ),
    Mutation(
        guard="a page opens no text that is not for its reader",
        file="services/journey/src/journey/timeline/opening_store.py",
        changes=(("    if not closed:\n", "    if closed:\n"),),
        test=f"{TEST_TEXTS}::test_a_page_opens_no_text_that_is_not_for_its_reader[one of two]",
        because="assert",
    ),
    Mutation(
        guard="a crime that ever had another victim is not hers alone",
        file="services/journey/src/journey/timeline/hers.py",
        changes=(("for link in self.record.links:", "for link in self.record.onlooker.ties.links:"),),
        test=f"{TEST_TEXTS}::test_one_whose_link_was_taken_back_may_be_named_still",
        because="assert \\['Clara",
    ),
    Mutation(
        guard="what was first news to her is not said to be put right",
        file="services/journey/src/journey/wording/catalogue.py",
        changes=(("return _right(said) if first else _corrected(said)", "return _corrected(said)"),),
        test=f"{TEST_AMENDED}::test_a_correction_of_what_was_never_hers_is_first_news",
        because="assert 'Put right",
    ),
    Mutation(
        guard="what is somebody else's is not said to hold",
        file="services/journey/src/journey/timeline/http_answers.py",
        changes=(("entry.righted_by or entry.lost_by", "entry.righted_by"),),
        test=f"{TEST_JSON}::test_what_turned_out_to_be_anothers_is_said_to_hold_no_longer_and_by_what[officer]",
        because="None\\)\\] == ",
    ),
    Mutation(
        guard="a contact that was taken back is on no page of hers",
        file="services/journey/src/journey/timeline/belonging.py",
        changes=(("    if item.taken_back_by is not None:\n        return False\n", ""),),
        test=f"{TEST_JSON}::test_a_contact_that_was_taken_back_is_marked_for_officers_and_is_on_no_page_of_hers",
        because="assert \\['witness-car",
    ),
    Mutation(
        guard="what came late from an agency is what came after it was due",
        file="services/journey/src/journey/timeline/store.py",
        changes=((" AND closed_at > due_at", ""),),
        test=f"{TEST_JSON}::test_officers_are_shown_what_came_late_and_what_is_overdue_now",
        because="too many values to unpack",
    ),
    Mutation(
        guard="what came late is for officers",
        file="services/journey/src/journey/timeline/reading.py",
        changes=(("if reader is not Audience.OFFICER:", "if reader is Audience.OFFICER:"),),
        test=f"{TEST_JSON}::test_officers_are_shown_what_came_late_and_what_is_overdue_now",
        because="not enough values to unpack",
    ),
    Mutation(
        guard="of what is somebody else's no more than the title is left",
        file="services/journey/src/journey/timeline/entries.py",
        changes=(("return lost(words) if item.lost else", "return"),),
        test=f"{TEST_AMENDED}::test_of_what_she_knew_and_is_somebody_elses_the_title_is_left_and_that_it_was_something_else",
        because="assert 'The court",
    ),
    Mutation(
        guard="what she never knew and is somebody else's is on no page of hers",
        file="services/journey/src/journey/timeline/belonging.py",
        changes=(("return item.known_to_her and _for_her", "return _for_her"),),
        test=f"{TEST_AMENDED}::test_of_what_she_never_knew_and_is_somebody_elses_nothing_is_left",
        because="assert \\[Entry",
    ),
    Mutation(
        guard="that something was taken back is not said where it never was",
        file="services/journey/src/journey/timeline/belonging.py",
        changes=(
            (
                "        found = [shown for shown in found if not _takes",
                "        [shown for shown in found if not _takes",
            ),
        ),
        test=f"{TEST_AMENDED}::test_that_something_was_taken_back_is_not_said_where_it_never_was",
        because="assert \\[Entry",
    ),
    Mutation(
        guard="a retraction says of what kind it is",
        file="services/journey/src/journey/wording/retracting.py",
        changes=(('return _KINDS.get(kind or "", DID', 'return _KINDS.get("", DID'),),
        test=f"{TEST_AMENDED}::test_a_retraction_says_what_kind_it_is[recorded elsewhere]",
        because="assert 'This was wro",
    ),
    Mutation(
        guard="a release that was followed by a reception is not where things are",
        file="services/journey/src/journey/timeline/status.py",
        changes=(("return right_type(entry) in CUSTODY and not entry.stands", "return False"),),
        test=f"{TEST_CUSTODY}::test_a_release_that_was_followed_by_a_reception_is_not_where_things_are",
        because="assert \\['The person",
    ),
    Mutation(
        guard="words of where somebody is are over once something took their place",
        file="services/journey/src/journey/timeline/moment.py",
        changes=(("if turn.replaced and not mine.stands:", "if False:"),),
        test=f"{TEST_CUSTODY}::test_what_is_said_of_where_somebody_is_is_said_of_then_once_its_place_was_taken"
        "[prison.offender-released.v1]",
        because="assert",
    ),
    Mutation(
        guard="a page opens the texts of what stands on it alone",
        file="services/journey/src/journey/timeline/reading.py",
        changes=(
            ("part_of(in_groups(entries, groups), number).items for entry", "in_groups(entries, groups) for entry"),
        ),
        test=f"{TEST_PAGING}::test_a_page_opens_the_texts_of_what_stands_on_it_and_no_others",
        because="assert",
    ),
    Mutation(
        guard="what one sharing says of several charges reads as one",
        file="services/journey/src/journey/timeline/grouping.py",
        changes=(("    return (fact.type, kind, about, stands, entry.words)", "    return fact.key"),),
        test=f"{TEST_GROUPS}::test_what_one_sharing_says_of_several_charges_is_one_item",
        because="too many values",
    ),
    Mutation(
        guard="what reads as one is opened together",
        file="services/journey/src/journey/timeline/items.py",
        changes=(("for one in group if one.news_id", "for one in group[:1] if one.news_id"),),
        test=f"{TEST_GROUPS}::test_what_reads_as_one_is_opened_together",
        because="assert",
    ),
    Mutation(
        guard="what is owed in the same words is said once",
        file="services/journey/src/journey/timeline/page.py",
        changes=(("owed=list(dict.fromkeys(owed)),", "owed=list(owed),"),),
        test=f"{TEST_PAGING}::test_what_one_sharing_said_of_several_charges_is_opened_as_one",
        because="lines that read alike are one",
    ),
    Mutation(
        guard="an update that waits on another page is led to",
        file="services/journey/src/journey/timeline/page.py",
        changes=(("unseen_at=_unseen_at(groups, part.number)", "unseen_at=None"),),
        test=f"{TEST_PAGING}::test_an_update_that_waits_on_another_page_is_led_to",
        because="Show it",
    ),
)
