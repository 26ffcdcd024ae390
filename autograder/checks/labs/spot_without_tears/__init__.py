"""What lab 10 is made of, beside its questions and checks: its plan, its world, and the waves that the checks send."""
