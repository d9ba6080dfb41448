import json
import os
import zipfile

import pytest

from annotator.cli.main import run
from annotator.services.reading_files import readings
from annotator.services.reading_process import MB, Limits

PAGE = (
    "<html><head><meta charset='gb2312'><title>望川县2022年工作总结-望川县人民政府</title></head><body>"
    "<div class='nav'><a href='/'>首页</a><a href='/a'>政务公开</a></div>"
    "<h1>望川县2022年工作总结</h1><div class='TRS_Editor'>"
    "<p>一、加强领导。全年召开会议12次，研究解决问题35个，推动各项工作有序开展。</p>"
    "<p>二、优化服务。受理事项1280件，办结率99.7%，群众满意度持续提高。</p>"
    "<p>三、从严监督。开展检查45次，整改问题128个，制度建设进一步加强，作风持续好转。</p>"
    "</div><div class='footer'>版权所有：望川县人民政府 ICP备12345678号</div></body></html>"
)


@pytest.fixture
def files(tmp_path):
    page = tmp_path / "a.html"
    page.write_bytes(PAGE.encode("gb18030"))
    plain = tmp_path / "b.txt"
    plain.write_text("望川县2021年工作总结\n一、受理128件，办结率99.7%。\n", encoding="utf-8")
    return page, plain


def test_json_a_line_for_each_file(files, capsys):
    assert run(["text", "--json", *map(str, files)]) == 0
    page, plain = map(json.loads, capsys.readouterr().out.splitlines())
    for each in (page, plain):
        assert list(each) == ["file", "text", "body", "furniture", "meta", "encoding", "sections"]
    assert page["encoding"] == "gb18030" and plain["encoding"] == "utf-8"
    assert "版权所有" in page["text"] and "版权所有" not in page["body"] and "首页" not in page["body"]
    assert page["body"].startswith("望川县2022年工作总结\n一、加强领导。")
    kept = page["text"]
    for mark in sorted(page["furniture"], key=lambda mark: -mark["start"]):
        assert mark["rule"]
        kept = kept[: mark["start"]] + kept[mark["end"] :]
    assert kept == page["body"]
    assert [section["title"] for section in page["sections"]] == ["加强领导", "优化服务", "从严监督"]
    assert page["meta"]["title"] == "望川县2022年工作总结"


def test_what_is_to_be_said_of_a_file_stands_beside_the_json(tmp_path, capsys):
    wrong = tmp_path / "a.html"
    wrong.write_bytes(PAGE.replace("gb2312", "utf-8").encode("gb18030"))
    assert run(["text", "--json", str(wrong)]) == 0
    shown = capsys.readouterr()
    assert len(shown.out.splitlines()) == 1
    assert "gb18030" in shown.err and "a.html" in shown.err


def test_words_for_people(files, capsys):
    assert run(["text", str(files[0])]) == 0
    out = capsys.readouterr().out
    assert "受理事项1280件" in out and "政务公开" not in out and "page furniture" in out


def test_a_bad_file_stops_no_other(files, tmp_path, capsys):
    picture = tmp_path / "c.html"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    assert run(["text", "--json", str(picture), str(tmp_path / "none.html"), str(files[1])]) == 1
    shown = capsys.readouterr()
    assert len(shown.out.splitlines()) == 1
    lines = shown.err.splitlines()
    assert len(lines) == 2 and "c.html" in lines[0] and "none.html" in lines[1]


def test_an_encoding_by_name(files, tmp_path, capsys):
    odd = tmp_path / "d.txt"
    odd.write_bytes("重庆".encode("big5", "replace") * 3)
    assert run(["text", "--json", "--encoding", "big5", str(odd)]) == 0
    assert json.loads(capsys.readouterr().out)["encoding"] == "big5hkscs"
    assert run(["text", "--encoding", "nonsense", str(odd)]) == 1
    assert "nonsense" in capsys.readouterr().err


def test_a_folder_is_every_file_in_it(files, tmp_path, capsys):
    (tmp_path / "e").mkdir()
    (tmp_path / "e" / "b.txt").write_text("望川县", encoding="utf-8")
    assert run(["text", "--json", str(tmp_path / "e"), str(files[1])]) == 0
    assert [json.loads(line)["text"][:3] for line in capsys.readouterr().out.splitlines()] == ["望川县", "望川县"]


@pytest.mark.skipif(os.name == "nt", reason="no such names there")
def test_a_name_does_not_command_the_terminal(tmp_path, capsys):
    odd = tmp_path / "a\n\x1b[2Jb.txt"
    odd.write_text("望川县", encoding="utf-8")
    (tmp_path / "c\nd.txt").touch()
    assert run(["text", str(odd), str(tmp_path / "c\nd.txt")]) == 1
    shown = capsys.readouterr()
    assert shown.out.splitlines()[0] == f"# {tmp_path}/a\ufffd\ufffd[2Jb.txt"
    assert len(shown.err.splitlines()) == 1


def test_a_file_that_eats_memory_is_ended_and_named(tmp_path):
    eats = tmp_path / "a.docx"
    rows = "<w:p/>" * 200_000
    parts = {
        "[Content_Types].xml": "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>",
        "word/document.xml": "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
        f"<w:body>{rows}</w:body></w:document>",
    }
    with zipfile.ZipFile(eats, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    (tmp_path / "b.txt").write_text("望川县", encoding="utf-8")
    bad, good = readings([eats, tmp_path / "b.txt"], limits=Limits(memory=4 * MB))
    assert "more than 4 MB of memory" in bad.problem and "a.docx" in bad.file
    assert good.body == "望川县"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_said_and_not_waited_for(files, tmp_path, capsys):
    os.mkfifo(tmp_path / "pipe.txt")
    assert run(["text", "--json", str(tmp_path / "pipe.txt"), str(files[1])]) == 1
    shown = capsys.readouterr()
    assert len(shown.out.splitlines()) == 1
    assert "pipe.txt" in shown.err and "device" in shown.err
