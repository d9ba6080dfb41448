"""The table site_rule, and the reports that rules of a site are applied to."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from annotator.domain.report import Furniture
from annotator.domain.site_rule import SiteRule

if TYPE_CHECKING:
    from annotator.storage.store import Store

_RULES = "SELECT uid, site, kind, pattern, until, furniture FROM site_rule ORDER BY id"
_IDS = "SELECT id FROM report WHERE removed = 0 ORDER BY id"
_PAGES = """
    SELECT r.id, r.title, r.text_version, t.text, coalesce(json_extract(d.meta, '$.url'), '')
    FROM report r JOIN report_text t ON t.report_id = r.id AND t.version = r.text_version
    JOIN report_detail d ON d.report_id = r.id
    WHERE r.id IN ({ids}) AND r.removed = 0 ORDER BY r.id
"""
_FURNITURE = """
    SELECT report_id, uid, start, "end", rule, text_version FROM furniture WHERE report_id IN ({ids})
    ORDER BY report_id, start
"""


class Page(NamedTuple):
    """A report as rules see it: its text and furniture; `url` is "" where its address is not known."""

    id: int
    title: str
    text_version: int
    text: str
    url: str
    furniture: list[Furniture]


class SiteRules:
    """What was taught, in the order in which it was; written by changes."""

    #: Reports that are read at once.
    CHUNK = 64

    def __init__(self, store: Store, conn: sqlite3.Connection) -> None:
        self._store = store
        self._conn = conn

    def all(self) -> list[SiteRule]:
        """The rules of every site."""
        return [_rule(*row) for row in self._conn.execute(_RULES)]

    def report_ids(self) -> list[int]:
        """Every report of the project, in file order."""
        return [row[0] for row in self._conn.execute(_IDS)]

    def pages(self, ids: Sequence[int]) -> Iterator[Page]:
        """These reports with text and furniture, in file order, a chunk in memory at a time."""
        for at in range(0, len(ids), self.CHUNK):
            yield from self._chunk(ids[at : at + self.CHUNK])

    def _chunk(self, ids: Sequence[int]) -> list[Page]:
        listed = ",".join(str(int(each)) for each in ids)
        furniture: dict[int, list[Furniture]] = {}
        for report, uid, start, end, rule, version in self._conn.execute(_FURNITURE.format(ids=listed)):
            furniture.setdefault(report, []).append(Furniture(uid, start, end, rule, version))
        rows = self._conn.execute(_PAGES.format(ids=listed)).fetchall()
        return [
            Page(report, title, version, text, str(url), furniture.get(report, []))
            for report, title, version, text, url in rows
        ]


def _rule(uid: str, site: str, kind: str, pattern: str, until: str, furniture: int) -> SiteRule:
    return SiteRule(uid, site, kind, pattern, until, bool(furniture))
