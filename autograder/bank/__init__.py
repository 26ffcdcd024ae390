"""The bank of exam items: `practice/` ships to learners with keys, `graded/` never does."""
