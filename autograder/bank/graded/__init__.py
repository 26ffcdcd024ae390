"""Items of the cohort exams. Nothing of this folder is ever part of what learners receive; a test proves it."""
