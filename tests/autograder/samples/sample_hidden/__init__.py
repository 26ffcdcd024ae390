"""Hidden checks of the tests' labs. SECRET-OF-THE-PACKAGE: no learner's process may read this line."""
