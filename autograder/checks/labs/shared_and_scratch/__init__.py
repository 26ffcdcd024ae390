"""Lab 06: what differs from learner to learner, the world they find, and how the checks look at it."""
