"""One file a lab: its seeded world and its visible checks."""
