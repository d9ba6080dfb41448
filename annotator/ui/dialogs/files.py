"""The system's choosers of files and folders. They begin in the folder used last and remember it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from annotator.messages import _
from annotator.services.settings import Settings


class Chooser:
    """Asks for paths; each method answers None (or nothing) where the person thinks better of it."""

    def __init__(self, settings: Settings, parent: QWidget) -> None:
        self._settings = settings
        self._parent = parent

    def project(self, suffix: str) -> Path | None:
        """A project to open."""
        kinds = _("Projects") + f" (*{suffix});;" + _("All files") + " (*)"
        path, _kind = QFileDialog.getOpenFileName(self._parent, _("Open project"), str(self.folder()), kinds)
        return self._remembered(path)

    def files(self) -> list[str]:
        """Files to import."""
        paths, _kind = QFileDialog.getOpenFileNames(
            self._parent, _("Import files"), str(self.folder()), _("All files") + " (*)"
        )
        if paths:
            self._remembered(paths[0])
        return paths

    def newer_copy(self) -> Path | None:
        """The file of a newer copy of a report."""
        path, _kind = QFileDialog.getOpenFileName(
            self._parent, _("Newer copy of the report"), str(self.folder()), _("All files") + " (*)"
        )
        return self._remembered(path)

    def folder_to_import(self) -> Path | None:
        """A folder to import."""
        path = QFileDialog.getExistingDirectory(self._parent, _("Import a folder"), str(self.folder()))
        return self._remembered(path)

    def new_project(self, title: str, name: str, suffix: str) -> Path | None:
        """Where to write a project; the path has the suffix of projects."""
        kinds = _("Projects") + f" (*{suffix})"
        path, _kind = QFileDialog.getSaveFileName(self._parent, title, str(self.folder() / (name + suffix)), kinds)
        if not path:
            return None
        return self._remembered(path if path.endswith(suffix) else path + suffix)

    def list_to_save(self, name: str) -> Path | None:
        """Where to write a list: a table, or one JSON object a line."""
        table, lines = _("Table (CSV)") + " (*.csv)", _("JSON Lines") + " (*.jsonl)"
        start = str(self.folder() / f"{name}.csv")
        path, kind = QFileDialog.getSaveFileName(self._parent, _("Save the list"), start, f"{table};;{lines}")
        if path and not path.endswith((".csv", ".jsonl")):
            path += ".jsonl" if kind == lines else ".csv"
        return self._remembered(path)

    def predictions(self) -> Path | None:
        """A JSON Lines file of spans to compare with."""
        kinds = _("JSON Lines") + " (*.jsonl);;" + _("All files") + " (*)"
        path, _kind = QFileDialog.getOpenFileName(self._parent, _("File to compare with"), str(self.folder()), kinds)
        return self._remembered(path)

    def folder(self) -> Path:
        """The folder used last, else the person's own."""
        folder = Path(self._settings.get("files.folder") or Path.home())
        return folder if folder.is_dir() else Path.home()

    def _remembered(self, path: str) -> Path | None:
        if not path:
            return None
        chosen = Path(path)
        self._settings.set("files.folder", str(chosen if chosen.is_dir() else chosen.parent))
        return chosen
