"""The completion record: what a learner has done in this course, to print and to hand on. No certificate of AWS."""
