"""JupyterLab's settings for a learner. Found through JUPYTER_CONFIG_PATH, which start.py sets; read before all others.

Which plugins of the page are off stands beside this in labconfig/page_config.json.
"""

from pathlib import Path

c = get_config()  # type: ignore[name-defined]  # noqa: F821

c.ServerApp.ip = "127.0.0.1"

# nbgrader's Validate button is the learner's; the formgrader and the lists of courses and assignments are the
# instructor's and a hub's, and ask for a course folder that a learner has not.
c.ServerApp.jpserver_extensions = {
    "nbgrader.server_extensions.formgrader": False,
    "nbgrader.server_extensions.assignment_list": False,
    "nbgrader.server_extensions.course_list": False,
    "nbgrader.server_extensions.validate_assignment": True,
    "notebook": False,
    "notebook_shim": False,
    "jupyterlab_jupytext": False,
}

# Nothing is fetched from outside: no news, no question for a newer version, no catalogue of extensions.
c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
c.LabApp.extension_manager = "readonly"

# The course's card in the launcher.
c.LabApp.extra_labextensions_path = [str(Path(__file__).resolve().parent / "labextensions")]

# A calm terminal: warnings, errors and the address. The rest goes to a file in the workspace, begun anew each time.
_folder = Path.cwd() / ".fargate-course"
if _folder.is_dir():
    c.ServerApp.log_level = c.LabApp.log_level = "WARN"
    c.ServerApp.logging_config = {
        "handlers": {
            "file": {
                "class": "logging.FileHandler",
                "filename": str(_folder / "jupyter.log"),
                "mode": "w",
                "encoding": "utf-8",
                "level": "INFO",
                "formatter": "console",
            }
        },
        "loggers": {"ServerApp": {"level": "INFO", "handlers": ["console", "file"]}},
    }
