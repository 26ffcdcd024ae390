"""Text sources to notebooks, and notebooks to a cohort's bundle, with the proof that no answer is in it."""

import autograder.quick  # noqa: F401  (it decides what nbformat imports)
