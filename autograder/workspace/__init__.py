"""The learner's workspace: lessons and labs are carried there, and newer versions merged without losing a word.

Standard library only: `start.py` uses this room before anything is installed.
"""
