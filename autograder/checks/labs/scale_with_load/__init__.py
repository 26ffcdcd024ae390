"""What lab 09 is made of, beside its questions and checks: its plan, its world, and the days that the checks live."""
