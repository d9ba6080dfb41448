"""The span panel at the right: list, editor, outline."""
