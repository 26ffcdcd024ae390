"""Builders of the computed items of the cohort exams. They and their seeds stay with the instructor."""

SEEDS = (48_611, 70_937, 15_299, 92_153, 33_827)
"""Of the variants that learners are given; the item that is stored is the variant of the first."""
