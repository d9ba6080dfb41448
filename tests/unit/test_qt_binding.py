"""The Qt binding that is installed does not lose references.

PySide6 6.12.0 under Python 3.11 loses one reference to None with every call that returns nothing; a process
has some thousands and then dies. From Python 3.12 on None cannot die.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

CALLS = 200


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")
def test_calls_that_return_nothing_lose_no_reference_to_none(qapp) -> None:
    from PySide6.QtCore import QPoint, QTimer
    from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor, QTextLayout
    from PySide6.QtWidgets import QPlainTextEdit

    editor = QPlainTextEdit("第一章\n" * 50)
    cursor, format_, layout = QTextCursor(editor.document()), QTextCharFormat(), QTextLayout("一二三")
    calls: dict[str, Callable[[], object]] = {
        "QTextCursor.setPosition": lambda: cursor.setPosition(3),
        "QTextCharFormat.setBackground": lambda: format_.setBackground(QColor("#fff")),
        "QTextLayout.setPosition": lambda: layout.setPosition(QPoint(1, 2)),
        "QPlainTextEdit.setExtraSelections": lambda: editor.setExtraSelections([]),
        "QWidget.update": editor.viewport().update,
        "QWidget.setToolTip": lambda: editor.setToolTip("x"),
        "QTimer.singleShot": lambda: QTimer.singleShot(0, lambda: None),
        "processEvents": qapp.processEvents,
    }
    lost = {}
    for name, call in calls.items():
        call()
        before = sys.getrefcount(None)
        for _ in range(CALLS):
            call()
        qapp.processEvents()
        if before - sys.getrefcount(None) > CALLS // 2:
            lost[name] = before - sys.getrefcount(None)

    assert lost == {}
