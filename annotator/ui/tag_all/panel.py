"""The panel below the report in which the places of some words are ticked. It looks for nothing and tags nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QLabel, QPushButton, QWidget

from annotator.domain.schema import LabelSchema
from annotator.messages import _, language
from annotator.ui.choices import Choices
from annotator.ui.foot import FootFrame
from annotator.ui.report_view.keys import is_single_key, key_name
from annotator.ui.rows_view import RowsView
from annotator.ui.tag_all.delegate import HitDelegate
from annotator.ui.tag_all.model import HitModel
from annotator.ui.widgets import ElidedLabel, MainButton, half_bold, small

REPORT, PROJECT = 0, 1


class TagAllPanel(FootFrame):
    """Words, label, scope, the list, and the button that tags."""

    applied = Signal()
    left = Signal()
    scoped = Signal()  # another scope
    labelled = Signal(str)  # another label
    pointed = Signal(object)  # the hit one stands on, or None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = HitModel(self)
        self._schema = LabelSchema()
        #: The keys that change the scope: those that opened the panel.
        self.scope_keys: Callable[[], Sequence[str]] = lambda: ()
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        self.title, self.words = QLabel(), ElidedLabel(Qt.TextElideMode.ElideMiddle)
        self.title.setFont(half_bold(self.font()))
        self.label_box, self.scope = Choices(), Choices()
        self.count = QLabel()
        for widget, share in ((self.title, 0), (self.words, 2), (self.label_box, 1), (self.scope, 1), (self.count, 0)):
            self.row.addWidget(widget, share)
        self.view = _List(self.model)
        self.delegate = HitDelegate(self.view)
        self.view.setItemDelegate(self.delegate)
        self.view.setMinimumHeight(80)
        self.empty = QLabel()
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.keys = ElidedLabel()
        self.keys.setFont(small(self.font()))
        self.apply_button, self.close_button = MainButton(), QPushButton()
        self.close_button.setFlat(True)
        foot = QHBoxLayout()
        foot.addWidget(self.keys, 1)
        foot.addWidget(self.close_button)
        foot.addWidget(self.apply_button)
        self.body.insertWidget(1, self.view, 1)
        self.body.insertWidget(2, self.empty, 1)
        self.body.addLayout(foot)

    def _connect(self) -> None:
        self.scope.activated.connect(lambda _position: self.scoped.emit())
        self.label_box.activated.connect(lambda position: self.labelled.emit(self.label_box.itemData(position)))
        self.view.applied.connect(self.applied)
        self.view.left.connect(self.left)
        self.view.typed.connect(self._typed)
        self.view.ticks_changed.connect(self.refresh)
        self.view.selectionModel().currentChanged.connect(self._stand_on)
        self.apply_button.clicked.connect(self.applied)
        self.close_button.clicked.connect(self.left)

    def sizeHint(self) -> QSize:
        """As high as the list needs, up to eight rows."""
        rows = min(max(self.model.rowCount(), 4), 8) * self.view.verticalHeader().defaultSectionSize()
        return QSize(400, rows + 96)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc and Enter mean the same in every field of the panel."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.applied.emit()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Word everything in the language of the moment."""
        self.setAccessibleName(_("Tag all"))
        self.title.setText(_("Tag all"))
        self.label_box.setAccessibleName(_("Label"))
        self.scope.setAccessibleName(_("Look in"))
        self.view.setAccessibleName(_("Places"))
        scope = max(0, self.scope.currentIndex())
        self.scope.clear()
        self.scope.addItems([_("This report"), _("Whole project")])
        self.scope.setCurrentIndex(scope)
        self.close_button.setText(_("Close (Esc)"))
        self.keys.set_full(_("Space ticks · Ctrl+A all · Enter tags · T whole project · label key: label"))
        self.show_schema(self._schema, self.label_box.currentData() or "")
        self.refresh()

    # ---- showing ----------------------------------------------------------------------------------

    def show_schema(self, schema: LabelSchema, label: str) -> None:
        """Offer the labels of `schema`, `label` being chosen."""
        self._schema = schema
        self.label_box.clear()
        for each in schema.labels:
            self.label_box.addItem(each.title.text(language()) or each.name, each.name)
        self.label_box.setCurrentIndex(self.label_box.findData(label))
        self.delegate.label = schema.label(label)
        self.view.viewport().update()

    def label(self) -> str:
        """The label chosen."""
        return self.label_box.currentData() or ""

    def whole_project(self) -> bool:
        """Whether the whole project is looked through."""
        return self.scope.currentIndex() == PROJECT

    def wait(self, words: str) -> None:
        """Say what is going on; nothing can be tagged meanwhile, and the list keeps its focus."""
        self.view.setVisible(True)
        self.empty.setVisible(False)
        self.count.setText(words)
        self.apply_button.setEnabled(False)

    def refresh(self) -> None:
        """Bring counts and the button in step with the ticks."""
        listed, ticked = self.model.rowCount(), self.model.ticked
        self.view.setVisible(listed > 0)
        self.empty.setVisible(listed == 0)
        self.empty.setText(_("These words stand nowhere here."))
        self.count.setText(_("{n} places, {ticked} ticked", n=listed, ticked=ticked))
        self.apply_button.setText(_("Tag {n} (Enter)", n=ticked))
        self.apply_button.setEnabled(ticked > 0 or bool(self.model.turned_down()))
        self.apply_button.updateGeometry()
        self.updateGeometry()

    def _stand_on(self, now: QModelIndex) -> None:
        self.pointed.emit(self.model.hits[now.row()] if now.isValid() else None)

    def _typed(self, key: str) -> None:
        if key in self.scope_keys():
            self.scope.setCurrentIndex(REPORT if self.whole_project() else PROJECT)
            self.scoped.emit()
            return
        label = self._schema.label_for_key(key) or self._schema.label_for_key(key.lower())
        if label is not None and label.name != self.label():
            self.labelled.emit(label.name)


class _List(RowsView):
    """Space ticks what is selected, Ctrl+A all; Enter tags, Esc closes, a digit chooses a label."""

    applied = Signal()
    left = Signal()
    typed = Signal(str)
    ticks_changed = Signal()

    def __init__(self, model: HitModel) -> None:
        super().__init__()
        self._hits = model
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        command = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Space:
            self._toggle()
        elif event.key() == Qt.Key.Key_A and command:
            self._hits.tick_all()
            self.ticks_changed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.applied.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif is_single_key(event):
            self.typed.emit(key_name(event))
        else:
            super().keyPressEvent(event)

    def _toggle(self) -> None:
        rows = {index.row() for index in self.selectionModel().selectedRows()}
        if self.currentIndex().isValid():
            rows.add(self.currentIndex().row())
        self._hits.toggle(sorted(rows))
        self.ticks_changed.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a tick changes it and nothing else."""
        point = event.position().toPoint()
        index = self.indexAt(point)
        delegate = self.itemDelegate()
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and isinstance(delegate, HitDelegate):
            if delegate.tick_box(self.visualRect(index)).adjusted(-6, -6, 6, 6).contains(point):
                self.setFocus()
                self._hits.toggle([index.row()])
                self.ticks_changed.emit()
                return
        super().mousePressEvent(event)
