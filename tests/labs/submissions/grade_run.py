"""`fargate-course grade DIR --json FILE` for a course that lies in another folder: its books and pages go there.

Arguments: the course's root, then those of the command. In a process of its own: nbgrader warns, and tests allow no
warning.
"""

from __future__ import annotations

import sys
from pathlib import Path

from autograder import cli
from autograder.author.places import Course
from autograder.grade import command

if __name__ == "__main__":
    root = Path(sys.argv[1])
    command.course = lambda: Course(root)
    sys.exit(cli.main(["grade", *sys.argv[2:]]))
