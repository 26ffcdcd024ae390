"""What lab 08 is made of, beside its questions and checks: its plan, its world, and how the checks watch a release."""
