"""A small cohort for tests of its page: one did everything, two stopped at the same question, one is quiet."""

from __future__ import annotations

from pathlib import Path

from autograder.author.places import Course
from autograder.cohort.gathered import Source, gathered
from autograder.cohort.names import Names
from autograder.cohort.page import page
from autograder.grade import history, terms
from autograder.grade.export import Mark, Person
from autograder.grade.known import known
from tests.autograder.samples import sample_course as sample
from tests.autograder.samples.synthetic_store import SyntheticStore

PEOPLE = {
    "ada.lind": Person("Ada Lind", "ada@example.org", "100123", "alind", "A"),
    "bob": Person("Bob Maas", "bob@example.org", "100124", "bobm", "B"),
    "cyd_x": Person("Cyd Okonkwo", "cyd@example.org", "100125", "", "B"),
    "quiet-one": Person("Quinn Quiet", "", "", "", "A"),
}
EVIL = (
    "ADA.LIND's </td><script>alert(1)</script><img src=x onerror=alert(1)><svg/onload=alert(1)></style>"
    "<a href=javascript:alert(1)>x</a> by Okonkwo, for bob & alind"
)
KEY = b"k" * 32


def made(tmp_path: Path) -> Course:
    """Ada did everything; bob and cyd stopped at the first question, cyd after three versions, with evil texts."""
    course = sample.install(tmp_path)
    store = SyntheticStore(course)
    for learner, failing, versions in (("ada.lind", "", 1), ("bob", "count-them", 1), ("cyd_x", "count-them", 3)):
        record = store.record(sample.LAB, learner, failing=failing, got=EVIL)
        store.keep(learner, sample.LAB, store.run(sample.LAB, learner, f"{learner}-77"), record, versions)
    terms.change(course, "bob", sample.LAB, lambda _: terms.Terms(60, "ill, says Bob Maas"))
    history.note(course, [("cyd_x", sample.LAB, (9.0, 8.0), ["failed (0) -> passed (1): it counts, got alind"])])
    return course


def source(here: Course) -> Source:
    marks = [Mark(one, sample.LAB, score, 12, late, waits, "") for one, score, late, waits in MARKS]
    return Source(here, list(known(here)), marks, PEOPLE, [sample.LAB])


MARKS = [("ada.lind", 12.0, 0.0, False), ("bob", 6.5, 1.0, False), ("cyd_x", 8.0, 0.0, True)]


def html(here: Course, key: bytes = b"") -> str:
    one = source(here)
    return page(gathered(one, Names(one.learners, PEOPLE, key)), pseudonyms=bool(key))
