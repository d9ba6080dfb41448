"""The language of the interface, switchable while running: our catalogue and Qt's own words.

Installing or removing a translator makes Qt send LanguageChange to every widget; each of ours that has words is
`Worded` and then sets them again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from annotator import messages

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget as _Base
else:
    _Base = object

_qt_words: QTranslator | None = None


class Worded(_Base):
    """What a widget with words of its own is besides: first of its bases, so that Qt's events come here."""

    def retranslate(self) -> None:
        """Word everything in the language of the moment."""
        raise NotImplementedError

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def set_language(name: str) -> None:
    """Show everything in `name` ("zh_CN", "en"; "": the system's)."""
    messages.set_language(name or messages.preferred_language())
    QLocale.setDefault(QLocale(messages.language()))
    _load_qt_words()
    for widget in QApplication.topLevelWidgets():
        QCoreApplication.postEvent(widget, QEvent(QEvent.Type.LanguageChange))


def _load_qt_words() -> None:
    """Qt's dialogs say “取消” only with its own catalogue."""
    global _qt_words
    app = QCoreApplication.instance()
    if app is None:
        return
    if _qt_words is not None:
        app.removeTranslator(_qt_words)
        _qt_words = None
    if messages.language() == "en":
        return
    translator = QTranslator(app)
    if translator.load(f"qtbase_{messages.language()}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
        _qt_words = translator
