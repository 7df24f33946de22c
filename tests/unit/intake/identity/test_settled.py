"""Names kept in memory: only what is settled, only at one revision, and planning finds the same as without."""

from contracts.references import Scheme
from intake.identity.directory import Directory, Origin
from intake.identity.naming import Mention, Numbered, named
from intake.identity.planning import plan
from intake.identity.settled import SettledNames

AMIRA = Numbered("force", "V1")


def mention(*values: str, victim: Numbered | None = None) -> Mention:
    references = tuple(named(Scheme.CRIME_REFERENCE, "force", value) for value in values)
    return Mention("police", references, (), victim)


KNOWN = mention("13/100", victim=AMIRA)
UNKNOWN = mention("13/200")


def directory() -> Directory:
    cases = {reference.key: "case-1" for reference in KNOWN.references}
    return Directory(cases=cases, victims={AMIRA: "amira"}, links={("amira", "case-1")})


def test_only_what_is_settled_is_kept() -> None:
    names = SettledNames()
    names.known([], revision=1)
    names.learn([KNOWN, UNKNOWN], directory(), revision=1)
    assert {one: plan.case_id for one, plan in names.known([KNOWN, UNKNOWN], revision=1).items()} == {KNOWN: "case-1"}


def test_everything_is_forgotten_when_a_meaning_has_changed() -> None:
    names = SettledNames()
    names.known([], revision=1)
    names.learn([KNOWN], directory(), revision=1)
    assert names.known([KNOWN], revision=2) == {}
    assert names.known([KNOWN], revision=1) == {}


def test_a_request_that_read_before_a_change_teaches_nothing_after_it() -> None:
    names = SettledNames()
    names.known([KNOWN], revision=1)
    names.known([KNOWN], revision=2)
    names.learn([KNOWN], directory(), revision=1)
    assert names.known([KNOWN], revision=2) == {}


def test_what_is_settled_says_of_which_crime_of_its_matter_it_is() -> None:
    known = directory()
    known.origins[KNOWN.references[0].key] = Origin("case-0", "case-0")
    known.link("amira", "case-0", "case-1")
    names = SettledNames()
    names.known([], revision=1)
    names.learn([KNOWN], known, revision=1)
    settled = names.known([KNOWN], revision=1)
    assert settled[KNOWN].crimeids == "case-0"
    beside = plan(mention("13/100", "13/300"), Directory(settled=settled), new_id=lambda: "new")
    assert (beside.crimeids, [case for _, case in beside.claims.references]) == ("case-0", ["case-0"])


def test_an_event_that_opens_something_beside_a_settled_one_is_planned_as_without_memory() -> None:
    both = mention("13/100", "13/300", victim=AMIRA)
    names = SettledNames()
    names.known([], revision=1)
    names.learn([KNOWN], directory(), revision=1)
    remembered = Directory(settled=names.known([KNOWN], revision=1))
    for known in (remembered, directory()):
        found = [plan(one, known, new_id=lambda: "new") for one in (KNOWN, both, KNOWN)]
        assert [(one.case_id, one.victim_id) for one in found] == [("case-1", "amira")] * 3
        assert [named.value for named, _ in found[1].claims.references] == ["13/300"]
