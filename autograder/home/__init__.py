"""Home: where a learner stands, what to do next, and what to print."""
