"""Computed items: small functions that put a scenario to the simulator and make an item of its answer."""
