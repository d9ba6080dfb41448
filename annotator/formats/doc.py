"""Older Word, WPS, RTF, ODT and XLS files, by a converter that is installed on the computer; there is none of our own.

LibreOffice turns them into DOCX or XLSX, with a profile of its own that runs no macro and fetches nothing; antiword or
catdoc give the words of old Word files where it is missing. What a converter does is ended when it takes too long.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from annotator.domain.changes import Wording
from annotator.domain.errors import InputError, KnownError
from annotator.formats import docx
from annotator.formats.items import AS_FOUND, FormatMissingError, Item, ReadOptions, shown
from annotator.formats.making import MAX_FILE_BYTES, Made, Source, digest_of, make_report, read_file, unreadable
from annotator.formats.sniff import REASONS, kind_of
from annotator.messages import N_

#: How long a converter may take over one file, in seconds.
TIMEOUT = 120.0

_OFFICE = ("soffice", "libreoffice")
# Where installers put LibreOffice without a word to PATH.
_ELSEWHERE = {
    "darwin": ("/Applications/LibreOffice.app/Contents/MacOS/soffice",),
    "win32": (
        r"C:\Program Files\LibreOffice\program\soffice.exe",
        r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    ),
}
_WORDS_ONLY: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("antiword", ("-w", "0", "-m", "UTF-8.txt")),
    ("catdoc", ("-w", "-d", "utf-8")),
)
# Macros never run, links are never updated, nothing outside is loaded.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def read(path: Path, options: ReadOptions = AS_FOUND) -> Iterator[Item]:
    """The report of a document, or the rows of an old workbook; without a converter the sentence that says so."""
    try:
        with tempfile.TemporaryDirectory(prefix="annotator-", ignore_cleanup_errors=True) as folder:
            yield from _items(path, Path(folder), options)
    except KnownError as problem:
        yield Item(shown(path), problem=problem)
    except OSError as error:
        yield Item(shown(path), problem=unreadable(error))


def _items(path: Path, folder: Path, options: ReadOptions) -> Iterator[Item]:
    data = read_file(path, MAX_FILE_BYTES)
    kind = kind_of(path)
    if kind in REASONS:
        raise InputError(REASONS[kind])
    office = _office()
    if kind == "xls":
        yield from _rows(path, _converted(office, data, folder, ".xls", "xlsx"), options)
        return
    old_word = data.startswith(b"\xd0\xcf\x11\xe0")
    if office is None and old_word and (text := _words_only(data, folder)) is not None:
        report, notes = make_report(text, Source(shown(path.name), data, all_body=True), options)
        yield Item(shown(path), report=report, notes=(Wording(_PLAIN, {}), *notes))
        return
    suffix = ".doc" if old_word else path.suffix.lower() if path.suffix.lower() in (".rtf", ".odt") else ".rtf"
    report, notes = _document(path, data, _converted(office, data, folder, suffix, "docx"), options)
    yield Item(shown(path), report=report, notes=notes)


_PLAIN = N_("The words were read without LibreOffice: tables and automatic numbers may be missing.")


def _document(path: Path, data: bytes, made: Path, options: ReadOptions) -> Made:
    text, marks = docx.document_text(made)
    return make_report(text, Source(shown(path.name), data, marks=marks, all_body=True), options)


def _rows(path: Path, made: Path, options: ReadOptions) -> Iterator[Item]:
    from annotator.formats import xlsx

    digest = digest_of(path)
    for item in xlsx.read(made, options):
        if item.report is not None:
            item.report.file_name = shown(path.name)
            item.report.meta["file_hash"] = digest
        yield item._replace(file=shown(path))


def _office() -> str | None:
    """The program of LibreOffice, where it is installed."""
    found = next((program for name in _OFFICE if (program := shutil.which(name))), None)
    return found or next((place for place in _ELSEWHERE.get(sys.platform, ()) if Path(place).is_file()), None)


def _converted(office: str | None, data: bytes, folder: Path, suffix: str, kind: str) -> Path:
    """The file LibreOffice makes of the bytes. Raises FormatMissingError without it, InputError where it fails."""
    if office is None:
        raise FormatMissingError(
            N_(
                "Older Word, WPS, RTF and Excel files are read with LibreOffice, which is not installed. Install it, or save the file as DOCX, XLSX or PDF."
            )
        )
    source, profile, made = folder / f"source{suffix}", folder / "profile", folder / "made"
    source.write_bytes(data)
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    arguments = (
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--nodefault",
        f"-env:UserInstallation={profile.as_uri()}",
    )
    _run((office, *arguments, "--convert-to", kind, "--outdir", str(made), str(source)), folder)
    result = made / f"source.{kind}"
    if not result.is_file():
        raise InputError(N_("LibreOffice could not read the file; open it there and save it as DOCX."))
    return result


def _words_only(data: bytes, folder: Path) -> str | None:
    """The words of an old Word file by a smaller converter; None where there is none, or it cannot read the file."""
    source = folder / "source.doc"
    source.write_bytes(data)
    for name, arguments in _WORDS_ONLY:
        program = shutil.which(name)
        if program:
            text = _run((program, *arguments, str(source)), folder).decode("utf-8", "replace")
            if text.strip():
                return text.strip("\n\f")
    return None


def _run(command: Sequence[str], folder: Path) -> bytes:
    """What a converter writes to its output; it and all it started end with the time limit. Raises InputError."""
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            start_new_session=True,
        )
    except OSError as error:
        raise InputError(N_("The converter {name} cannot be started."), name=Path(command[0]).name) from error
    with process:
        try:
            return process.communicate(timeout=TIMEOUT)[0]
        except subprocess.TimeoutExpired as error:
            words = N_("{name} took longer than {n} seconds over the file and was ended.")
            raise InputError(words, name=Path(command[0]).name, n=round(TIMEOUT)) from error
        finally:
            if process.returncode is None:
                _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a converter and whatever it started."""
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
