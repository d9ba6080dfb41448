"""The command line: one file per command. No Qt here, and no click before a command was asked for."""

#: What a first argument may be besides a project to open: the command X is the module X_command of this package.
COMMANDS = (
    "new",
    "import",
    "text",
    "export",
    "stats",
    "history",
    "undo",
    "backup",
    "verify",
    "quantity",
    "suggest",
    "evaluate",
    "check",
)

#: Exit codes: done, a known error (one sentence on stderr), wrong usage.
DONE, FAILED, WRONG_USAGE = 0, 1, 2
