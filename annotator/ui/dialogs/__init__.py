"""Dialogs, loaded when first asked for. None of them blocks the window except the system's file choosers."""
