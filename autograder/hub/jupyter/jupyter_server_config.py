"""What a learner on a hub has besides start.py's settings: nbgrader's list of assignments."""

c = get_config()  # type: ignore[name-defined]  # noqa: F821

c.ServerApp.jpserver_extensions = {
    "nbgrader.server_extensions.formgrader": False,
    "nbgrader.server_extensions.assignment_list": True,
    "nbgrader.server_extensions.course_list": False,
    "nbgrader.server_extensions.validate_assignment": True,
    "notebook": False,
    "notebook_shim": False,
    "jupyterlab_jupytext": False,
}
