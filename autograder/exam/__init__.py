"""Exam items in use: the question cell now; forms, clock and reports stand on the same item."""
