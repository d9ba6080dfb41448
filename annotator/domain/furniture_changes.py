"""The edits of page furniture and of what is taught about it; as with `domain.changes`, whoever calls hands in the rows."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.domain.changes import Change, Edit, Row, Wording, excerpt
from annotator.domain.report import Furniture
from annotator.domain.site_rule import SiteRule
from annotator.messages import N_


def furniture_row(item: Furniture) -> Row:
    """The row of a furniture range."""
    row = item._asdict()
    del row["uid"]
    return row


def add_furniture(
    report: int, before: Sequence[Furniture], after: Sequence[Furniture], start: int, end: int, text: str
) -> Edit | None:
    """Mark [start, end) as page furniture: `before` and `after` are all ranges of the report; None where nothing differs."""
    wording = Wording(N_("Mark “{text}” as page furniture"), {"text": excerpt(text[start:end])})
    return _edit("furniture.mark", wording, report, before, after)


def remove_furniture(
    report: int, before: Sequence[Furniture], after: Sequence[Furniture], start: int, end: int, text: str
) -> Edit | None:
    """Make [start, end) body again."""
    wording = Wording(N_("Restore “{text}” to the body"), {"text": excerpt(text[start:end])})
    return _edit("furniture.restore", wording, report, before, after)


def resize_furniture(
    report: int, before: Sequence[Furniture], after: Sequence[Furniture], start: int, end: int, text: str
) -> Edit | None:
    """Move the edges of a range, which is [start, end) now."""
    wording = Wording(N_("Move the edges of the page furniture “{text}”"), {"text": excerpt(text[start:end])})
    return _edit("furniture.resize", wording, report, before, after)


def _edit(
    kind: str, wording: Wording, report: int, before: Sequence[Furniture], after: Sequence[Furniture]
) -> Edit | None:
    changes = change_furniture(report, before, after)
    return Edit(kind, wording, changes, report) if changes else None


def change_furniture(report: int, before: Sequence[Furniture], after: Sequence[Furniture]) -> tuple[Change, ...]:
    """The changes from one list of ranges to another: what has the same uid in both is updated."""
    kept = {item.uid: item for item in after}
    gone = [Change("furniture", report, i.uid, furniture_row(i), None) for i in before if i.uid not in kept]
    changed: list[Change] = []
    for item in before:
        if item.uid in kept and kept[item.uid] != item:
            changed.append(_furniture_update(report, item, kept[item.uid]))
    there = {item.uid for item in before}
    new = [Change("furniture", report, i.uid, None, furniture_row(i)) for i in after if i.uid not in there]
    return (*gone, *changed, *new)


def _furniture_update(report: int, before: Furniture, after: Furniture) -> Change:
    old, new = furniture_row(before), furniture_row(after)
    names = [name for name in old if old[name] != new[name]]
    return Change("furniture", report, before.uid, {n: old[n] for n in names}, {n: new[n] for n in names})


# ---- rules of sites -----------------------------------------------------------------------------


def add_site_rules(rules: Sequence[SiteRule]) -> Edit:
    """Keep what was taught about a site."""
    changes = tuple(Change("site_rule", None, rule.uid, None, site_rule_row(rule)) for rule in rules)
    return Edit("site_rule.add", _rule_wording(N_("Keep a rule for {site}: “{text}”"), rules), changes)


def remove_site_rules(rules: Sequence[SiteRule]) -> Edit:
    """Forget what was taught about a site; what it marked stays as it is."""
    changes = tuple(Change("site_rule", None, rule.uid, site_rule_row(rule), None) for rule in rules)
    return Edit("site_rule.remove", _rule_wording(N_("Forget the rule for {site}: “{text}”"), rules), changes)


def apply_site_rules(groups: Sequence[tuple[int, Sequence[Change]]], rules: Sequence[SiteRule]) -> Edit:
    """Apply rules to reports that are in already: by report its changes."""
    changes = tuple(change for _report, changed in groups for change in changed)
    params = {"n": len(groups), "site": rules[0].site, "rules": len(rules)}
    wording = Wording(N_("Apply {rules} rules for {site} to {n} reports"), params)
    return Edit("site_rule.apply", wording, changes, groups[0][0] if len(groups) == 1 else None)


def site_rule_row(rule: SiteRule) -> Row:
    """The row of a rule."""
    return {
        "site": rule.site,
        "kind": str(rule.kind),
        "pattern": rule.pattern,
        "until": rule.until,
        "furniture": rule.furniture,
    }


def _rule_wording(message: str, rules: Sequence[SiteRule]) -> Wording:
    return Wording(message, {"site": rules[0].site, "text": excerpt(rules[0].pattern), "n": len(rules)})
