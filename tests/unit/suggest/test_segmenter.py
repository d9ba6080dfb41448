"""Word segmentation: nothing of the text is lost, whatever stands in it, with every segmenter that is installed."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import tracemalloc
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from annotator.suggest import segmenter as segmenters
from annotator.suggest.segmenter import JiebaSegmenter, RjiebaSegmenter, Segmenter

ROOT = Path(__file__).parents[3]
GOLD = ROOT.parent / "shared" / "gold"
ODD = "中山市人民政府建设卡拉OK习近平2０5.．%％-+#&_,，。aＡéñя \u3000\xa0\n\r\u2028\x85\u0301\u200d\ufeff\U0002000b\U000e0100"
TEXTS = st.text(st.one_of(st.sampled_from(ODD), st.characters(codec="utf-8")), max_size=80)


@pytest.fixture(scope="module", params=["jieba", "rjieba"])
def segmenter(request, tmp_path_factory) -> Segmenter:
    if importlib.util.find_spec(request.param) is None:
        pytest.skip(f"{request.param} is not installed")
    if request.param == "jieba":
        return JiebaSegmenter(tmp_path_factory.mktemp("cache"))
    return RjiebaSegmenter()


def words(segmenter: Segmenter, text: str) -> list[str]:
    return [text[start:end] for start, end in segmenter.tokenize(text)]


def test_chinese_words_numbers_and_latin_words(segmenter):
    assert words(segmenter, "中山市政府投资45亿元，GDP增长8.5%。") == [
        "中山市", "政府", "投资", "45", "亿元", "，", "GDP", "增长", "8.5%", "。",
    ]  # fmt: skip


def test_full_width_figures_and_letters_are_words_like_half_width_ones(segmenter):
    assert words(segmenter, "ＧＤＰ增长１２．５％") == ["ＧＤＰ", "增长", "１２．５％"]


def test_letters_beyond_ascii_and_marks_stay_together(segmenter):
    assert words(segmenter, "café e\u0301tude 葛\U000e0100") == ["café", " ", "e\u0301tude", " ", "葛\U000e0100"]


def test_an_empty_text_has_no_words(segmenter):
    assert segmenter.tokenize("") == []
    assert list(segmenter.edges("")) == [0]


@given(text=TEXTS)
@settings(deadline=None)
def test_words_cover_the_text_without_gaps(segmenter, text: str):
    ranges = segmenter.tokenize(text)
    assert [start for start, _end in ranges] == [0, *(end for _start, end in ranges)][: len(ranges)]
    assert all(start < end for start, end in ranges)
    assert "".join(words(segmenter, text)) == text


@given(text=TEXTS)
@example(text="\r\n")
@settings(deadline=None)
def test_words_cross_no_line_break_and_part_no_character_from_its_marks(segmenter, text: str):
    for word in words(segmenter, text):
        assert len(word.splitlines()) <= 1
        assert "\n" not in word or word == "\n"
    for start, _end in segmenter.tokenize(text)[1:]:
        if unicodedata.category(text[start]) in ("Mn", "Me", "Mc"):
            assert text[start - 1].isspace()


@pytest.mark.parametrize("stretch", ["的一", "建设", "a", "𠮷", "，", "e\u0301", " "])
def test_a_line_longer_than_any_is_covered_too(segmenter, stretch: str):
    text = stretch * (3 * segmenters.LONGEST_PIECE // len(stretch) + 1)
    assert "".join(words(segmenter, text)) == text
    assert all(end - start <= segmenters.LONGEST_PIECE for start, end in segmenters.pieces(text))


def test_a_long_line_is_cut_at_punctuation():
    text = ("坚持依法行政，" * 700)[: 2 * segmenters.LONGEST_PIECE]
    inner = [end for _start, end in segmenters.pieces(text)][:-1]
    assert inner
    assert all(text[end - 1] == "，" for end in inner)


def test_added_words_stay_whole(segmenter):
    assert "龘靐镇法治办" not in words(segmenter, "由龘靐镇法治办负责")
    segmenter.add_words(["龘靐镇法治办", ""])
    assert "龘靐镇法治办" in words(segmenter, "由龘靐镇法治办负责")


def test_it_shows_that_it_is_alive_after_every_line(segmenter):
    beats = []
    segmenter.edges("一\n二\n三", lambda: beats.append(1))
    assert len(beats) == 3


def test_memory_does_not_grow_with_the_lines(segmenter):
    line = "全面推进依法行政，建设法治政府。\n"
    segmenter.edges(line)
    tracemalloc.start()
    try:
        edges = segmenter.edges(line * 1000)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 4 * len(edges) * edges.itemsize + 200_000


@pytest.mark.skipif(not GOLD.is_dir(), reason="the shared gold reports are not here")
def test_edges_of_gold_spans_are_edges_of_words(segmenter):
    hits = total = 0
    for path in sorted(GOLD.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            report = json.loads(line)
            edges = set(segmenter.edges(report["text"]))
            places = [place for span in report["spans"] for place in (span["start"], span["end"])]
            hits += sum(place in edges for place in places)
            total += len(places)
    assert total > 400
    assert hits / total >= 0.98


def run_apart(code: str, *arguments: str, options: tuple[str, ...] = ()) -> str:
    command = [sys.executable, *options, "-c", code, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout.strip()


@pytest.mark.slow
def test_jieba_is_imported_with_the_first_text_and_says_nothing(tmp_path):
    code = """if True:
        import sys
        from pathlib import Path
        from annotator.suggest.segmenter import JiebaSegmenter
        segmenter = JiebaSegmenter(Path(sys.argv[1]) / "new" / "cache")
        before = "jieba" in sys.modules
        segmenter.tokenize("中山市")
        print(before, "jieba" in sys.modules, "pkg_resources" in sys.modules, "paddle" in sys.modules)
        """
    assert run_apart(code, str(tmp_path), options=("-W", "error")) == "False True False False"
    assert [path.name for path in (tmp_path / "new" / "cache").iterdir()] == ["jieba-0.42.1.cache"]


@pytest.mark.slow
def test_a_cache_folder_that_cannot_be_made_or_read_costs_only_time(tmp_path):
    (tmp_path / "file").write_text("")
    (tmp_path / "damaged").mkdir()
    (tmp_path / "damaged" / "jieba-0.42.1.cache").write_bytes(b"\x00damaged")
    code = """if True:
        import sys
        from pathlib import Path
        from annotator.suggest.segmenter import JiebaSegmenter
        print(JiebaSegmenter(Path(sys.argv[1])).tokenize("中山市政府"))
        """
    for name in ("file/cache", "damaged"):
        assert run_apart(code, str(tmp_path / name)) == "[(0, 3), (3, 5)]"


def test_the_segmenter_of_a_process_is_one(tmp_path):
    assert segmenters.segmenter(tmp_path) is segmenters.segmenter(tmp_path)
    expected = "rjieba" if importlib.util.find_spec("rjieba") else "jieba"
    assert segmenters.segmenter(tmp_path).name == expected
