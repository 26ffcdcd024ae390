"""Is it reachable, is it allowed? Pure values in; out comes the answer and the hop or statement that decided it."""
