"""What an instructor does with a cohort beside grading it: see how it went, keep it, let it go, plan its weeks."""
