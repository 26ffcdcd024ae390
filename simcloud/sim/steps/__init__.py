"""The steps of a task's start, each one a question to the rest of the cloud."""
