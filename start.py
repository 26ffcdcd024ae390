"""Set up the course and open it: `python3 start.py`. Needs Python 3.11 or newer and nothing else.

This file is all that an older Python ever reads, so that it can say what is wrong in words: keep it free of newer
syntax. What it does is in autograder/setup/.
"""

import os
import sys

OLDEST = (3, 11)


def newer_pythons():
    """The commands of this machine that run a new enough Python, newest first."""
    from shutil import which
    from subprocess import DEVNULL, call

    names = ["python3.%d" % minor for minor in range(20, OLDEST[1] - 1, -1)]  # noqa: UP031
    return [name for name in names if which(name) and not call([name, "-c", ""], stdout=DEVNULL, stderr=DEVNULL)]


def refuse():
    """Say which Python this is, which is needed and how to come by it; exit status 2."""
    has = "%d.%d" % sys.version_info[:2]  # noqa: UP031
    try:
        found = newer_pythons()
    except ImportError:
        found = []
    remedy = "Install Python 3.11 or newer, then run start.py with it."
    if found:
        remedy = "This machine has a newer one. Run: " + found[0] + " start.py " + " ".join(sys.argv[1:])
    sys.stderr.write("This course needs Python 3.11 or newer; this is Python " + has + ". " + remedy.strip() + "\n")
    return 2


def main():
    if sys.version_info < OLDEST:
        return refuse()
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    from autograder.setup.command import main as command

    return command(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
