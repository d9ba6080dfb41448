"""The files of an import, each with how it is read: here, or in a reader process that goes ahead.

Our own JSON Lines are read here, and plain text where there are only a few short files: starting other processes would
take longer than reading them. All else, which other programs made or which is much, is read by `reading_process`.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final

from annotator.domain.errors import InputError
from annotator.domain.site_rule import SiteRule
from annotator.formats.items import Item, shown
from annotator.formats.registry import format_of, reader_of
from annotator.messages import N_
from annotator.services.import_options import ImportOptions
from annotator.services.reading_process import LIMITS, Limits, Readers
from annotator.services.reading_worker import LINES, Arrived, Order, arrived, compared

#: More plain text files than these, or longer ones, are read in reader processes.
_FEW: Final = 24
_SHORT: Final = 1024 * 1024
_ENDINGS: Final = (".jsonl", ".ndjson", ".json")

_NOT_A_FILE = N_("There is no such file.")
_NOT_PLAIN = N_("This is no file with a text in it: it is a device, a pipe or the like.")
_FOLDER = N_("The folder cannot be read: {reason}.")
_UNREADABLE = N_("The file cannot be read: {reason}.")


class Source:
    """One file: `size` in bytes, `shown` as text that can be printed and stored."""

    def __init__(self, path: Path, size: int = 0) -> None:
        self.path = path
        self.shown = shown(path)
        self.size = size

    def items(self) -> Iterator[Arrived | None]:
        """What is in it; None now and then while it takes time."""
        raise NotImplementedError


class _Here(Source):
    """Read in this process."""

    def __init__(self, path: Path, size: int, order: Order) -> None:
        super().__init__(path, size)
        self._order = order

    def items(self) -> Iterator[Arrived | None]:
        compare = compared(self.path, self._order.format)
        reader = reader_of(self.path, self._order.format)
        return (arrived(item, compare=compare) for item in reader(self.path, self._order.options))


class _Elsewhere(Source):
    """Read by a reader process."""

    def __init__(self, path: Path, size: int, number: int) -> None:
        super().__init__(path, size)
        self.number = number
        self.readers: Readers | None = None

    def items(self) -> Iterator[Arrived | None]:
        assert self.readers is not None
        return self.readers.items(self.number)


class _Bad(Source):
    """Not read at all."""

    def __init__(self, path: Path, problem: InputError) -> None:
        super().__init__(path)
        self._problem = problem

    def items(self) -> Iterator[Arrived | None]:
        yield Arrived(Item(self.shown, problem=self._problem))


class Sources:
    """All files of an import, in order. Use it with `with`: it ends the reader processes.

    `size` is what all files are long together; `compared` whether any is to be compared with the project's reports.
    """

    def __init__(
        self,
        files: Sequence[Path],
        options: ImportOptions,
        limits: Limits = LIMITS,
        site_rules: tuple[SiteRule, ...] = (),
    ) -> None:
        self._options = options
        self._rules = site_rules
        self._orders: list[Order] = []
        self._few = len(files) <= _FEW
        self.compared = False
        self._sources = [self._source(file) for file in files]
        self.size = sum(source.size for source in self._sources)
        self._readers = Readers(self._orders, limits)
        for source in self._sources:
            if isinstance(source, _Elsewhere):
                source.readers = self._readers

    def __len__(self) -> int:
        return len(self._sources)

    def __iter__(self) -> Iterator[Source]:
        return iter(self._sources)

    def __enter__(self) -> Sources:
        self._readers.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._readers.close()

    def _source(self, file: Path) -> Source:
        try:
            status = file.stat()
        except FileNotFoundError:
            return _Bad(file, InputError(_NOT_A_FILE))
        except (OSError, ValueError) as error:  # ValueError: a name with a NUL in it
            return _Bad(file, InputError(_UNREADABLE, reason=getattr(error, "strerror", None) or str(error)))
        if stat.S_ISDIR(status.st_mode):
            return _Bad(file, InputError(_FOLDER, reason=_why_no_folder(file)))
        if not stat.S_ISREG(status.st_mode):
            return _Bad(file, InputError(_NOT_PLAIN))
        return self._readable(file, status.st_size)

    def _readable(self, file: Path, size: int) -> Source:
        chosen = self._options.of(file)
        order = Order(file, chosen.format, chosen.reading(self._rules))
        name = _name(file, chosen.format) if self._may_be_plain(file, size, chosen.format) else ""
        if name == LINES:
            return _Here(file, size, order)
        self.compared = True
        if name == "text":
            return _Here(file, size, order)
        self._orders.append(order)
        return _Elsewhere(file, size, len(self._orders) - 1)

    def _may_be_plain(self, file: Path, size: int, format: str | None) -> bool:
        """Whether a look into the file is worth while to see that it can be read here."""
        if file.suffix.lower() in _ENDINGS or format == LINES:
            return True
        return self._few and size <= _SHORT


def _name(file: Path, chosen: str | None) -> str:
    """The format of a file; "" where it has none that can be read: its reader says why."""
    try:
        return format_of(file, chosen).format.name
    except InputError:
        return ""


def _why_no_folder(folder: Path) -> str:
    try:
        os.listdir(folder)
    except OSError as error:
        return error.strerror or str(error)
    return os.strerror(21)
