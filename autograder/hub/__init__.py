"""The course on a JupyterHub: what the hub is told (`settings`), and how each person's server starts (`server`)."""
