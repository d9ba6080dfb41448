"""The five reports through every kind of file give the same body. What they hold is compared, never written down here."""

import csv
import io
import zipfile

import docx
import openpyxl
import pytest

from annotator.formats.body import body_text
from annotator.formats.items import AS_FOUND
from annotator.formats.registry import reader_of


def one(path):
    (item,) = reader_of(path)(path, AS_FOUND)
    assert item.report is not None, str(item.problem)
    return item.report


def squeezed(report):
    return "".join(body_text(report).text.split())


def by_csv(path, text, delimiter=",", codec="utf-8"):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([["编号", "正文"], ["1", text]])
    path.write_bytes(out.getvalue().encode(codec))


def by_xlsx(path, text):
    book = openpyxl.Workbook()
    book.active.append(["编号", "正文"])
    book.active.append(["1", text])
    book.save(path)


def by_zip(path, text):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", text)


WAYS = {
    **{f"{codec}.txt": (lambda path, text, codec=codec: path.write_bytes(text.encode(codec))) for codec in ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be")},
    **{f"{codec}.csv": (lambda path, text, codec=codec: by_csv(path, text, codec=codec)) for codec in ("utf-8", "utf-8-sig", "gb18030", "utf-16")},
    "tabs.tsv": lambda path, text: by_csv(path, text, "\t"),
    "semicolons.csv": lambda path, text: by_csv(path, text, ";"),
    "a.xlsx": by_xlsx,
    "a.zip": by_zip,
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_text_tables_and_archives_give_the_same_body(tmp_path, shared_reports, way):
    for file in shared_reports:
        text = file.read_text(encoding="utf-8")
        plain = one(file)
        WAYS[way](tmp_path / way, text)
        came = one(tmp_path / way)
        assert came.text == plain.text
        assert squeezed(came) == squeezed(plain)


def test_a_document_keeps_all_of_the_body_in_its_body(tmp_path, shared_reports):
    """Nobody saves a navigation bar in a Word file on purpose: there less counts as furniture, never more."""
    for file in shared_reports:
        plain = one(file)
        document = docx.Document()
        for line in plain.text.split("\n"):
            document.add_paragraph(line)
        document.save(tmp_path / "a.docx")
        came = one(tmp_path / "a.docx")
        assert came.text == plain.text
        assert set(body_text(plain).text.split("\n")) <= set(body_text(came).text.split("\n"))
        body = docx.Document()
        for line in body_text(plain).text.split("\n"):
            body.add_paragraph(line)
        body.save(tmp_path / "b.docx")
        assert squeezed(one(tmp_path / "b.docx")) == squeezed(plain)
