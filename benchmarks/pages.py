"""Saved pages and text files: files per second against bare parsers in the same run, memory, and the body on real pages.

Pages are generated in the layouts of `tests.pages.layouts`; the real ones lie in ../shared/pages, each with the body that
another extractor took for it (close, not exact). F1 counts sequences of four characters, white space ignored.
"""

from __future__ import annotations

import itertools
import json
import logging
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

from benchmarks import child, raw
from benchmarks.bench import Bench
from benchmarks.figures import Row, alternate, median

PAGES = raw.ROOT.parent / "shared" / "pages"
SHARE, MORE_MEMORY = 0.5, 24


# ---- what is read ------------------------------------------------------------------------------------------------------


def make_pages(folder: str, count: int) -> int:
    """`count` pages of all layouts in turn; the mean length in bytes."""
    from tests.pages.layouts import LAYOUTS, page
    from tests.pages.prose import news, report

    total = 0
    for number, name in zip(range(count), itertools.cycle(LAYOUTS)):
        rng = Random(number)
        article = report(rng, parts=5, rows=6) if number % 2 else news(rng, 12)
        data = page(name, article, rng).replace("gb2312", "utf-8").encode()
        Path(folder, f"{number:05d}.html").write_bytes(data)
        total += len(data)
    return total // count


def make_texts(folder: str, count: int) -> None:
    """`count` texts of invented reports in three encodings."""
    from tests.pages.prose import report

    for number in range(count):
        article = report(Random(number), parts=5)
        codec = ("utf-8", "gb18030", "utf-8-sig")[number % 3]
        Path(folder, f"{number:05d}.txt").write_bytes(f"{article.title}\n{article.text}\n".encode(codec))


# ---- the sides, each in a process of its own ---------------------------------------------------------------------------


def ours(folder: str, ending: str) -> dict[str, float]:
    """Files through the program's reader."""
    from annotator.formats.items import AS_FOUND
    from annotator.formats.registry import reader_of

    def read(path: Path) -> None:
        for item in reader_of(path)(path, AS_FOUND):
            assert item.report is not None, item.problem

    return _rate(folder, ending, read)


def bare_lxml(folder: str, ending: str) -> dict[str, float]:
    """Tree and text, nothing else."""
    from lxml import html

    return _rate(folder, ending, lambda path: html.fromstring(path.read_bytes()).text_content())


def bare_trafilatura(folder: str, ending: str) -> dict[str, float]:
    """The page's body alone, as the library that finds bodies does it."""
    import trafilatura

    logging.disable(logging.CRITICAL)
    return _rate(folder, ending, lambda path: trafilatura.extract(path.read_text("utf-8"), favor_precision=True))


def bare_ladder(folder: str, ending: str) -> dict[str, float]:
    """A text whose encoding nobody names: found out, decoded, line ends made one; nothing is looked for in it."""
    from annotator.reading.encoding import decode, looks_binary
    from annotator.reading.normalise import normalise

    def read(path: Path) -> None:
        data = path.read_bytes()
        assert not looks_binary(data)
        assert normalise(decode(data).text).text

    return _rate(folder, ending, read)


def bare_text(folder: str, ending: str) -> dict[str, float]:
    """Bytes to text by trial of the two encodings the files are known to have, and lines."""

    def read(path: Path) -> None:
        data = path.read_bytes()
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("gb18030")
        text.splitlines()

    return _rate(folder, ending, read)


def _rate(folder: str, ending: str, read: Callable[[Path], object]) -> dict[str, float]:
    """Files per second after a few to warm up, and how the process grew between a fifth of the way and the end."""
    files = sorted(Path(folder).glob("*" + ending))
    for path in files[:26]:
        read(path)
    start, early = time.perf_counter(), 0.0
    for number, path in enumerate(files):
        read(path)
        if number == len(files) // 5:
            early = child.memory()
    seconds = time.perf_counter() - start
    return {"rate": len(files) / seconds, "growth": child.memory() - early}


# ---- the body on real pages --------------------------------------------------------------------------------------------


def bodies() -> dict[str, dict[str, float]]:
    """F1 of the body on each page of ../shared/pages, for us and for the libraries alone."""
    logging.disable(logging.CRITICAL)
    found = {}
    for path in sorted(PAGES.glob("*.html")):
        silver = json.loads(path.with_suffix(".silver.json").read_text("utf-8"))["content"]
        sides = {"ours": our_body, "trafilatura": trafilatura_body, "readability": readability_body}
        found[path.stem] = {name: f1(side(path), silver) for name, side in sides.items()}
    return found


def our_body(path: Path) -> str:
    """The body as the program reads it."""
    from annotator.formats.body import body_text
    from annotator.formats.items import AS_FOUND
    from annotator.formats.registry import reader_of

    (item,) = reader_of(path)(path, AS_FOUND)
    return body_text(item.report).text if item.report else ""


def trafilatura_body(path: Path) -> str:
    """The body by trafilatura in precision mode."""
    import trafilatura

    return trafilatura.extract(path.read_text("utf-8"), favor_precision=True) or ""


def readability_body(path: Path) -> str:
    """The body by readability."""
    from lxml import html
    from readability import Document

    return str(html.fromstring(Document(path.read_text("utf-8")).summary()).text_content())


def grams(text: str) -> Counter[str]:
    """Sequences of four characters, white space left out."""
    bare = "".join(text.split())
    return Counter(bare[at : at + 4] for at in range(max(1, len(bare) - 3)))


def f1(one: str, other: str) -> float:
    """How far two texts agree, from 0 to 1."""
    a, b = grams(one), grams(other)
    return 2 * (a & b).total() / (a.total() + b.total())


# ---- the measure -------------------------------------------------------------------------------------------------------


def measure(bench: Bench) -> list[Row]:
    """The rows of the table."""
    pages, texts = (100, 500) if bench.quick else (1000, 5000)
    folder = bench.fresh("pages")
    folder.mkdir()
    size = child.run("pages", "make_pages", str(folder), pages)
    child.run("pages", "make_texts", str(folder), texts)
    return [
        *_speed(
            bench, folder, ".html", f"{pages:,} saved pages", ("bare_trafilatura", "bare_lxml"), f"{size:,} bytes each"
        ),
        *_speed(
            bench, folder, ".txt", f"{texts:,} text files", ("bare_ladder", "bare_text"), "raw: nothing is looked for"
        ),
        *_quality(),
    ]


def _speed(bench: Bench, folder: Path, ending: str, what: str, bare: tuple[str, ...], note: str) -> list[Row]:
    rows: list[Row] = []
    growth: list[float] = []

    def own() -> float:
        done = child.run("pages", "ours", str(folder), ending, home=bench.home)
        growth.append(done["growth"])
        return float(done["rate"])

    for side in bare:
        mine, theirs = alternate(min(bench.runs, 3), own, lambda: child.run("pages", side, str(folder), ending)["rate"])  # noqa: B023
        limit = SHARE if side == bare[0] else None
        rows.append(
            Row(
                f"{what}: {side.removeprefix('bare_')}",
                median(mine),
                median(theirs),
                "files/s",
                limit,
                at_least=True,
                note=note,
            )
        )
    rows.append(
        Row(f"{what}: growth of memory", median(growth), MORE_MEMORY, "MiB", 1, note="last four fifths of the files")
    )
    return rows


def _quality() -> list[Row]:
    if not PAGES.is_dir():
        return []
    found = child.run("pages", "bodies")
    means = {
        side: sum(page[side] for page in found.values()) / len(found) for side in ("ours", "trafilatura", "readability")
    }
    worst = min(page["ours"] for page in found.values())
    best = max(means["trafilatura"], means["readability"])
    note = f"worst page {worst:.3f}; trafilatura {means['trafilatura']:.3f}, readability {means['readability']:.3f}"
    return [Row(f"body on {len(found)} real pages, F1", means["ours"], best, "", 1, at_least=True, note=note)]
