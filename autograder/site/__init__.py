"""The course as a folder of pages that are read without a kernel, a server or a network."""

import autograder.quick  # noqa: F401  (it decides what nbconvert imports)
