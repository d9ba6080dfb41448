"""What small widgets show where there is little room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from annotator.ui.widgets import TabButton


def test_a_narrow_tab_keeps_its_count(qtbot: QtBot) -> None:
    tab = TabButton()
    qtbot.addWidget(tab)
    tab.setText("Suggestions 184")
    metrics = tab.fontMetrics()
    tab.resize(metrics.horizontalAdvance("Sugg… 184") + 4, 30)
    cut = tab.cut(metrics)
    assert cut.endswith("… 184") and cut.startswith("S")
    assert metrics.horizontalAdvance(cut) <= tab.width()
    tab.show()
    where = tab.mapToGlobal(QPoint(3, 3))
    QApplication.sendEvent(tab, QHelpEvent(QEvent.Type.ToolTip, QPoint(3, 3), where))
    assert QToolTip.text() == "Suggestions 184"
    QToolTip.hideText()
    tab.resize(400, 30)
    assert tab.cut(metrics) == "Suggestions 184"
    tab.setText("Outline")
    assert tab.cut(metrics) == "Outline"
