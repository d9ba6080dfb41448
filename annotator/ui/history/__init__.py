"""The history as a page of the right pane."""
