"""A long import with faults in it: `python -m benchmarks.soak [FILES] [FOLDER]`, 5,000 files of all kinds unless told.

The files are those of `tests.unit.services.soak_files`: every reader, every kind of damage, readers that hang, end, fill the
memory. What is looked for: each file in exactly one list, a sound project, memory that does not grow. Ends with 1 where not.
"""

from __future__ import annotations

import functools
import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from unittest import mock

from benchmarks import child

FILES = 5_000
#: MiB that the importing process may grow by, from a fifth of the files on.
MORE_MEMORY = 48
SECONDS, MEMORY_MB = 5.0, 400


def soak(folder: str, count: int) -> dict[str, object]:
    """Import `count` files with faults; what was wrong, how long it took, how this process grew from a fifth on (MiB)."""
    from annotator.services import sources
    from annotator.services.importing import import_paths
    from annotator.services.reading_process import MB, Limits
    from annotator.services.reading_worker import Order
    from annotator.services.session import default_schema
    from annotator.storage import Store
    from annotator.storage.check import verify
    from tests.unit.services.soak_files import FAULTY, Maker, wrong_in

    base = Path(folder)
    (base / "faulty_reader.py").write_text(FAULTY, encoding="utf-8")
    sys.path.insert(0, folder)  # reader processes find it where this one does
    maker = Maker(base / "in")
    maker.make(count)
    expected = maker.expected()
    growth = _Growth()
    with Store.create(base / "p.annodb", default_schema()) as store:
        store.people.ensure("6b0c1d52-6f0e-4f0b-9a54-0c5f1f3c7a99", "me")
        start = time.perf_counter()
        with mock.patch.object(sources, "Order", functools.partial(Order, reader="faulty_reader.read")):
            limits = Limits(seconds=SECONDS, memory=MEMORY_MB * MB)
            result = import_paths(
                store, "6b0c1d52-6f0e-4f0b-9a54-0c5f1f3c7a99", [base / "in"], progress=growth.look, limits=limits
            )
        seconds = time.perf_counter() - start
        wrong = [*wrong_in(result, expected), *map(str, verify(store))]
        wrong += [f"{path} was written beside the archive" for path in base.rglob("out.txt")]
        if len(result.read) != store.totals.reports():
            wrong.append(f"{len(result.read)} read, {store.totals.reports()} in the project")
    lists = {name: len(getattr(result, name)) for name in ("read", "known", "near", "failed")}
    return {
        "files": result.files,
        "seconds": round(seconds, 1),
        "lists": lists,
        "kinds": dict(Counter(maker.kinds).most_common()),
        "growth": round(growth.grown(), 1),
        "wrong": wrong,
    }


class _Growth:
    """How this process grows from a fifth of the way on, as the import tells how far it is."""

    def __init__(self) -> None:
        self._early = 0.0

    def look(self, done: int, total: int, _words: str) -> None:
        """The import's progress."""
        if not self._early and total and done * 5 >= total:
            self._early = child.memory()

    def grown(self) -> float:
        """MiB more than then."""
        return child.memory() - (self._early or child.memory())


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else FILES
    with tempfile.TemporaryDirectory(dir=sys.argv[2] if len(sys.argv) > 2 else None) as folder:
        os.environ["ANNOTATOR_HOME"] = str(Path(folder, "home"))
        found = soak(folder, count)
    for name, value in found.items():
        print(f"{name}: {value}")
    growth = found["growth"]
    assert isinstance(growth, float)
    sys.exit(1 if found["wrong"] or growth > MORE_MEMORY else 0)


if __name__ == "__main__":
    main()
