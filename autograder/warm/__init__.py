"""Jupyter kernels from a warm start: opt in by naming `warm-provisioner` in a kernel's kernel.json."""
