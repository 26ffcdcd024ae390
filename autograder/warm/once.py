"""Import once what the server, a kernel and the grader import, so that Python keeps the bytecode for all that follow.

python -m autograder.warm.once
"""

from __future__ import annotations

from importlib import import_module

LATER = (
    "autograder.quick", "jupyterlab.labapp", "autograder.grade.command", "autograder.grade.gradebook",
    "autograder.grade.worker", "autograder.grade.feedback_html", "autograder.grade.honesty.cohort", "autograder.cli",
    "ipywidgets", "sidecar", "matplotlib.backends.backend_agg", "matplotlib.backends.backend_svg", "matplotlib.figure",
)  # fmt: skip
"""What a kernel's warm process does not import. The first decides what the second does."""


def main() -> None:
    """Import it all. Raises what an import raises."""
    from autograder.run import warmth

    for name in LATER:
        import_module(name)

    from autograder.warm import kernel

    kernel.warm_up()
    warmth.judge()


if __name__ == "__main__":
    main()
