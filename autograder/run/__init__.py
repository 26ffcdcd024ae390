"""Running a submission: the only place where a learner's code runs, and the border where nothing of it is believed."""
