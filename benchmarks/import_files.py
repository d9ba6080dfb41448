"""The whole import of saved pages and text files into a project: files per second against bare parsers, memory, lookups.

The pages and texts are those of `benchmarks.pages`; that measures what reading alone takes, this what an import takes
with its reader processes, the comparison with known reports, and everything on disk.
"""

from __future__ import annotations

import time
from pathlib import Path

from benchmarks import building, child
from benchmarks.bench import Bench
from benchmarks.figures import Row, alternate, median

SHARE, MORE_MEMORY = 0.5, 48


def import_folder(folder: str, ending: str, project: str) -> dict[str, float]:
    """Import all files of one ending into a new project; how this process grew between a fifth of the way and the end."""
    session = building.own_session(project)
    early = 0.0

    def progress(done: int, total: int, _words: str) -> None:
        nonlocal early
        if not early and total and done * 5 >= total:
            early = child.memory()

    start = time.perf_counter()
    files = sorted(Path(folder).glob("*" + ending))
    result = building.import_paths(session.store, session.person.uid, files, progress=progress)
    seconds = time.perf_counter() - start
    session.close()
    if result.failed:
        raise RuntimeError(str(result.failed[0]))
    grown = child.memory() - (early or child.memory())
    return {"rate": len(files) / seconds, "growth": grown, "added": result.added, "near": len(result.near)}


def look_up(reports: int, times: int) -> dict[str, float]:
    """Milliseconds to find candidates for near duplicates among so many fingerprints, in a file of their own."""
    import random
    import tempfile

    from annotator.services.session import default_schema
    from annotator.storage import Store

    chance = random.Random(3)
    with tempfile.TemporaryDirectory() as folder, Store.create(Path(folder, "p.annodb"), default_schema()) as store:
        with store.transaction():
            conn = store._conn
            conn.execute("PRAGMA defer_foreign_keys = ON")
            conn.execute("INSERT INTO person VALUES (1, 'p', 'p', '')")
            conn.execute("INSERT INTO step VALUES (1, 's', 1, '', 'import', '', '{}', NULL, NULL, 'done')")
            conn.executemany(
                "INSERT INTO report (uid, title, text_hash, characters, step_id) VALUES (?, '', ?, 0, 1)",
                ((str(n), str(n)) for n in range(reports)),
            )
            for n in range(1, reports + 1):
                store.bodies.put(n, 1, f"{n:032x}", [chance.getrandbits(63) for _ in range(4)])
        start = time.perf_counter()
        for n in range(times):
            store.bodies.like(f"{n * 7:032x}", [chance.getrandbits(63) for _ in range(4)])
        return {"ms": (time.perf_counter() - start) / times * 1000}


def measure(bench: Bench) -> list[Row]:
    """The rows of the table."""
    pages_count, texts = (100, 500) if bench.quick else (1000, 5000)
    folder = bench.fresh("import-files")
    folder.mkdir()
    child.run("pages", "make_pages", str(folder), pages_count)
    child.run("pages", "make_texts", str(folder), texts)
    return [
        *_speed(bench, folder, ".html", f"{pages_count:,} saved pages", "bare_trafilatura", "trafilatura alone"),
        *_speed(bench, folder, ".txt", f"{texts:,} text files", "ours", "our reader alone, in one process"),
        _lookup(bench),
    ]


def _speed(bench: Bench, folder: Path, ending: str, what: str, bare: str, note: str) -> list[Row]:
    growth: list[float] = []

    def own() -> float:
        project = bench.fresh("import-files.annodb")
        done = child.run("import_files", "import_folder", str(folder), ending, str(project), home=bench.home)
        growth.append(done["growth"])
        return float(done["rate"])

    def theirs() -> float:
        return float(child.run("pages", bare, str(folder), ending, home=bench.home)["rate"])

    mine, raw = alternate(min(bench.runs, 3), own, theirs)
    return [
        Row(f"import of {what}", median(mine), median(raw), "files/s", SHARE, at_least=True, note=f"raw: {note}"),
        Row(f"import of {what}: growth from a fifth on", max(growth), MORE_MEMORY, "MiB", 1.0),
    ]


def _lookup(bench: Bench) -> Row:
    reports = 5_000 if bench.quick else 100_000
    found = child.run("import_files", "look_up", reports, 500, home=bench.home)["ms"]
    return Row(f"near duplicates: a look-up among {reports:,} reports", found, 1.0, "ms", 1.0, note="raw: the goal")
