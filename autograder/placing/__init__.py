"""Placement: twenty questions that find out what a learner knows already, and where to begin."""
