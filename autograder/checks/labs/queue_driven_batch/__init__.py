"""What lab 11 is made of, beside its questions and checks: its plan, its world, and the evenings that checks live."""
