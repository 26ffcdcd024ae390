"""One page a topic to print: what decides, the figures, the traps, and a memory aid of the course's own."""
