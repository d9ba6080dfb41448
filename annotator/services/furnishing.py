"""Page furniture as a person corrects it: marked, restored, its edges moved, and kept as a rule for the site.

Furniture belongs to the report, so no set's status stands in the way. Spans that lie in newly marked furniture stay;
exports of the body list them as left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from annotator.domain import furniture_changes as changes
from annotator.domain.changes import Change, Edit
from annotator.domain.errors import Cancelled, ConflictError, ValidationError
from annotator.domain.furniture_edit import cover, resize, uncover, whole_lines
from annotator.domain.report import Furniture
from annotator.domain.site_rule import Line, RuleKind, SiteRule, lines_of, rule_ranges
from annotator.domain.span import new_uid
from annotator.messages import N_, _
from annotator.reading.furniture import site_of
from annotator.reading.furniture.names import HAND, SITE
from annotator.services.edits import Edits, Outcome
from annotator.services.jobs import Progress, silent
from annotator.services.open_report import OpenReport
from annotator.services.session import Announcement
from annotator.storage import Store
from annotator.storage.site_rules import Page

#: More changes than this are written in several short transactions, still as one step.
AT_ONCE = 2000
_CHUNK = 200
_LONGEST_LABEL = 12

Build = Callable[[int, Sequence[Furniture], Sequence[Furniture], int, int, str], Edit | None]


class Preview(NamedTuple):
    """What rules would do to the reports that are in: how many reports and ranges would change, and the first of them."""

    reports: int
    ranges: int
    examples: tuple[tuple[int, str, str], ...] = ()  # report, its title, the words


class AppliedRules(NamedTuple):
    """What applying came to; `announcement` is None where nothing differed."""

    announcement: Announcement | None
    reports: int
    words: str


class Furnishing(Edits):
    """Edits of page furniture, each one step, and the rules of sites."""

    # ---- one report -----------------------------------------------------------------------------

    def mark(self, report: OpenReport, start: int, end: int) -> Outcome:
        """Mark [start, end) as furniture; ranges it overlaps become one with it."""
        start, end = whole_lines(report.text, *_checked(report, start, end))
        after = cover(report.furniture, start, end, HAND, report.text_version)
        return self._changed(report, changes.add_furniture, after, start, end)

    def restore(self, report: OpenReport, what: str | tuple[int, int]) -> Outcome:
        """Make furniture body again: a range by its uid, or any [start, end), which splits a range it lies in."""
        if isinstance(what, str):
            item = _item(report, what)
            start, end = item.start, item.end
        else:
            start, end = whole_lines(report.text, *_checked(report, *what))
        after = uncover(report.furniture, start, end, report.text)
        return self._changed(report, changes.remove_furniture, after, start, end)

    def resize(self, report: OpenReport, uid: str, start: int, end: int) -> Outcome:
        """Move the edges of a range; what it then overlaps goes up in it."""
        _item(report, uid)
        after = resize(report.furniture, uid, *_checked(report, start, end))
        return self._changed(report, changes.resize_furniture, after, start, end)

    def at(self, report: OpenReport, offset: int) -> Furniture | None:
        """The range that holds `offset`."""
        return next((item for item in report.furniture if item.start <= offset < item.end), None)

    def _changed(self, report: OpenReport, build: Build, after: Sequence[Furniture], start: int, end: int) -> Outcome:
        return self._apply(report, build(report.id, report.furniture, after, start, end, report.text), None)

    # ---- rules ----------------------------------------------------------------------------------

    def rules(self) -> list[SiteRule]:
        """All rules of the project, in the order in which they were taught."""
        return self._session.store.site_rules.all()

    def site(self, report: OpenReport) -> str:
        """The site of a report, "" where nothing tells it."""
        return site_of(report.text, str(report.detail.meta.get("url") or ""))

    def proposals(self, report: OpenReport, start: int, end: int, furniture: bool) -> list[SiteRule]:
        """The rules that a correction of [start, end) can be kept as, the likeliest first; nothing is written."""
        start, end = _checked(report, start, end)
        site = self.site(report)
        return [
            SiteRule(new_uid(), site, kind, pattern, until, furniture)
            for kind, pattern, until in _patterns(report.text, start, end)
        ]

    def keep(self, rule: SiteRule) -> SiteRule:
        """Keep a rule as one step; the one that says the same already is returned instead."""
        same = next((known for known in self.rules() if _meaning(known) == _meaning(rule)), None)
        if same is None:
            self._session.apply(changes.add_site_rules([rule]))
        return same or rule

    def forget(self, uid: str) -> Announcement:
        """Forget a rule; what it marked stays."""
        rule = next((rule for rule in self.rules() if rule.uid == uid), None)
        if rule is None:
            raise ConflictError(N_("The rule is no longer there. Nothing was changed."))
        return self._session.apply(changes.remove_site_rules([rule]))

    # ---- reports that are in already --------------------------------------------------------------

    def preview(self, rules: SiteRule | Sequence[SiteRule], progress: Progress = silent) -> Preview:
        """What applying would change; only reads."""
        return preview(self._session.store, _listed(rules), progress)

    def apply_rules(
        self,
        rules: SiteRule | Sequence[SiteRule],
        reports: Sequence[int] | None = None,
        progress: Progress = silent,
    ) -> AppliedRules:
        """Apply rules to the reports of their sites (`reports`: only to these), as one step that undo takes back.

        Much of it goes in short transactions; `progress` may stop between them (raise Cancelled): what is done by then
        stays, as one step.
        """
        self._session.check_writable()
        listed = _listed(rules)
        groups = [
            (page.id, changes.change_furniture(page.id, page.furniture, after))
            for page, after in _differing(self._session.store, listed, reports, progress)
        ]
        if not groups:
            return AppliedRules(None, 0, _("Nothing changed: no report of the site has such a place."))
        announcement = self._write(changes.apply_site_rules(groups, listed), progress)
        return AppliedRules(announcement, len(groups), self.words(announcement))

    def _write(self, edit: Edit, progress: Progress) -> Announcement:
        if len(edit.changes) <= AT_ONCE:
            return self._session.apply(edit)
        store = self._session.store
        step = store.history.begin_bulk(edit.kind, edit.wording, self._session.person.uid)
        written = 0
        try:
            for at in range(0, len(edit.changes), _CHUNK):
                chunk = edit.changes[at : at + _CHUNK]
                store.extend(step, chunk)
                written += len(chunk)
                progress(written, len(edit.changes), edit.wording.text())
        except Cancelled:
            pass  # what is done stays, and is taken back as one step
        finally:
            done = store.history.end_bulk(step)
        return self._session.announce(done, edit.changes[:written])


def preview(store: Store, rules: Sequence[SiteRule], progress: Progress = silent) -> Preview:
    """As `Furnishing.preview`, for a job on its own store."""
    reports = ranges = 0
    examples: list[tuple[int, str, str]] = []
    for page, after in _differing(store, rules, None, progress):
        changed = changes.change_furniture(page.id, page.furniture, after)
        reports, ranges = reports + 1, ranges + len(changed)
        if len(examples) < 5:
            examples.append((page.id, page.title, _example(page, changed[-1])))
    return Preview(reports, ranges, tuple(examples))


def _example(page: Page, change: Change) -> str:
    row = {**(change.before or {}), **(change.after or {})}
    item = next((i for i in page.furniture if i.uid == change.uid), None)
    start, end = row.get("start", item.start if item else 0), row.get("end", item.end if item else 0)
    return " ".join(page.text[start:end].split())[:80]


def _differing(
    store: Store, rules: Sequence[SiteRule], reports: Sequence[int] | None, progress: Progress
) -> Iterator[tuple[Page, list[Furniture]]]:
    """The reports that the rules change, with their furniture as it would be; one text in memory at a time."""
    ids = store.site_rules.report_ids() if reports is None else sorted(set(reports))
    sites = {rule.site for rule in rules}
    for done, page in enumerate(store.site_rules.pages(ids), 1):
        site = site_of(page.text, page.url)
        after = _furnished(page, [rule for rule in rules if rule.site == site]) if site in sites else page.furniture
        if after != page.furniture:
            yield page, after
        progress(done, len(ids), page.title)


def _furnished(page: Page, rules: Sequence[SiteRule]) -> list[Furniture]:
    after, lines = list(page.furniture), lines_of(page.text)
    for rule in rules:
        for start, end in rule_ranges(rule, page.text, lines):
            start, end = whole_lines(page.text, start, end)
            if rule.furniture:
                after = cover(after, start, end, SITE + rule.uid, page.text_version)
            else:
                after = uncover(after, start, end, page.text)
    return after


def _listed(rules: SiteRule | Sequence[SiteRule]) -> list[SiteRule]:
    listed = [rules] if isinstance(rules, SiteRule) else list(rules)
    if not listed:
        raise ValidationError(N_("There is no rule to apply; nothing was changed."))
    return listed


def _meaning(rule: SiteRule) -> tuple[str, str, str, str, bool]:
    return rule.site, str(rule.kind), rule.pattern, rule.until, rule.furniture


def _checked(report: OpenReport, start: int, end: int) -> tuple[int, int]:
    start, end = min(start, end), max(start, end)
    if not 0 <= start < end <= len(report.text) or not report.text[start:end].strip():
        raise ValidationError(
            N_("There is nothing from {start} to {end} that could be page furniture; nothing was changed."),
            start=start,
            end=end,
        )
    return start, end


def _item(report: OpenReport, uid: str) -> Furniture:
    found = next((item for item in report.furniture if item.uid == uid), None)
    if found is None:
        raise ConflictError(N_("The page furniture is no longer there. Nothing was written; look at the report again."))
    return found


def _patterns(text: str, start: int, end: int) -> list[tuple[RuleKind, str, str]]:
    """What can be compared elsewhere: the line or lines of the range, how its line begins, or its words alone."""
    lines = [line for line in lines_of(text) if line.start < end and start < line.end]
    if not lines:
        return []
    if text[lines[0].start : start].strip() or text[end : lines[-1].end].strip():
        words = " ".join(text[start:end].split())
        return [(RuleKind.WORDS, words, "")]
    if len(lines) > 1:
        return [(RuleKind.BETWEEN, lines[0].normal, lines[-1].normal)]
    return _of_line(lines[0])


def _of_line(line: Line) -> list[tuple[RuleKind, str, str]]:
    whole = (RuleKind.LINE, line.normal, "")
    label, colon, value = line.normal.partition(":")
    if colon and value and len(label) <= _LONGEST_LABEL:
        return [whole, (RuleKind.PREFIX, label + colon, "")]
    return [whole]
