"""Reports out of a project: `export(store, options, progress) -> ExportResult`.

Written beside the target, read back and compared, and only then moved into place; the loss file is
always written. When it is cancelled (`Cancelled` out of `progress`) or fails, the target is as it was
and nothing is left behind. The store must be the thread's own (`Store.second()` in a job).
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotator.domain.errors import InputError
from annotator.domain.report import Report, Status
from annotator.formats.flat import LONGEST, POLICIES
from annotator.formats.items import WriteOptions, Writer
from annotator.formats.losses import Losses
from annotator.formats.registry import Format, formats
from annotator.messages import N_, _
from annotator.services import replacing
from annotator.services.filtering import where
from annotator.services.jobs import Pace, Progress, silent
from annotator.services.selecting import NO_SET, Selection, every_set, single_set
from annotator.services.status_names import status_name
from annotator.storage import Store

__all__ = ["POLICIES", "ExportOptions", "ExportResult", "export", "export_formats", "loss_path"]


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What a person may choose. None means: the format's own rule.

    `statuses`, `labels`, `ents` are names; `overlap` is one of POLICIES; `text` is "body" or "whole".
    `loss` names the loss file, `OUT.loss.json` unless given. `where` are conditions on the metadata, `FIELD=VALUE` each.
    `looked_at` leaves out spans that nobody has looked at.
    """

    format: str
    out: Path
    annotator: str | None = None
    statuses: Sequence[str] | None = None
    labels: Sequence[str] | None = None
    ents: Sequence[str] | None = None
    overlap: str = LONGEST
    text: str | None = None
    loss: Path | None = None
    where: Sequence[str] = ()
    looked_at: bool = False


@dataclass(slots=True)
class ExportResult:
    """What came out. `check_seconds` is the part of the time that reading back took."""

    out: Path
    loss: Path
    reports: int = 0
    spans: int = 0
    losses: Losses = field(default_factory=Losses)
    write_seconds: float = 0.0
    check_seconds: float = 0.0
    where: Sequence[str] = ()
    elsewhere: int = 0

    def as_dict(self) -> dict[str, Any]:
        """The loss file: counts, what was left behind, and where the export lies."""
        counts = {"reports": self.reports, "spans": self.spans}
        asked = {"where": list(self.where), "left_out_by_where": self.elsewhere} if self.where else {}
        return {"out": self.out.name, "written": counts, **asked, **self.losses.as_dict()}


def export_formats() -> dict[str, str]:
    """The formats that can be written: name and title, in the language of the moment."""
    return {form.name: _(form.title) for form in formats().values() if form.write is not None}


def loss_path(out: Path) -> Path:
    """Where the loss file of an export to `out` goes unless it is named."""
    return out.with_name(out.name + ".loss.json")


def export(store: Store, options: ExportOptions, progress: Progress = silent) -> ExportResult:
    """Export the reports of a project. Raises KnownError; the target is then as it was."""
    form = _format(options.format)
    _check(store, options, form)
    return _Export(store, options, form, progress).run()


def _format(name: str) -> Format:
    form = formats().get(name)
    if form is None or form.write is None:
        raise InputError(
            N_("There is no export format “{name}”; there are {formats}."),
            name=name,
            formats=", ".join(export_formats()),
        )
    return form


def _check(store: Store, options: ExportOptions, form: Format) -> None:
    """Raise InputError for names the project does not know and for places that cannot be."""
    people = [person.name for person in store.people.all()]
    labels = [label.name for label in store.schema.labels]
    named = [options.annotator] if options.annotator is not None else []
    for given, known, words in (
        (named, people, N_("There is no annotator “{name}” in the project; there are: {known}.")),
        (options.statuses, [*Status], N_("There is no status “{name}”; there are: {known}.")),
        (options.labels, labels, N_("There is no label “{name}” in the project; there are: {known}.")),
        (options.ents, labels, N_("There is no label “{name}” in the project; there are: {known}.")),
        ([options.overlap], POLICIES, N_("There is no policy “{name}”; there are: {known}.")),
    ):
        unknown = next((name for name in given or () if name not in known), None)
        if unknown is not None:
            raise InputError(words, name=unknown, known=", ".join(known))
    if options.text not in (None, "body", "whole") or (form.every_set and options.text == "body"):
        raise InputError(N_("The format {name} always holds the whole text."), name=form.name)
    where(store, options.where)
    _check_places(store, options, form)


def _check_places(store: Store, options: ExportOptions, form: Format) -> None:
    loss = options.loss or loss_path(options.out)
    replacing.check_target(options.out, folder=_is_folder(form, options.out), project=store.path)
    replacing.check_target(loss, folder=False, project=store.path)
    if replacing.through_links(loss).absolute() == replacing.through_links(options.out).absolute():
        raise InputError(N_("The export and its loss file cannot be the same file. Nothing was written."))


def _is_folder(form: Format, out: Path) -> bool:
    return bool(form.file_suffix) and out.suffix.lower() != form.file_suffix


class _Export:
    """One export under way."""

    def __init__(self, store: Store, options: ExportOptions, form: Format, progress: Progress) -> None:
        self._store, self._options, self._form = store, options, form
        self._pace = Pace(progress)
        self._select = every_set if form.every_set else single_set
        self._selection = Selection(options.annotator, options.statuses, options.labels, options.looked_at)
        self._filter = where(store, options.where)
        self._result = ExportResult(options.out, options.loss or loss_path(options.out), where=options.where)
        self._folder = _is_folder(form, options.out)

    def run(self) -> ExportResult:
        result = self._result
        out, loss = replacing.through_links(self._options.out), replacing.through_links(result.loss)
        temporary, losses = replacing.temporary_for(out), replacing.temporary_for(loss)
        started = time.perf_counter()
        try:
            with replacing.sentences(out):
                self._write(temporary)
                result.write_seconds = time.perf_counter() - started - result.check_seconds
                self._check_any()
            with replacing.sentences(loss):
                losses = replacing.prepare_text(loss, _json(result.as_dict()))
            with replacing.sentences(out):
                self._move(temporary, out)
                replacing.move_file(losses, loss)
        finally:
            replacing.remove(temporary)
            replacing.remove(losses)
        return result

    def _check_any(self) -> None:
        """Raise InputError where no report is left: an empty data set is of no use to anybody."""
        if self._result.reports:
            return
        losses = self._result.losses
        counts = {
            _("no annotations") if name == NO_SET else status_name(name): n for name, n in losses.statuses.items()
        }
        elsewhere = [(_("none left by --where"), self._result.elsewhere)] if self._result.elsewhere else []
        left = [f"{name} {n}" for name, n in (*counts.items(), *losses.annotators.items(), *elsewhere)]
        raise InputError(_NOTHING, left="; ".join(left) or _("the project has no reports"))

    def _write(self, temporary: Path) -> None:
        """Write all reports that were asked for to `temporary`, and have them read back."""
        replacing.remove(temporary)
        assert self._form.write is not None
        writer = self._form.write(temporary, self._write_options(), self._result.losses, self._folder)
        try:
            self._write_reports(writer)
            writer.close()
        except BaseException:
            writer.abort()
            raise
        self._result.check_seconds = writer.check_seconds

    def _write_reports(self, writer: Writer) -> None:
        total = self._store.totals.reports()
        number = -1
        for number, report in enumerate(self._store.reports.stream(filter=self._filter)):
            if self._pace.due():
                self._pace.say(number, total, _("{n} reports written", n=self._result.reports))
            chosen = self._select(report, self._selection, self._result.losses)
            if chosen is not None:
                self._write_one(writer, chosen)
        self._result.elsewhere = total - number - 1
        self._pace.say(total, total, _("{n} reports written", n=self._result.reports))

    def _write_one(self, writer: Writer, report: Report) -> None:
        losses = self._result.losses
        lost, empty = len(losses.lost), len(losses.empty)
        writer.add(report)
        self._result.reports += 1 - (len(losses.empty) - empty)
        self._result.spans += sum(len(made.spans) for made in report.sets) - (len(losses.lost) - lost)

    def _write_options(self) -> WriteOptions:
        labels = [label.name for label in self._store.schema.labels]
        defaults = WriteOptions()
        ents = tuple(defaults.ents if self._options.ents is None else self._options.ents)
        return WriteOptions(ents, self._options.overlap, self._options.text == "whole", labels)

    def _move(self, temporary: Path, out: Path) -> None:
        if self._folder:
            replacing.move_folder(temporary, out, f"part-*{self._form.file_suffix}")
        else:
            replacing.move_file(temporary, out)


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


_NOTHING = N_("No report is ready to be exported, so nothing was written. Left out: {left}.")
