"""nbgrader's configuration: `nbgrader autograde LAB` and formgrader's button grade by the course's own engine."""

import os
import sys
import warnings
from pathlib import Path

from autograder.grade import preprocessors
from autograder.grade.entering import Entering
from autograder.grade.exporter import FeedbackExporter
from autograder.grade.late import LatePolicy
from autograder.hub import ngshare

c = get_config()  # noqa: F821  (given by nbgrader)

# A new gradebook is made by calling `alembic`, which lies beside this Python; nbgrader finds it on the path alone.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
# SQLAlchemy warns of how nbgrader uses it; an instructor can do nothing about that.
warnings.filterwarnings("ignore", module=r"nbgrader\.api")

root = Path.cwd() if (Path.cwd() / "solutions").is_dir() else Path(__file__).resolve().parent

c.CourseDirectory.course_id = "fargate-course"
c.CourseDirectory.root = str(root)
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "labs"
c.CourseDirectory.submitted_directory = "submitted"
c.CourseDirectory.autograded_directory = "autograded"
c.CourseDirectory.feedback_directory = "feedback"
# This list replaces nbgrader's own, so it repeats it. lab.py and answers.py hold the solutions.
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback", "lab.py", "answers.py"]

if not ngshare.use(c):  # which a hub may name
    c.Exchange.root = str(root / "exchange")

c.ClearSolutions.code_stub = {"python": "..."}

c.Autograde.exporter_class = Entering
c.Autograde.sanitize_preprocessors = preprocessors.SANITIZE
c.Autograde.autograde_preprocessors = preprocessors.AUTOGRADE
c.AssignLatePenalties.plugin_class = LatePolicy
c.Autograde.pre_convert_hook = preprocessors.restore_name
c.GenerateFeedback.exporter_class = FeedbackExporter
