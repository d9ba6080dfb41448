"""What the program is, its version, and where the person's own files lie."""

from __future__ import annotations

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from annotator import __version__, locations
from annotator.messages import _
from annotator.ui import icons
from annotator.ui.widgets import half_bold


class AboutDialog(QDialog):
    """A few lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("About Report Annotator"))
        picture = QLabel()
        picture.setPixmap(icons.app_icon().pixmap(64, 64))
        title = QLabel(_("Report Annotator") + f" {__version__}")
        title.setFont(half_bold(self.font()))
        words = QLabel(self._words())
        words.setWordWrap(True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout()
        column.addWidget(title)
        column.addWidget(words)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        layout = QVBoxLayout(self)
        layout.addLayout(row)
        layout.addWidget(buttons)
        self.resize(480, 0)

    @staticmethod
    def _words() -> str:
        lines = [
            _("Labels measures, institutions and indicators in Chinese government reports. Works without a network."),
            _("Settings: {file}", file=str(locations.settings_file())),
            _("Backups: {folder}", folder=str(locations.backup_folder())),
            _("Crash reports: {folder}", folder=str(locations.crash_folder())),
            _("MIT licence. Built with Qt {version} (LGPL 3).", version=qVersion()),
        ]
        return "\n\n".join(lines)
