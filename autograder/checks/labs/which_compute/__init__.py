"""Lab 01: what differs from learner to learner, the world they find, the cases, and how the checks look at it."""
