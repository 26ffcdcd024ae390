"""What lab 17 is made of, beside its questions and checks: plan, world, and how checks let it live."""
