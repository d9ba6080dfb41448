"""Choosing what a span is linked to: the likeliest is proposed and framed, others are a key or a click away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint

from annotator.domain import linking
from annotator.domain.errors import ValidationError
from annotator.domain.report import Status
from annotator.domain.schema import LabelSchema, RelationType
from annotator.domain.span import Relation, Span
from annotator.domain.span_index import SpanIndex
from annotator.domain.validation import check_relation
from annotator.messages import _, translate
from annotator.services.edits import short
from annotator.services.open_report import OpenReport
from annotator.services.wording import label_title, relation_title
from annotator.ui.tagging.choosing import Choosing

_STEPS = {"Left": -1, "Up": -1, "Right": 1, "Down": 1, "K": -1, "J": 1}
_KINDS = ("Tab", "Backtab", "Shift+Backtab", "Shift+Tab")


class RelationChoice(Choosing):
    """A link from the selected span to another one."""

    target = ""
    kind: RelationType | None = None
    _kinds: tuple[RelationType, ...] = ()

    def commands(self) -> dict[str, Callable[[], None]]:
        """What is done here, by the action's id."""
        return {"span.relate": self.choose}

    def choose(self) -> None:
        """Propose a link for the selected span."""
        report, span = self.controller.report, self.controller.selected_span()
        if report is None or span is None:
            self.controller.said.emit(_("Select a span first."))
            return
        self._kinds = kinds_from(self.controller.schema, span.label)
        if not self._kinds or report.status == Status.DONE:
            self.controller.said.emit(self._blocked(span.label))
            return
        self.kind = self._kinds[0]
        self.target = self._proposed(report, span)
        self.begin(span)

    def _blocked(self, label: str) -> str:
        if self._kinds:
            return self.controller.done_words()
        title = label_title(self.controller.schema, label)
        return _("No link begins at {label}: the label schema knows none.", label=title)

    def _proposed(self, report: OpenReport, span: Span) -> str:
        """The uid of the likeliest span: none where the span lies in one, for that links them already."""
        if self.kind is None or linking.inside(report.spans, span, self._ends()):
            return ""
        editor = self.controller.editor
        found = [c for k, c in editor.relation_candidates(report, span.uid) if k == self.kind] if editor else []
        return found[0].uid if found else ""

    def _ends(self) -> tuple[str, ...]:
        """The labels a link of this kind may go to."""
        assert self.kind is not None
        return self.kind.children or tuple(label.name for label in self.controller.schema.labels)

    def leave(self) -> None:
        self.target = ""
        super().leave()

    def take(self) -> None:
        if self.kind is None or not self.target:
            self.foot.show_problem(_("Nothing is chosen yet: J and K or a click choose a span."))
            return
        uid, target, kind = self.uid, self.target, self.kind.name
        try:
            self.controller.edit(lambda editor, report: editor.relate(report, uid, target, kind), raising=True)
        except ValidationError as error:
            self.foot.show_problem(in_titles(error, self.controller.schema))
        else:
            self.leave()

    # ---- changing ---------------------------------------------------------------------------------

    def is_ours(self, key: str) -> bool:
        return key in _STEPS or key in _KINDS or self._direction(key) != 0

    def _direction(self, key: str) -> int:
        """J and K, the arrows, or the keys a person has given to the next and previous clause."""
        keys = self.view.keys_of
        return (key in keys("clause.next")) - (key in keys("clause.previous")) or _STEPS.get(key, 0)

    def change(self, key: str) -> None:
        found = self.span()
        if found is None or self.kind is None:
            self.leave()
        elif key in _KINDS:
            self._next_kind(*found)
        else:
            self._step(*found, self._direction(key))

    def _next_kind(self, report: OpenReport, span: Span) -> None:
        assert self.kind is not None
        self.kind = self._kinds[(self._kinds.index(self.kind) + 1) % len(self._kinds)]
        self.target = self._proposed(report, span)
        self.show_choice()

    def _step(self, report: OpenReport, span: Span, direction: int) -> None:
        assert self.kind is not None
        origin = report.spans.get(self.target) or span
        following = neighbour(report.spans, origin, span, self._ends(), direction)
        if following is None:
            self.controller.said.emit(_("There is no further span."))
            return
        self.target = following.uid
        self.show_choice()

    def pressed_at(self, point: QPoint, *, twice: bool) -> None:
        """A click chooses the innermost span that a link may go to; a double click takes it."""
        found = self.span()
        here = [s for s in self.view.spans_at(self.view.character_at(point)) if s.uid != self.uid]
        if found is None or self.kind is None or not here:
            return
        if twice and self.target:
            self.take()
            return
        fitting = [s for s in here if s.label in self._ends()]
        chosen = (fitting or here)[-1]
        try:
            relation = Relation("", self.uid, chosen.uid, self.kind.name)
            check_relation(relation, {self.uid: found[1], chosen.uid: chosen}, self.controller.schema)
        except ValidationError as error:
            self.foot.show_problem(in_titles(error, self.controller.schema))
            return
        self.target = chosen.uid
        self.show_choice()

    def show_choice(self) -> None:
        found = self.span()
        if found is None or self.kind is None:
            return
        report, span = found
        keys = [_("J K or ← → choose another, or click it")]
        if len(self._kinds) > 1:
            keys.append(_("Tab the kind of link"))
        title = relation_title(self.controller.schema, self.kind.name)
        self.foot.say(title, self._words(report, span), " · ".join(keys), can_take=bool(self.target))
        target = report.spans.get(self.target)
        if target is not None:
            self.view.reveal(target.start, target.end)
        self.view.viewport().update()
        self.changed.emit()

    def _words(self, report: OpenReport, span: Span) -> str:
        target = report.spans.get(self.target)
        if target is not None:
            label = label_title(self.controller.schema, target.label)
            return f"“{short(report, span)}” → {label} “{short(report, target)}”"
        around = linking.inside(report.spans, span, self._ends())
        if around is not None:
            here, there = short(report, span), short(report, around)
            return _("“{text}” lies inside “{other}”: that links them already.", text=here, other=there)
        return _("“{text}”: nothing in this paragraph suggests itself.", text=short(report, span))


def kinds_from(schema: LabelSchema, label: str) -> tuple[RelationType, ...]:
    """The kinds of links that may begin at a label."""
    return tuple(kind for kind in schema.relations if not kind.heads or label in kind.heads)


def neighbour(spans: SpanIndex, origin: Span, head: Span, labels: tuple[str, ...], direction: int) -> Span | None:
    """The next (1) or previous (-1) span of `labels` in reading order, counted from `origin`; never around `head`."""
    position = spans.position(origin) + direction
    while 0 <= position < len(spans):
        span = spans[position]
        if span.label in labels and span.uid != head.uid and not (span.contains(head) and span.range != head.range):
            return span
        position += direction
    return None


def in_titles(error: ValidationError, schema: LabelSchema) -> str:
    """The sentence of an error about a link, with labels and kinds by the names a person sees."""
    params = dict(error.params)
    for name in ("head", "child"):
        if name in params:
            params[name] = label_title(schema, str(params[name]))
    if "label" in params:
        params["label"] = relation_title(schema, str(params["label"]))
    return translate(error.message, **params)
