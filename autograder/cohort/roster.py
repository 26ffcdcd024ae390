"""`fargate-course roster CSV`: is everybody in the class list usable, and who has handed in without being in it?"""

from __future__ import annotations

import argparse
import json
import sys

from autograder.author.places import MARKER, course
from autograder.grade.attempts import Attempts
from autograder.grade.export import roster as read
from autograder.grade.files import write
from autograder.learner import ROSTER
from autograder.trouble import Trouble


def roster(args: argparse.Namespace) -> int:
    """The command. Exit status 1 where somebody handed in who is in no line. Raises Trouble that names bad lines.

    `--bundle DIR`: write there who logs in by which name, so that nobody is asked for it.
    """
    people = read(args.file)
    if not people:
        raise Trouble(f"{args.file} has no line of a learner: export the roster again")
    if args.bundle and not (args.bundle / MARKER).is_file():
        raise Trouble(f"{args.bundle} is no bundle of this course: make one with `fargate-course release`")
    logins: dict[str, str] = {}
    for learner, person in people.items():
        other = logins.setdefault(person.login or learner, learner)
        if other != learner:
            raise Trouble(f"{args.file}: {other} and {learner} have one login: mend one of them, nothing was done")
    handed = {learner for learner, _ in Attempts(course()).all()}
    strangers, quiet = sorted(handed - set(people)), sorted(set(people) - handed)
    lines = [f"{len(people)} learners; {len(quiet)} of them have handed nothing in."]
    lines += [f"{learner} has handed in and is in no line: add a line, or ask who that is." for learner in strangers]
    if args.bundle:
        text = json.dumps({"learners": logins}, indent=1, ensure_ascii=False) + "\n"
        write(args.bundle / ROSTER, text)
        lines.append(f"{args.bundle / ROSTER}: written")
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if strangers else 0
