"""The list of reports at the left."""
