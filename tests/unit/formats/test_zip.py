import io
import struct
import zipfile

import pytest

from annotator.formats import zip as archives
from annotator.formats.items import ReadOptions

TEXT = "望川县2022年工作报告\n一、受理128件，办结率99.7%。\n"


def packed(members: dict[str, bytes | str], compression=zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def read(tmp_path, data: bytes, **options):
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    return list(archives.read(path, ReadOptions(**options)))


def by_name(items):
    return {item.file.rpartition("a.zip/")[2]: item for item in items}


def renamed(data: bytes, ours: bytes, theirs: bytes) -> bytes:
    """A member's name changed for one of the same length, whatever encoding that is in."""
    assert len(ours) == len(theirs) and data.count(ours) == 2
    return data.replace(ours, theirs)


def test_every_member_is_read_as_what_it_is(tmp_path):
    table = f'标题,正文\n甲,"{TEXT}"\n乙,"第二份"\n'
    items = read(
        tmp_path, packed({"folder/甲.txt": TEXT, "b.csv": table, "c.docx": "<html><body><p>网页</p></body></html>"})
    )
    assert [item.file.rpartition("a.zip/")[2] for item in items] == ["folder/甲.txt", "b.csv", "b.csv", "c.docx"]
    assert [item.line for item in items] == [None, 2, 5, None]
    assert items[0].report.file_name == "甲.txt" and items[1].report.file_name == "b.csv"
    assert items[3].report.text == "网页" and "html" in items[3].notes[0].text()


def test_a_title_from_the_file_name_is_that_of_the_member(tmp_path):
    (item,) = read(tmp_path, packed({"云溪镇总结.txt": "一、受理128件。\n二、新建站点80个，办结率99.7%。\n"}))
    assert item.report.title == "云溪镇总结"


def test_a_value_of_a_table_is_never_taken_for_the_temporary_name(tmp_path):
    (item,) = read(tmp_path, packed({"b.csv": "标题,正文,件数\n甲,第一份报告,0\n"}))
    assert item.report.meta["件数"] == "0" and item.report.title == "甲"


@pytest.mark.parametrize("codec", ["gb18030", "utf-8"])
def test_names_without_the_mark_for_utf_8(tmp_path, codec):
    name = "望川县报告.txt".encode(codec)
    data = renamed(packed({"x" * len(name): TEXT}), b"x" * len(name), name)
    (item,) = read(tmp_path, data)
    assert item.file.endswith("a.zip/望川县报告.txt") and item.report.file_name == "望川县报告.txt"


def test_the_name_that_packers_put_beside_the_old_one(tmp_path):
    entry = zipfile.ZipInfo("old.txt")
    name = "望川.txt".encode()
    entry.extra = struct.pack("<HHBI", 0x7075, 5 + len(name), 1, 0) + name
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(entry, TEXT)
    assert read(tmp_path, out.getvalue())[0].report.file_name == "望川.txt"


@pytest.mark.parametrize(
    "name", ["../../out.txt", "/etc/out.txt", "C:\\out.txt", "..\\out.txt", "a/../../out.txt", "con.txt", "a\nb.txt"]
)
def test_no_name_becomes_a_path(tmp_path, name):
    inner = tmp_path / "inner"
    inner.mkdir()
    (item,) = read(inner, packed({name: TEXT}))
    assert item.report.text == TEXT
    assert "/" not in item.report.file_name and "\\" not in item.report.file_name and "\n" not in item.file
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.zip", "inner"]


def test_a_bomb_is_named_and_the_rest_comes_in(tmp_path):
    items = by_name(read(tmp_path, packed({"bomb.txt": b"\0" * (16 * 1024 * 1024), "a.txt": TEXT})))
    assert "unpack" in str(items["bomb.txt"].problem) and items["a.txt"].report.text == TEXT


def test_all_together_may_not_be_too_much(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MAX_TOTAL", 100)
    items = read(tmp_path, packed({f"{n}.txt": TEXT + str(n) for n in range(4)}))
    assert [item.report is not None for item in items] == [True, False, False, False]


def test_too_many_members(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MAX_ENTRIES", 2)
    items = read(tmp_path, packed({f"{n}.txt": TEXT + str(n) for n in range(4)}))
    assert [item.report is not None for item in items] == [True, True, False, False]


def test_archives_in_archives_twice_deep(tmp_path):
    inner = packed({"c.txt": TEXT})
    items = by_name(read(tmp_path, packed({"b.zip": inner, "d.zip": packed({"e.zip": inner})})))
    assert items["b.zip/c.txt"].report.text == TEXT
    assert "archive in an archive" in str(items["d.zip/e.zip"].problem)


def test_an_archive_that_holds_itself_ends(tmp_path):
    data = packed({"a.txt": TEXT})
    for _ in range(30):
        data = packed({"a.zip": data})
    items = read(tmp_path, data)
    assert len(items) == 1 and items[0].problem


def test_encrypted_members_and_links_are_said(tmp_path):
    data = bytearray(packed({"a.txt": TEXT}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "password" in str(read(tmp_path, bytes(data))[0].problem)
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert "link" in str(read(tmp_path, out.getvalue())[0].problem)


def test_litter_is_passed_over(tmp_path):
    items = read(tmp_path, packed({"__MACOSX/._a.txt": b"\0\5", ".DS_Store": b"x", "~$a.docx": b"x", "a.txt": TEXT}))
    assert len(items) == 1 and items[0].report


def test_damage_is_a_sentence_a_member(tmp_path):
    data = bytearray(packed({"a.txt": TEXT, "b.txt": TEXT + "二"}, zipfile.ZIP_STORED))
    data[data.index(TEXT.encode()) + 3] ^= 0xFF
    items = by_name(read(tmp_path, bytes(data)))
    assert "damaged" in str(items["a.txt"].problem) and items["b.txt"].report


def test_cut_off_or_empty(tmp_path):
    data = packed({"a.txt": TEXT})
    for cut in range(4, len(data), 13):
        (item,) = read(tmp_path, data[:cut])
        assert "damaged" in str(item.problem)
    assert "empty" in str(read(tmp_path, packed({}))[0].problem)


def test_nothing_stays_behind(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    items = archives.read(tmp_path / "a.zip", ReadOptions())
    (tmp_path / "a.zip").write_bytes(packed({"a.txt": TEXT, "b.txt": TEXT}))
    next(items)
    items.close()
    assert not list((tmp_path / "temporary").iterdir())
