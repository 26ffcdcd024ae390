"""`fargate-course report`: the cohort page, the same as JSON, and the marks as CSV, in one folder."""

from __future__ import annotations

import argparse
import json

from autograder.author.places import course
from autograder.cohort.gathered import Source, gathered
from autograder.cohort.names import Names, key_of
from autograder.cohort.page import page
from autograder.grade import export
from autograder.grade.command import say
from autograder.grade.files import write
from autograder.grade.honesty.report import lines
from autograder.grade.known import known
from autograder.trouble import Trouble


def report(args: argparse.Namespace) -> int:
    """The command. Raises Trouble, with nothing written, where nothing was graded or the roster cannot be used."""
    from autograder.grade.gradebook import marks

    here = course()
    people = export.roster(args.roster) if args.roster else {}
    if args.output.exists() and not args.output.is_dir():
        raise Trouble(f"{args.output} is a file: name a folder for the report")
    everything = [one for one in known(here) if not args.lab or one.lab in args.lab]
    labs = sorted({one.lab for one in everything})
    unknown = sorted(set(args.lab) - set(labs))
    if unknown or not labs:
        what = f"of {', '.join(unknown)} " if unknown else ""
        raise Trouble(f"nothing {what}was graded yet: run `fargate-course grade` first")
    found = [mark for mark in marks(here, args.gradebook or "") if mark.lab in labs]
    source = Source(here, everything, found, people, labs)
    told = gathered(source, Names(source.learners, people, key_of(here) if args.pseudonyms else b""))
    write(args.output / "report.json", json.dumps(told, ensure_ascii=False) + "\n")
    write(args.output / "report.html", page(told, pseudonyms=args.pseudonyms))
    for kind in export.KINDS:
        file = args.output / f"{kind}.csv"
        if not args.pseudonyms:
            write(file, export.exported(kind, found, people))
        elif file.exists():
            say(f"{file} was made before, with names: do not pass it on.")
    for one in told["honesty"]:
        for text in lines(one):
            say(text)
    say(f"Read {args.output / 'report.html'}.")
    return 0
