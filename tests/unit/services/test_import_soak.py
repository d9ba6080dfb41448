"""Many files of all kinds with faults among them: every one ends in exactly one list."""

from __future__ import annotations

import functools
import json
import random
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from annotator.services import sources
from annotator.services.import_result import ImportResult
from annotator.services.importing import import_paths
from annotator.services.reading_process import MB, Limits
from annotator.services.reading_worker import Order
from annotator.services.session import default_schema
from annotator.storage import Store
from annotator.storage.check import verify

ME = "6b0c1d52-6f0e-4f0b-9a54-0c5f1f3c7a99"
LIMITS = Limits(seconds=3.0, memory=400 * MB)
WORDS = "的一是在有人这中大为上个国以要他年政府建设法治宣传工作司局县镇村案件调解普法"

#: A reader that hangs or ends at some files and leaves the others to the real one.
FAULTY = """
import os, time
from annotator.formats.registry import reader_of

def read(path, options):
    if path.stem.endswith("hangs"):
        time.sleep(1000)
    if path.stem.endswith("ends"):
        os._exit(3)
    yield from reader_of(path)(path, options)
"""


class Maker:
    """Makes files; `fate` says for each what must become of it."""

    def __init__(self, folder: Path, seed: int = 5) -> None:
        self.folder = folder
        self.chance = random.Random(seed)
        self.fate: dict[Path, str] = {}
        self.made: list[tuple[Path, str]] = []
        self.bombs = b""

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

    def make(self, count: int) -> None:
        kinds = (self.text, self.html, self.gbk, self.csv, self.zip, self.lines)
        faults = (self.truncated, self.wrong_ending, self.garbage, self.bomb, self.duplicate, self.near, self.empty)
        for n in range(count):
            chosen = faults if self.chance.random() < 0.15 and self.made else kinds
            self.chance.choice(chosen)(n)
        self.write("x-hangs.html", self.page(self.body(1), 1), "failed")
        self.write("y-ends.html", self.page(self.body(2), 2), "failed")
        gone = self.write("z-vanishes.txt", "会消失", "failed")
        gone.unlink()
        loop = self.folder / "d0" / "loop"
        loop.symlink_to(self.folder, target_is_directory=True)
        dangling = self.folder / "d1" / "nothing.html"
        dangling.symlink_to(self.folder / "nowhere.html")
        self.fate[dangling] = "failed"

    def text(self, n: int) -> None:
        body = self.body(n)
        self.made.append((self.write(f"{n}.txt", body, "read"), body))

    def html(self, n: int) -> None:
        body = self.body(n)
        self.made.append((self.write(f"{n}.html", self.page(body, n), "read"), body))

    def gbk(self, n: int) -> None:
        self.write(f"{n}.htm", self.page(self.body(n), n).replace("utf-8", "gb2312").encode("gb18030"), "read")

    def csv(self, n: int) -> None:
        self.write(f"{n}.csv", f'标题,正文\n第{n}号,"{self.body(n)}"\n', "read")

    def zip(self, n: int) -> None:
        path = self.write(f"{n}.zip", b"", "read")
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("报告.txt", self.body(n))

    def lines(self, n: int) -> None:
        self.write(f"{n}.jsonl", json.dumps({"text": self.body(n)}, ensure_ascii=False) + "\n", "read")

    # ---- faults -------------------------------------------------------------------------------------

    def truncated(self, n: int) -> None:
        path = self.write(f"{n}-cut.zip", b"", "any")
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("a.txt", self.body(n))
        path.write_bytes(path.read_bytes()[:-40])

    def wrong_ending(self, n: int) -> None:
        self.write(f"{n}-page.txt", self.page(self.body(n), n), "read")

    def garbage(self, n: int) -> None:
        self.write(f"{n}-noise.html", self.chance.randbytes(3000), "any")

    def bomb(self, n: int) -> None:
        path = self.write(f"{n}-bomb.zip", self.bombs, "failed")
        if not self.bombs:
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr("big.txt", b"a" * 60_000_000)
            self.bombs = path.read_bytes()

    def once_more(self) -> str:
        """A body that another file has: which of the two comes in depends on which is read first."""
        path, body = self.chance.choice(self.made)
        self.fate[path] = "any"
        return body

    def duplicate(self, n: int) -> None:
        self.write(f"{n}-again.txt", self.once_more(), "any")

    def near(self, n: int) -> None:
        self.write(f"{n}-near.html", self.page(self.once_more(), n, head="网站首页"), "any")

    def empty(self, n: int) -> None:
        self.write(f"{n}-empty.txt", b"", "failed")


@pytest.fixture
def store(tmp_path: Path):
    with Store.create(tmp_path / "p.annodb", default_schema()) as made:
        made.people.ensure(ME, "me")
        yield made


def lists_by_file(result: ImportResult) -> dict[Path, Counter[str]]:
    """In which of the four lists each file is, by its path on disk."""
    found: dict[Path, Counter[str]] = {}
    for name in ("read", "known", "near", "failed"):
        for entry in getattr(result, name):
            found.setdefault(Path(entry.path), Counter())[name] += 1
    return found


def soak(store: Store, tmp_path: Path, count: int, monkeypatch: pytest.MonkeyPatch) -> ImportResult:
    (tmp_path / "faulty_reader.py").write_text(FAULTY, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sources, "Order", functools.partial(Order, reader="faulty_reader.read"))
    maker = Maker(tmp_path / "in")
    maker.make(count)
    gone = tmp_path / "in" / "gone.txt"
    result = import_paths(store, ME, [tmp_path / "in", gone], limits=LIMITS)
    assert not result.cancelled
    assert result.files == result.files_done
    found = lists_by_file(result)
    expected = {path: fate for path, fate in maker.fate.items() if path.exists() or path.is_symlink()}
    expected[gone] = "failed"
    assert found.keys() == expected.keys(), "every file is accounted for"
    several = {path.name: dict(lists) for path, lists in found.items() if lists.total() != 1}
    assert not several, "each file, of one report, is in one list, once"
    wrong = {
        path.name: (expected[path], *lists) for path, lists in found.items() if expected[path] not in ("any", *lists)
    }
    assert not wrong
    assert len(result.read) == result.added == store.totals.reports()
    assert all(entry.reason for entry in (*result.failed, *result.near, *result.known))
    assert verify(store) == []
    return result


@pytest.mark.slow
def test_every_file_is_accounted_for(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = soak(store, tmp_path, 400, monkeypatch)
    assert result.known and result.near and result.failed
    assert store.undo(ME) is not None
    assert store.totals.reports() == 0
