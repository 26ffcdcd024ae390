"""Small trials that explorers run in a copy of the cloud: a definition, a task, and what became of it."""
