import os

import pytest

from annotator.domain.report import Report
from annotator.formats.items import AS_FOUND, Item
from annotator.formats.settled import settled


def reader(path, changes):
    """A reader of one report, beside whom somebody writes the file as often as `changes` says."""
    left = [changes]

    def read(file, _options):
        text = file.read_text()
        if left[0]:
            left[0] -= 1
            file.write_text(text + "更多")
        yield Item(str(file), report=Report(uid="1", text=text))

    return read


@pytest.mark.parametrize(("changes", "texts"), [(0, ["甲"]), (1, ["甲更多"]), (2, [None])])
def test_a_file_that_changes_is_read_once_more(tmp_path, changes, texts):
    path = tmp_path / "a.txt"
    path.write_text("甲")
    items = list(settled(reader(path, changes), path, AS_FOUND, many=False))
    assert [item.report and item.report.text for item in items] == texts
    assert texts != [None] or "twice" in str(items[0].problem)


def test_of_a_file_of_many_what_came_is_kept_and_it_is_said(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("甲")
    items = list(settled(reader(path, 1), path, AS_FOUND, many=True))
    assert items[0].report.text == "甲" and "what came in is kept" in str(items[1].problem)


def test_the_time_of_a_change_counts_too(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("甲")

    def read(file, _options):
        os.utime(file, ns=(1, 1))
        yield Item(str(file), report=Report(uid="1", text="甲"))

    assert list(settled(read, path, AS_FOUND, many=True))[-1].problem is not None
