"""What `start.py` does: the environment, the workspace, JupyterLab, the tests.

Standard library only, and nothing of the project but `autograder.trouble` and `autograder.workspace`, which keep the
same rule: this room runs before anything is installed.
"""
