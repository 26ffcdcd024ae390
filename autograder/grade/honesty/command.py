"""`fargate-course report`: the honesty report of every graded lab, and the marks as CSV, in one folder."""

from __future__ import annotations

import argparse
import json

from autograder.author.places import course
from autograder.grade import export
from autograder.grade.command import say
from autograder.grade.honesty.cohort import cohort, labs
from autograder.grade.honesty.report import lines, page
from autograder.grade.honesty.report import report as made
from autograder.grade.writer import replace
from autograder.trouble import Trouble


def report(args: argparse.Namespace) -> int:
    """The command. Raises Trouble where nothing was graded."""
    from autograder.grade.gradebook import marks

    here = course()
    graded = labs(here)
    unknown = sorted(set(args.lab) - set(graded))
    if unknown or not graded:
        what = f"of {', '.join(unknown)} " if unknown else ""
        raise Trouble(f"nothing {what}was graded yet: run `fargate-course grade` first")
    people = export.roster(args.roster) if args.roster else {}
    found = [mark for mark in marks(here, args.gradebook or "") if not args.lab or mark.lab in args.lab]
    reports = [made(here, cohort(here, lab)) for lab in args.lab or graded]
    replace(args.output / "report.json", json.dumps(reports, indent=1, ensure_ascii=False) + "\n")
    replace(args.output / "report.html", page(reports))
    for kind in export.KINDS:
        replace(args.output / f"{kind}.csv", export.exported(kind, found, people))
    for one in reports:
        for text in lines(one):
            say(text)
    say(f"Read {args.output / 'report.html'}.")
    return 0
