"""Use cases shared by the window and the command line; where storage, formats and reading meet."""
