"""Findings of the checks in the window: asked for behind it, listed, marked in the report, dismissed with a note."""
