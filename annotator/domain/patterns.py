"""Regular expressions that are compiled when they are first used: a start loads many of them and uses few.

`compile_all` does it in a quiet moment for what nobody has used till then, so that no key press waits for it.
"""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split", "scanner", "groupindex")


class _Late:
    """Stands for a compiled pattern; from its first use on, all that the pattern can do is here."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        self.compile()
        return vars(self)[name]

    def compile(self) -> None:
        compiled = re.compile(self.pattern, self._flags)
        vars(self).update({method: getattr(compiled, method) for method in _METHODS})


_left: list[_Late] = []


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives, as soon as it is used. An error in the pattern shows only then."""
    made = _Late(pattern, flags)
    _left.append(made)
    return cast("re.Pattern[str]", made)


def compile_all() -> None:
    """Compile every pattern of the modules loaded so far; in whatever thread."""
    while _left:
        made = _left.pop()
        if "search" not in vars(made):
            made.compile()
