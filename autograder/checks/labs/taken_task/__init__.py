"""What lab 16 is made of, beside its questions and checks: its plan, its world, and how the checks look at it."""
