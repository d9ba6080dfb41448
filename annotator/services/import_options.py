"""What a person may choose about an import, for all files and for single ones."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from annotator.domain.site_rule import SiteRule
from annotator.formats.items import ReadOptions

LINK, ADD, SKIP = "link", "add", "skip"
#: What becomes of a report that is nearly the same as one in the project.
NEAR_CHOICES = (LINK, ADD, SKIP)


@dataclass(frozen=True, slots=True)
class FileOptions:
    """How files are read. `format` overrides what their content and ending say, `encoding` the encoding ladder.

    Of a table, `columns` says what is the text, the id, or a field of the metadata, and `sheet` which one is read.
    """

    format: str | None = None
    encoding: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    sheet: str | None = None

    def reading(self, site_rules: tuple[SiteRule, ...] = ()) -> ReadOptions:
        """What readers are told."""
        return ReadOptions(self.encoding, dict(self.columns), self.sheet, site_rules)


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What holds for all files; `files` are those that are read otherwise.

    `annotator` is the name of whoever made the spans that name nobody (default: the person who imports). `replace`
    sets existing annotation sets aside where the file brings others. `near` says what becomes of a report whose body
    is in the project already with other furniture, or nearly: "link" keeps where it came from with the known report,
    "add" makes it a report of its own, "skip" only lists it. Of `only`, where it is given, each is one report that is
    taken in: the file as readers name it, and its line; all others in the files are passed over.
    """

    format: str | None = None
    encoding: str | None = None
    annotator: str | None = None
    replace: bool = False
    near: str = LINK
    columns: Mapping[str, str] = field(default_factory=dict)
    sheet: str | None = None
    files: Mapping[Path, FileOptions] = field(default_factory=dict)
    only: Collection[tuple[str, int | None]] | None = None

    def of(self, file: Path) -> FileOptions:
        """How this file is read."""
        return self.files.get(file) or FileOptions(self.format, self.encoding, self.columns, self.sheet)

    def wants(self, file: str, line: int | None) -> bool:
        """Whether the report at a line of a file is to be taken in."""
        return self.only is None or (file, line) in self.only


#: What holds where nothing was chosen.
DEFAULTS = ImportOptions()
