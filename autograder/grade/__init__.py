"""From a submission to marks: the engine, nbgrader's gradebook, feedback, the commands."""
