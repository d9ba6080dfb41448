"""Deciding about suggestions in the window: shown in the report and in a list, accepted, adjusted or rejected by a key."""
