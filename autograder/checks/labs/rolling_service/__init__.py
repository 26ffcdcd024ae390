"""What lab 07 is made of, beside its questions and checks: its plan, its world, and how the checks let it live."""
