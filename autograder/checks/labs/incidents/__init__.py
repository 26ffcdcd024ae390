"""What lab 15 is made of, beside its questions and checks: causes, plan, world, and how the checks look at it."""
