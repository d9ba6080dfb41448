"""Editing a report's text in place, and taking a newer copy of it."""
