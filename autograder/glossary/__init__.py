"""The words of the course: each explained once, in one file, for the notebook and for the terminal."""
