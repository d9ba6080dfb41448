"""Files of all kinds with faults among them, and for each what must become of it when it is imported.

`Maker.make(count)` writes them in a folder; `accounted(result, …)` says what is wrong with an import of them. Used by the
test of the suite and, with many more files, by `benchmarks.soak`.
"""

from __future__ import annotations

import base64
import io
import json
import random
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl

from annotator.services.import_result import ImportResult
from tests.unit.formats.pdf_files import Words, make_pdf

WORDS = "的一是在有人这中大为上个国以要他年政府建设法治宣传工作司局县镇村案件调解普法"
#: What ends each of these files may become: in the project; in the list of failed ones; whichever, but in one list.
READ, FAILED, ANY = "read", "failed", "any"

#: A reader that hangs, ends, eats memory or meets a changing file at some names, and leaves the others to the real one.
FAULTY = """
import os, time
from annotator.formats.registry import reader_of

def read(path, options):
    fault = path.stem.rpartition("-")[2]
    if fault == "hangs":
        time.sleep(1000)
    if fault == "ends":
        os._exit(3)
    if fault == "fills":
        held = []
        while True:
            held.append(bytearray(16 * 1024 * 1024))
            time.sleep(0.01)
    if fault == "raises":
        raise RuntimeError("a reader with a mistake in it")
    for item in reader_of(path)(path, options):
        if fault == "changes":
            with path.open("a", encoding="utf-8") as stream:
                stream.write("又写了一行。\\n")
        yield item
"""


class Maker:
    """Makes files; `fate` says for each what must become of it."""

    def __init__(self, folder: Path, seed: int = 5) -> None:
        self.folder = folder
        self.chance = random.Random(seed)
        self.fate: dict[Path, str] = {}
        self.made: list[tuple[Path, str]] = []
        self.bombs = b""
        self.kinds: Counter[str] = Counter()

    def make(self, count: int) -> None:
        """`count` files, a fifth of them with a fault, and one of each fault that takes time to be seen."""
        kinds = (
            self.text,
            self.html,
            self.gbk,
            self.mhtml,
            self.docx,
            self.pdf,
            self.xlsx,
            self.csv,
            self.zip,
            self.lines,
        )
        faults = (
            *(self.truncated, self.wrong_ending, self.garbage, self.bomb, self.duplicate, self.near, self.empty),
            *(self.entities, self.encrypted, self.deep, self.odd_characters, self.path_tricks, self.old_office),
        )
        for n in range(count):
            chosen = self.chance.choice(faults if self.chance.random() < 0.2 and self.made else kinds)
            self.kinds[chosen.__name__] += 1
            chosen(n)
        self.slow_faults()
        self.links()

    def slow_faults(self) -> None:
        """Readers that hang, end, fill the memory or raise; a file that changes; a page of 50 MB on one line."""
        for fault in ("hangs", "ends", "fills", "raises"):
            self.write(f"x-{fault}.html", self.page(self.body(1), 1), FAILED)
        self.write("x-changes.txt", self.body(2), FAILED)
        self.write("one-line.html", "<html><body><p>" + "这一行没有尽头，" * 2_200_000 + "</p></body></html>", FAILED)
        gone = self.write("z-vanishes.txt", "会消失", FAILED)
        gone.unlink()

    def links(self) -> None:
        """A folder that loops through a link, and a link that leads nowhere."""
        loop = self.folder / "d0" / "loop"
        loop.symlink_to(self.folder, target_is_directory=True)
        dangling = self.folder / "d1" / "nothing.html"
        dangling.symlink_to(self.folder / "nowhere.html")
        self.fate[dangling] = FAILED

    def expected(self) -> dict[Path, str]:
        """By path what must become of the files that are there when the import begins."""
        return {path: fate for path, fate in self.fate.items() if path.exists() or path.is_symlink()}

    # ---- what is written ----------------------------------------------------------------------------

    def body(self, n: int) -> str:
        lines = ("".join(self.chance.choices(WORDS, k=18)) + f"{n}件。" for _ in range(30))
        return "\n".join(lines)

    def write(self, name: str, content: bytes | str, fate: str) -> Path:
        path = self.folder / f"d{len(self.fate) % 7}" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        self.fate[path] = fate
        return path

    def page(self, body: str, n: int, head: str = "首页 &gt; 政务公开") -> str:
        paragraphs = "".join(f"<p>{line}</p>" for line in body.split("\n"))
        return (
            f"<html><head><meta charset='utf-8'><title>第{n}号报告</title></head><body><div class='nav'><a href='/'>{head}</a>"
            f"</div><h1>第{n}号报告</h1><div class='content'>{paragraphs}</div><div class='footer'>版权所有</div></body></html>"
        )

    # ---- good files of every kind -------------------------------------------------------------------

    def text(self, n: int) -> None:
        body = self.body(n)
        self.made.append((self.write(f"{n}.txt", body, READ), body))

    def html(self, n: int) -> None:
        body = self.body(n)
        self.made.append((self.write(f"{n}.html", self.page(body, n), READ), body))

    def gbk(self, n: int) -> None:
        self.write(f"{n}.htm", self.page(self.body(n), n).replace("utf-8", "gb2312").encode("gb18030"), READ)

    def mhtml(self, n: int) -> None:
        head = "MIME-Version: 1.0\r\nSnapshot-Content-Location: https://www.example.cn/a.html\r\n"
        parts = 'Content-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n'
        coded = base64.encodebytes(self.page(self.body(n), n).encode())
        data = (head + parts + "Content-Transfer-Encoding: base64\r\n\r\n").encode() + coded + b"\r\n--b--\r\n"
        self.write(f"{n}.mhtml", data, READ)

    def docx(self, n: int) -> None:
        self.write(f"{n}.docx", self.word(n), READ)

    def word(self, n: int) -> bytes:
        document = docx.Document()
        for line in self.body(n).split("\n"):
            document.add_paragraph(line)
        return _saved(document.save)

    def pdf(self, n: int) -> None:
        self.write(f"{n}.pdf", self.printed(n), READ)

    def printed(self, n: int, **password: str) -> bytes:
        lines = self.body(n).split("\n")
        return make_pdf([[Words(72, 770 - 20 * at, line) for at, line in enumerate(lines)]], **password)

    def xlsx(self, n: int) -> None:
        self.write(f"{n}.xlsx", self.workbook(n), READ)

    def workbook(self, n: int) -> bytes:
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("报告")
        sheet.append(["标题", "正文"])
        sheet.append([f"第{n}号", self.body(n)])
        return _saved(book.save)

    def csv(self, n: int) -> None:
        self.write(f"{n}.csv", f'标题,正文\n第{n}号,"{self.body(n)}"\n', READ)

    def zip(self, n: int) -> None:
        self.write(f"{n}.zip", _packed({"报告.txt": self.body(n)}), READ)

    def lines(self, n: int) -> None:
        self.write(f"{n}.jsonl", json.dumps({"text": self.body(n)}, ensure_ascii=False) + "\n", READ)

    # ---- faults -------------------------------------------------------------------------------------

    def truncated(self, n: int) -> None:
        makers: dict[str, Callable[[int], bytes]] = {
            "docx": self.word,
            "xlsx": self.workbook,
            "pdf": self.printed,
            "zip": lambda n: _packed({"a.txt": self.body(n)}),
            "html": lambda n: self.page(self.body(n), n).encode(),
        }
        ending = self.chance.choice(sorted(makers))
        data = makers[ending](n)
        self.write(f"{n}-cut.{ending}", data[: self.chance.randrange(1, len(data))], ANY)

    def wrong_ending(self, n: int) -> None:
        name, data = self.chance.choice(
            [
                ("page.txt", self.page(self.body(n), n).encode()),
                ("word.pdf", self.word(n)),
                ("pdf.docx", self.printed(n)),
            ]
        )
        self.write(f"{n}-{name}", data, READ)

    def garbage(self, n: int) -> None:
        ending = self.chance.choice(("html", "txt", "docx", "pdf", "xlsx", "zip", "csv", "jsonl", "doc"))
        self.write(f"{n}-noise.{ending}", self.chance.randbytes(3000), ANY)

    def bomb(self, n: int) -> None:
        if not self.bombs:
            self.bombs = _packed({"big.txt": b"a" * 60_000_000})
        self.write(f"{n}-bomb.zip", self.bombs, FAILED)

    def entities(self, n: int) -> None:
        """An entity that grows without end, and one that would read a file of this computer."""
        ending, data = self.chance.choice((("docx", self.word(n)), ("xlsx", self.workbook(n))))
        part = "word/document.xml" if ending == "docx" else "xl/workbook.xml"
        bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///etc/hostname">]>'
        self.write(f"{n}-entities.{ending}", _changed(data, part, bomb), FAILED)

    def encrypted(self, n: int) -> None:
        self.write(f"{n}-locked.pdf", self.printed(n, owner="o", user="u"), FAILED)

    def deep(self, n: int) -> None:
        inner = self.page(self.body(n), n)
        self.write(f"{n}-deep.html", inner.replace("<h1>", "<div>" * 200 + "<h1>"), READ)

    def odd_characters(self, n: int) -> None:
        """NUL, halves of pairs, marks that turn the direction of writing."""
        body = self.body(n).encode()
        odd = (b"\0", b"\xed\xa0\x80", "\u202e\u2066".encode(), b"\xff")
        self.write(f"{n}-odd.txt", body[:300] + self.chance.choice(odd) + body[300:], ANY)

    def path_tricks(self, n: int) -> None:
        name = self.chance.choice(("../../out.txt", "/etc/out.txt", "C:\\out.txt", "a/../../out.txt"))
        self.write(f"{n}-tricks.zip", _packed({name: self.body(n)}), READ)

    def old_office(self, n: int) -> None:
        self.write(f"{n}-old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + self.chance.randbytes(4000), ANY)

    def once_more(self) -> str:
        """A body that another file has: which of the two comes in depends on which is read first."""
        path, body = self.chance.choice(self.made)
        self.fate[path] = ANY
        return body

    def duplicate(self, n: int) -> None:
        self.write(f"{n}-again.txt", self.once_more(), ANY)

    def near(self, n: int) -> None:
        self.write(f"{n}-near.html", self.page(self.once_more(), n, head="网站首页"), ANY)

    def empty(self, n: int) -> None:
        self.write(f"{n}-empty.txt", b"", FAILED)


def wrong_in(result: ImportResult, expected: dict[Path, str]) -> list[str]:
    """What is wrong with an import of these files, in words; nothing where each is accounted for."""
    found = _lists_by_file(result)
    wrong = [f"{path.name}: in no list" for path in expected.keys() - found.keys()]
    wrong += [f"{path.name}: no file of ours" for path in found.keys() - expected.keys()]
    for path, fate in expected.items():
        lists = found.get(path, Counter())
        if lists.total() != 1 and not (fate == ANY and set(lists) == {"failed"}):
            wrong.append(f"{path.name}: in {dict(lists)}")
        elif fate != ANY and fate not in lists:
            wrong.append(f"{path.name}: {fate} expected, {dict(lists)}")
    wrong += [f"{e.file}: no reason" for e in (*result.failed, *result.near, *result.known) if not e.reason]
    if result.cancelled or result.files != result.files_done or len(result.read) != result.added:
        wrong.append(f"{result.files_done} of {result.files} files done, {result.added} added")
    return wrong


def _lists_by_file(result: ImportResult) -> dict[Path, Counter[str]]:
    """In which of the four lists each file is, by its path on disk."""
    found: dict[Path, Counter[str]] = {}
    for name in ("read", "known", "near", "failed"):
        for entry in getattr(result, name):
            found.setdefault(Path(entry.path), Counter())[name] += 1
    return found


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    out = io.BytesIO()
    save(out)
    return out.getvalue()


def _packed(members: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def _changed(data: bytes, part: str, bomb: bytes) -> bytes:
    """An office file with a declaration of entities in front of one of its parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    whole = parts[part]
    assert isinstance(whole, bytes)
    head, mark, rest = whole.partition(b"?>")
    parts[part] = head + mark + bomb + rest if mark else bomb + whole
    return _packed(parts)
