"""What all measures share in one run: its folder, its corpora and the projects made from them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks import child, raw
from benchmarks.figures import Row


@dataclass
class Bench:
    """One run. `runs` is how often each side is run; `full` asks for the project of 100,000 reports."""

    folder: Path
    runs: int = 5
    quick: bool = False
    full: bool = False
    say: Callable[[str], None] = print

    @property
    def home(self) -> Path:
        """The program's home folder in this run."""
        return self.folder / "home"

    def fresh(self, name: str) -> Path:
        """A path in the run's folder at which nothing is."""
        path = self.folder / name
        for old in self.folder.glob(name + "*"):
            shutil.rmtree(old) if old.is_dir() else old.unlink()
        return path

    def corpus(self, reports: int) -> Path:
        """`reports` synthetic reports with 150 spans each, as JSON Lines."""
        path = self.folder / f"corpus-{reports}.jsonl"
        if not path.exists():
            self.say(f"making a corpus of {reports:,} reports …")
            raw.corpus(path, ["--n", str(reports)])
        return path

    def giant(self, spans: int, size: int = 1_000_000) -> Path:
        """One report of `size` UTF-8 bytes with `spans` spans."""
        path = self.folder / f"giant-{size}-{spans}.jsonl"
        if not path.exists():
            self.say(f"making a report of {size / 1e6:g} MB with {spans:,} spans …")
            # another seed each: a project takes the same text only once
            raw.corpus(path, ["--giant", str(size), "--spans", str(spans), "--seed", str(spans)])
        return path

    def project(self, reports: int) -> Path:
        """A project of `reports` different reports with 150 spans each, in the set of the window's person."""
        path = self.folder / f"project-{reports}.annodb"
        if not path.exists():
            self.say(f"making a project of {reports:,} reports …")
            child.run("building", "build", str(path), str(self.corpus(min(reports, 1000))), reports, home=self.home)
        return path

    def project_of(self, *corpora: Path) -> Path:
        """A project of given files."""
        path = self.folder / f"{'-'.join(corpus.stem for corpus in corpora)}.annodb"
        if not path.exists():
            child.run("building", "import_all", str(path), [*map(str, corpora)], home=self.home)
        return path

    def copy(self, project: Path) -> Path:
        """A copy of a project that may be written."""
        path = self.fresh("copy.annodb")
        shutil.copyfile(project, path)
        return path


Measure = Callable[[Bench], list[Row]]
