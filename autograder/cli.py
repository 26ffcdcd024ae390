"""`fargate-course ...`: each command is a call of one function, imported when the command is used.

Exit status: 0 all is well, 1 the command ran and found something wrong, 2 bad input (one line on stderr says what to
do).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from autograder.setup import streams
from autograder.trouble import Trouble, told


def doctor(args: argparse.Namespace) -> int:
    from autograder.doctor import command

    return command(as_json=args.json)


def build(args: argparse.Namespace) -> int:
    from autograder.author.build import command

    return command(args.paths, check=args.check)


def release(args: argparse.Namespace) -> int:
    from autograder.author.release import command, command_exam, command_solutions

    if args.exam is not None:
        return command_exam(args.exam, args.directory)
    return command(args.directory) if args.solutions is None else command_solutions(args.solutions, args.directory)


def new_lab(args: argparse.Namespace) -> int:
    from autograder.author.new_lab import command

    return command(args.name, args.title)


def coverage(args: argparse.Namespace) -> int:
    from autograder.coverage import command

    return command(as_json=args.json)


def fidelity(args: argparse.Namespace) -> int:
    from autograder.author.fidelity import command

    return command(check=args.check)


def site(args: argparse.Namespace) -> int:
    from autograder.site.site import command

    return command(args.directory)


def lessons(args: argparse.Namespace) -> int:
    from autograder.author.lessons_page import command

    return command(check=args.check, find=args.find)


def bank(args: argparse.Namespace) -> int:
    from autograder.bank import command

    if args.what == "lint":
        return command.check(args.files)
    if args.what == "statistics":
        from autograder.grade.statistics import command as statistics

        return statistics(args.exams, args.output)
    made = {"docs": command.docs, "render": command.render, "forms": command.fill_forms}
    return made[args.what](compare=args.check)


def submit(args: argparse.Namespace) -> int:
    from autograder.grade.submit import submit

    return submit(args)


def grade(args: argparse.Namespace) -> int:
    from autograder.grade.command import grade

    return grade(args)


def regrade(args: argparse.Namespace) -> int:
    from autograder.grade.regrade import regrade

    return regrade(args)


def collect(args: argparse.Namespace) -> int:
    from autograder.grade.collect import collect

    return collect(args)


def receipts(args: argparse.Namespace) -> int:
    from autograder.grade.receipts import receipts

    return receipts(args)


def export(args: argparse.Namespace) -> int:
    from autograder.grade.export import export

    return export(args)


def extend(args: argparse.Namespace) -> int:
    from autograder.grade.exceptions import extend

    return extend(args)


def override(args: argparse.Namespace) -> int:
    from autograder.grade.exceptions import override

    return override(args)


def roster(args: argparse.Namespace) -> int:
    from autograder.cohort.roster import roster

    return roster(args)


def pacing(args: argparse.Namespace) -> int:
    from autograder.cohort.pacing import command

    return command()


def backup(args: argparse.Namespace) -> int:
    from autograder.cohort.backup import backup

    return backup(args)


def restore(args: argparse.Namespace) -> int:
    from autograder.cohort.backup import restore

    return restore(args)


def forget(args: argparse.Namespace) -> int:
    from autograder.cohort.forgetting import forget

    return forget(args)


def report(args: argparse.Namespace) -> int:
    from autograder.cohort.command import report

    return report(args)


def exam(args: argparse.Namespace) -> int:
    from autograder.exam.command import command

    return command(args)


def review(args: argparse.Namespace) -> int:
    from autograder.exam.reviewing import command

    return command()


def home(args: argparse.Namespace) -> int:
    from autograder.home.home import command

    return command()


def place(args: argparse.Namespace) -> int:
    from autograder.placing.room import command

    return command(result=args.result)


def record(args: argparse.Namespace) -> int:
    from autograder.record.writing import command

    return command(args.directory)


def glossary(args: argparse.Namespace) -> int:
    from autograder.glossary.command import command, write

    return write(check=args.check) if args.write or args.check else command(" ".join(args.term))


def sheets(args: argparse.Namespace) -> int:
    from autograder.sheets.writing import command

    return command(args.directory, check=args.check)


def plan(args: argparse.Namespace) -> int:
    from autograder.home.plan import command

    return command(args.exam, args.hours)


def progress(args: argparse.Namespace) -> int:
    from autograder.home import carrying
    from autograder.mastery import command

    if args.export:
        return carrying.export(args.export)
    if args.take_in:
        return carrying.take_in(args.take_in)
    return carrying.reset() if args.reset else command(as_json=args.json)


def lab(args: argparse.Namespace) -> int:
    from autograder.terminal.console import command

    return command(args.lab, console=args.console)


def serve(args: argparse.Namespace) -> int:
    from simcloud.cloud.serving.command import BadSettings, serve

    try:
        return serve(port=args.port, speed=args.speed, seed=args.seed, region=args.region)
    except BadSettings as bad:
        raise Trouble(str(bad)) from None


def parser() -> argparse.ArgumentParser:
    """The command line, without importing anything that a command needs."""
    top = argparse.ArgumentParser(prog="fargate-course", description="Learn AWS Fargate on a simulated AWS.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    one = commands.add_parser("doctor", help="say what is wrong with this machine and how to mend it")
    one.add_argument("--json", action="store_true", help="print the findings as JSON")
    one.set_defaults(run=doctor)

    one = commands.add_parser("build", help="build lessons and labs from their text sources")
    one.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="sources to build (default: all)")
    one.add_argument("--check", action="store_true", help="write nothing; say which notebooks would change")
    one.set_defaults(run=build)

    one = commands.add_parser("release", help="write a cohort's bundle, proven free of answers")
    one.add_argument("directory", type=Path, metavar="DIR", help="folder to write the bundle to")
    one.add_argument(
        "--solutions", metavar="LAB", help="write this lab's worked solutions instead, for after the deadline"
    )
    one.add_argument("--exam", metavar="EXAM", help="write notebook and paper of a cohort exam, such as SAA-C03")
    one.set_defaults(run=release)

    one = commands.add_parser("new-lab", help="write a lab of your own, from a template that passes its tests")
    one.add_argument("name", metavar="NAME", help="two digits and plain words, such as 18-my-own-lab")
    one.add_argument("--title", default="", metavar="TEXT", help="its title (default: from the name)")
    one.set_defaults(run=new_lab)

    one = commands.add_parser("coverage", help="the curriculum: taught, simulated, practised, examined")
    one.add_argument("--json", action="store_true", help="print the table as JSON")
    one.set_defaults(run=coverage)

    one = commands.add_parser("fidelity", help="write docs/fidelity.md: what is simulated, and how sure that is")
    one.add_argument("--check", action="store_true", help="write nothing; say whether the page is up to date")
    one.set_defaults(run=fidelity)

    one = commands.add_parser("site", help="write lessons, labs and questions as pages that open without a network")
    one.add_argument("directory", type=Path, metavar="DIR", help="folder to write the site to")
    one.set_defaults(run=site)

    one = commands.add_parser(
        "lessons", help="write docs/lessons.md: the lessons beside AWS, and what rests on guesses"
    )
    one.add_argument("--check", action="store_true", help="write nothing; say whether the page is up to date")
    one.add_argument("--find", action="store_true", help="find anew what rests on guesses: lives every lesson twice")
    one.set_defaults(run=lessons)

    one = commands.add_parser("bank", help="the exam items: lint them, count them, compute them anew")
    kinds = one.add_subparsers(dest="what", required=True, metavar="WHAT")
    kind = kinds.add_parser("lint", help="judge the items by the guidelines for item writing")
    kind.add_argument("files", nargs="*", type=Path, metavar="FILE", help="bank files (default: the practice bank)")
    made = {
        "docs": "write docs/bank.md, the counts",
        "render": "ask the simulator for computed items",
        "forms": "fill the forms of the cohort exams",
    }
    for name, words in made.items():
        kind = kinds.add_parser(name, help=words)
        kind.add_argument("--check", action="store_true", help="write nothing; say what is out of date")
    kind = kinds.add_parser("statistics", help="what a graded cohort's answers tell of each item")
    kind.add_argument("exams", nargs="*", metavar="EXAM", help="exams, such as SAA-C03 (default: all)")
    kind.add_argument("--output", type=Path, metavar="FILE", help="write the same as JSON")
    one.set_defaults(run=bank)

    one = commands.add_parser("exam", help="sit a practice exam in the terminal, or read the report of one")
    one.add_argument(
        "exam", nargs="?", metavar="EXAM", help="CLF-C02, SAA-C03, SAP-C02 or DOP-C02; exam-saa-c03 for a cohort's"
    )
    one.add_argument("--items", type=int, default=0, metavar="N", help="a short form of N items")
    one.add_argument("--seed", type=int, metavar="N", help="which form (default: the next that you have not sat)")
    one.add_argument("--practice", action="store_true", help="no clock, and each item is explained at once")
    one.add_argument("--resume", metavar="FORM", help="go on with a form that you have begun")
    one.add_argument("--report", metavar="FORM", help="write the report of a form again")
    one.set_defaults(run=exam)

    one = commands.add_parser("review", help="ten minutes of what you have missed, when it is due")
    one.set_defaults(run=review)

    one = commands.add_parser("progress", help="what you have read, practised and been examined in, row by row")
    what = one.add_mutually_exclusive_group()
    what.add_argument("--json", action="store_true", help="print the rows as JSON")
    what.add_argument("--export", type=Path, metavar="FILE", help="write what you have done to FILE")
    what.add_argument("--import", dest="take_in", type=Path, metavar="FILE", help="go on with what FILE says was done")
    what.add_argument("--reset", action="store_true", help="begin anew; what you have done is put aside")
    one.set_defaults(run=progress)

    one = commands.add_parser("home", help="where you stand, and the next best step")
    one.set_defaults(run=home)

    one = commands.add_parser("place", help="twenty questions that find out what you know already, and where to begin")
    one.add_argument("--result", action="store_true", help="only say what they have shown so far")
    one.set_defaults(run=place)

    one = commands.add_parser(
        "record", help="what you have done, as a page to print and as JSON; no certificate of AWS"
    )
    one.add_argument("directory", nargs="?", type=Path, metavar="DIR", help="folder (default: your workspace)")
    one.set_defaults(run=record)

    one = commands.add_parser("glossary", help="what a word means here, and which lesson explains it")
    one.add_argument("term", nargs="*", metavar="TERM", help="such as `bake time` (default: list all)")
    one.add_argument("--write", action="store_true", help="write course/glossary.ipynb")
    one.add_argument("--check", action="store_true", help="write nothing; say whether the notebook is up to date")
    one.set_defaults(run=glossary)

    one = commands.add_parser("sheets", help="one page a topic to print: what decides, figures, traps, memory aids")
    one.add_argument("directory", nargs="?", type=Path, metavar="DIR", help="folder (default: course/sheets)")
    one.add_argument("--check", action="store_true", help="write nothing; say which pages are out of date")
    one.set_defaults(run=sheets)

    one = commands.add_parser("plan", help="what to learn for an exam, week by week")
    one.add_argument("exam", metavar="EXAM", help="CLF-C02, SAA-C03, SAP-C02 or DOP-C02")
    one.add_argument("--hours", type=float, default=4.0, metavar="N", help="hours a week (default 4)")
    one.set_defaults(run=plan)

    one = commands.add_parser("submit", help="hand in your own notebook of a lab and get it graded")
    one.add_argument("lab", metavar="LAB", help="lab id, such as 03-private-pull")
    one.add_argument("--notebook", type=Path, help="the notebook, where it is not in its usual place")
    one.add_argument("--no-open", action="store_true", help="do not open the feedback in a browser")
    one.set_defaults(run=submit)

    one = commands.add_parser("grade", help="grade what lies in DIR as LEARNER/LAB/*.ipynb")
    one.add_argument("directory", type=Path, metavar="DIR")
    one.add_argument("--gradebook", metavar="URL", help="sqlite:///FILE or postgresql://... (default: gradebook.db)")
    one.add_argument("--json", type=Path, metavar="FILE", help="write one record a submission to FILE")
    one.add_argument("--jobs", type=int, metavar="N", help="submissions graded at once (default: one a core)")
    one.add_argument("--scheduler", metavar="ADDRESS", help="grade on a Dask cluster, such as tcp://host:8786")
    one.add_argument("--strict", action="store_true", help="refuse to grade where a layer of isolation is missing")
    one.add_argument("--again", action="store_true", help="run notebooks again that have been run")
    one.add_argument("--policy", metavar="POLICY", help="which version counts: last, best or before-deadline; kept")
    one.add_argument("--deadline", metavar="WHEN", help="date and time with its zone; kept for these labs")
    one.add_argument("--grace", type=float, metavar="MINUTES", help="still in time after the deadline; kept")
    one.add_argument("--late-penalty", type=float, metavar="PERCENT", help="cost of each late day begun; kept")
    one.set_defaults(run=grade)

    one = commands.add_parser("regrade", help="judge again what was graded, with the checks as they are now")
    one.add_argument("lab", nargs="*", metavar="LAB", help="labs to judge again (default: all)")
    one.add_argument("--dry-run", action="store_true", help="write nothing; say who would change, and why")
    one.add_argument("--gradebook", metavar="URL", help="sqlite:///FILE or postgresql://... (default: gradebook.db)")
    one.add_argument("--json", type=Path, metavar="FILE", help="write what changes to FILE")
    one.add_argument("--jobs", type=int, metavar="N", help="submissions judged at once (default: one a core)")
    one.set_defaults(run=regrade)

    one = commands.add_parser("collect", help="take in the packages that learners made with submit")
    one.add_argument("files", nargs="+", type=Path, metavar="FILE", help="packages, or folders of them")
    one.add_argument("--into", type=Path, metavar="DIR", help="where submissions lie (default: submitted)")
    one.add_argument("--claimed", action="store_true", help="believe the learners' clocks, not the files' dates")
    one.set_defaults(run=collect)

    one = commands.add_parser("receipts", help="what was handed in, when, and which version counts")
    one.add_argument("receipt", nargs="?", type=Path, metavar="RECEIPT", help="a learner's receipt, to be proved")
    one.set_defaults(run=receipts)

    one = commands.add_parser("export", help="the gradebook's marks as CSV")
    one.add_argument("format", choices=["canvas", "moodle", "generic"])
    one.add_argument("lab", nargs="*", metavar="LAB", help="labs to export (default: all)")
    one.add_argument("--output", type=Path, metavar="FILE", help="file to write (default: to stdout)")
    one.add_argument("--roster", type=Path, metavar="CSV", help="who is who, by a column `learner`")
    one.add_argument("--gradebook", metavar="URL", help="sqlite:///FILE or postgresql://... (default: gradebook.db)")
    one.set_defaults(run=export)

    one = commands.add_parser("extend", help="give one learner more time for a lab or an exam")
    one.add_argument("learner", metavar="LEARNER")
    one.add_argument("lab", metavar="LAB")
    one.add_argument("time", metavar="TIME", help="30m, 12h or 2d more than the others; 0m takes it back")
    one.add_argument("--reason", required=True, metavar="TEXT", help="why: kept with it")
    one.add_argument("--gradebook", metavar="URL", help="sqlite:///FILE or postgresql://... (default: gradebook.db)")
    one.set_defaults(run=extend)

    one = commands.add_parser("override", help="give one learner points for a question, whatever its checks say")
    one.add_argument("learner", metavar="LEARNER")
    one.add_argument("lab", metavar="LAB")
    one.add_argument("question", metavar="QUESTION")
    one.add_argument("points", metavar="POINTS", help="a number, or `auto` for what the checks gave")
    one.add_argument("--reason", required=True, metavar="TEXT", help="why: the learner reads it in the feedback")
    one.add_argument("--gradebook", metavar="URL", help="sqlite:///FILE or postgresql://... (default: gradebook.db)")
    one.set_defaults(run=override)

    one = commands.add_parser("report", help="the cohort page: marks, who is stuck and why, what to look at; and CSVs")
    one.add_argument("lab", nargs="*", metavar="LAB", help="labs to report on (default: all)")
    one.add_argument("--output", type=Path, default=Path("report"), metavar="DIR", help="folder (default: report)")
    one.add_argument("--gradebook", metavar="URL", help="sqlite:///FILE or postgresql://... (default: gradebook.db)")
    one.add_argument("--roster", type=Path, metavar="CSV", help="who is who, by a column `learner`")
    one.add_argument("--pseudonyms", action="store_true", help="no names: each learner by a pseudonym of this cohort")
    one.set_defaults(run=report)

    one = commands.add_parser("roster", help="check a class list: bad lines, strangers, who has handed nothing in")
    one.add_argument("file", type=Path, metavar="CSV", help="who is who, by a column `learner`")
    one.add_argument("--bundle", type=Path, metavar="DIR", help="write into this bundle who logs in by which name")
    one.set_defaults(run=roster)

    one = commands.add_parser("pacing", help="the course in two days and in six weeks, with its minutes")
    one.set_defaults(run=pacing)

    one = commands.add_parser("backup", help="pack a graded cohort into one file, proved whole")
    one.add_argument("file", type=Path, metavar="FILE", help="zip to write; it holds marks: keep it safe")
    one.set_defaults(run=backup)

    one = commands.add_parser("restore", help="put a cohort back from the file that `backup` made")
    one.add_argument("file", type=Path, metavar="FILE")
    one.add_argument("--replace", action="store_true", help="put the cohort that is here aside first")
    one.set_defaults(run=restore)

    one = commands.add_parser("forget", help="delete everything that is kept of one learner")
    one.add_argument("learner", metavar="LEARNER")
    one.add_argument("--dry-run", action="store_true", help="delete nothing; say what would be deleted")
    one.add_argument("--gradebook", metavar="URL", help="sqlite:///FILE or postgresql://... (default: gradebook.db)")
    one.set_defaults(run=forget)

    one = commands.add_parser("lab", help="how far you are in a lab; with --console, do it here in the terminal")
    one.add_argument("lab", metavar="LAB", help="lab id, such as 03-private-pull")
    one.add_argument("--console", action="store_true", help="see the world, edit your answers, run checks")
    one.set_defaults(run=lab)

    one = commands.add_parser("serve", help="the simulated AWS as an endpoint for the AWS CLI and other SDKs")
    one.add_argument("--port", type=int, default=4577, help="port on 127.0.0.1 (default 4577; 0: any that is free)")
    one.add_argument("--speed", type=float, default=1.0, help="simulated seconds in a real one (default 1; 0: none)")
    one.add_argument("--seed", type=int, default=0, help="seed of the simulated accounts (default 0)")
    one.add_argument("--region", default="us-east-1", help="their home region (default us-east-1)")
    one.set_defaults(run=serve)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the console script of the distribution."""
    streams.forgive()
    args = parser().parse_args(argv)
    try:
        status: int = args.run(args)
    except Trouble as trouble:
        print(f"fargate-course {args.command}: {trouble}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except OSError as fault:  # a folder for a file, no permission, a full disk: what was named, or the machine
        print(f"fargate-course {args.command}: {told(fault)}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(f"fargate-course {args.command}: stopped", file=sys.stderr)
        return 130
    return status


if __name__ == "__main__":
    sys.exit(main())
