"""Labs of the tests."""
