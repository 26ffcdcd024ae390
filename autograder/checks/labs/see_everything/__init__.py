"""What lab 13 is made of, beside its questions and checks: its plan, its world, and what the checks read of it."""
