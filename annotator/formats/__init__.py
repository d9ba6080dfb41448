"""Readers and writers of exchange formats: one file a format, one registry."""
