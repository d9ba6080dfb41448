from pathlib import Path

from annotator.services.paths import files_in


def test_files_as_named_and_folders_with_all_that_lies_in_them(tmp_path):
    for name in ("b.txt", "a/2.txt", "a/10.txt", "a/.hidden", ".git/x", "p.annodb", "p.annodb-wal"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x", encoding="utf-8")
    (tmp_path / "a" / "back").symlink_to(tmp_path)
    (tmp_path / "broken").symlink_to(tmp_path / "none")
    circles = []
    found = files_in([tmp_path / "missing", tmp_path, tmp_path / "b.txt"], circles)
    assert circles == [tmp_path / "a" / "back"]
    assert [str(p.relative_to(tmp_path)) for p in found] == [
        "missing",
        "b.txt",
        "broken",
        str(Path("a", "10.txt")),
        str(Path("a", "2.txt")),
    ]


def test_a_project_named_outright_is_looked_at_and_refused_by_its_content(tmp_path):
    assert files_in([tmp_path / "p.annodb"]) == [tmp_path / "p.annodb"]


def test_a_link_to_nothing_stays_in_the_list(tmp_path):
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    assert files_in([tmp_path]) == [tmp_path / "gone.txt"]
