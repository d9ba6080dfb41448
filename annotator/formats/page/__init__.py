"""Saved web pages: from markup to visible lines, the body among them, and what the rest is.

Nothing of a page is ever executed or fetched; nothing here opens a file.
"""
