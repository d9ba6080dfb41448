"""Relations between spans: made, proposed, taken away.

A span that lies inside another is related to it by that alone; only other links are made here.
"""

from __future__ import annotations

from collections.abc import Sequence

from annotator.domain import link_changes, linking
from annotator.domain.schema import RelationType
from annotator.domain.span import Relation, Span, new_uid
from annotator.domain.validation import check_relation
from annotator.messages import _
from annotator.services.edits import Edits, Outcome, short
from annotator.services.open_report import OpenReport


class RelationEdits(Edits):
    """Linking spans of the person's set."""

    def relation_candidates(self, report: OpenReport, uid: str) -> list[tuple[RelationType, Span]]:
        """What a span may be linked to, kind by kind, the likeliest first; links that are there are left out."""
        head = report.spans.get(uid)
        if head is None:
            return []
        there = {(r.label, r.child) for r in report.relations.values() if r.head == uid}
        return [
            (kind, child)
            for kind in self._session.schema.relations
            for child in linking.candidates(report.text, report.spans, head, kind)
            if (kind.name, child.uid) not in there
        ]

    def relate(self, report: OpenReport, head: str, child: str, label: str) -> Outcome:
        """Link two spans (uids) as `label`. Raises ValidationError where the schema forbids it."""
        ends = {uid: span for uid in (head, child) if (span := report.spans.get(uid))}
        relation = Relation(new_uid(), head, child, label)
        check_relation(relation, ends, self._session.schema)
        first, second = ends[head], ends[child]
        if self._linked(report, relation):
            return Outcome(None, first, _("“{text}” is linked so already.", text=short(report, first)))
        if second.contains(first) and second.range != first.range:
            inside = _(
                "“{text}” lies inside “{other}”: that links them already.",
                text=short(report, first),
                other=short(report, second),
            )
            return Outcome(None, first, inside)
        edit = link_changes.add_relations(report.id, report.set, [relation], ends, report.text)
        return self._apply(report, edit, first)

    def unrelate(self, report: OpenReport, uids: Sequence[str]) -> Outcome:
        """Take links (uids of relations) away."""
        gone = [relation for uid in uids if (relation := report.relations.get(uid))]
        if not gone:
            return Outcome(None, None, _("There is no link to take away."))
        ends = {uid: span for r in gone for uid in (r.head, r.child) if (span := report.spans.get(uid))}
        edit = link_changes.delete_relations(report.id, report.set.uid, gone, ends, report.text)
        return self._apply(report, edit, ends.get(gone[0].head))

    def set_relation_note(self, report: OpenReport, uid: str, note: str) -> Outcome:
        """Write a link's note."""
        relation = report.relations[uid]
        return self._apply(report, link_changes.set_relation_note(report.id, relation, note), None)

    @staticmethod
    def _linked(report: OpenReport, relation: Relation) -> bool:
        same = (relation.head, relation.child, relation.label)
        return any((r.head, r.child, r.label) == same for r in report.relations.values())
