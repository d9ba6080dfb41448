"""Importing in the window: what is about to come in, how each file is read, and what it came to."""
