"""The ladder: every encoding a Chinese report comes in, whole and cut short, clean and damaged."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from annotator.domain.errors import InputError
from annotator.reading.encoding import decode, looks_binary

SHARED = Path(__file__).parents[3] / ".." / "shared" / "reports"

SIMPLIFIED = (
    "云溪镇2024年政府工作总结\n\n　　一年来，我镇新建垃圾分类亭房36座，修缮村道约12.5公里。"
    "群众满意率达96.4%，比上年提高3.1个百分点。下一步，将继续推进河道清淤、路灯改造等民生实事，"
    "让居民看得见变化、得到实惠。《云溪镇防汛预案》已经印发，镇应急办牵头组织演练四次。\n"
)
TRADITIONAL = (
    "青楓區2024年政府工作總結\n\n　　一年來，本區新建垃圾分類亭房36座，修繕村道約12.5公里。"
    "群眾滿意率達96.4%，比上年提高3.1個百分點。下一步，將繼續推進河道清淤、路燈改造等民生實事，"
    "讓居民看得見變化、得到實惠。《青楓區防汛預案》已經印發，區應急辦牽頭組織演練四次。\n"
)

# name asked of the codec, mark put before it, name we report
ENCODINGS = [
    ("utf-8", b"", "utf-8"),
    ("utf-8", b"\xef\xbb\xbf", "utf-8-sig"),
    ("gb18030", b"", "gb18030"),
    ("gbk", b"", "gb18030"),
    ("gb2312", b"", "gb18030"),
    ("big5", b"", "big5hkscs"),
    ("utf-16-le", b"\xff\xfe", "utf-16-le"),
    ("utf-16-be", b"\xfe\xff", "utf-16-be"),
    ("utf-16-le", b"", "utf-16-le"),
    ("utf-16-be", b"", "utf-16-be"),
]
DAMAGED = ["utf-8", "gb18030", "big5"]


def encodable(text: str, codec: str) -> str:
    """`text` without what the codec cannot write; of gb2312 also without what Python reads back differently."""
    kept = text.encode(codec, errors="ignore").decode(codec)
    return kept.replace("\u30fb", "").replace("\u2015", "") if codec == "gb2312" else kept


def seeds(codec: str) -> list[str]:
    """Five texts: the shared reports where they are, our own in traditional script for Big5."""
    if codec == "big5":
        sentences = TRADITIONAL.split("，")
        return ["，".join(sentences[i:] + sentences[:i]) * 6 for i in range(5)]
    texts = [path.read_text(encoding="utf-8") for path in sorted(SHARED.glob("*.txt"))]
    if not texts:
        pytest.skip("../shared/reports is absent")
    return texts


@pytest.mark.parametrize("length", [None, 400, 60, 20])
@pytest.mark.parametrize(("codec", "mark", "name"), ENCODINGS, ids=lambda value: str(value))
def test_five_reports_whole_and_cut_short(codec: str, mark: bytes, name: str, length: int | None) -> None:
    for seed in seeds(codec):
        text = encodable(seed, codec)[:length]
        data = mark + text.encode(codec)
        decoded = decode(data)
        assert decoded.text == text
        # Bytes that are ASCII throughout are every encoding at once: UTF-8 then is the right name.
        assert decoded[1:] == (name if not data.isascii() else "utf-8", bool(mark), 0, True)
        assert not looks_binary(data)


@pytest.mark.parametrize("codec", DAMAGED)
def test_a_stray_byte_costs_one_place(codec: str) -> None:
    for seed in seeds(codec):
        text = encodable(seed, codec)
        at = text.index("，" if codec == "big5" else "\n") + 1
        data = text[:at].encode(codec) + b"\xff" + text[at:].encode(codec)
        decoded = decode(data)
        assert decoded.encoding == {"big5": "big5hkscs"}.get(codec, codec)
        assert decoded.text.startswith(text[:at] + "\ufffd")
        assert decoded.text.endswith(text[-500:])
        assert decoded.replaced == 1


@pytest.mark.parametrize("codec", [*DAMAGED, "utf-16-le", "utf-16-be"])
def test_an_end_cut_inside_a_character_costs_one_place(codec: str) -> None:
    for seed in seeds(codec):
        text = encodable(seed, codec)
        text = text[: text.rindex("。") + 1]
        decoded = decode(text.encode(codec)[:-1])
        assert decoded.text == text[:-1] + "\ufffd"
        assert decoded.encoding == {"big5": "big5hkscs"}.get(codec, codec)
        assert decoded.replaced == 1


def test_a_missing_byte_leaves_the_rest_readable() -> None:
    for seed in seeds("gb18030"):
        text = encodable(seed, "gb18030")
        data = text.encode("gb18030")
        at = len(text[:300].encode("gb18030")) + 1
        decoded = decode(data[:at] + data[at + 1 :])
        assert decoded.encoding == "gb18030"
        assert decoded.text.endswith(text[-2000:])


@pytest.mark.parametrize(
    ("text", "codec", "mark", "name"),
    [
        (text, codec, mark, name)
        for text in (SIMPLIFIED, SIMPLIFIED[:20], SIMPLIFIED * 3000, TRADITIONAL, TRADITIONAL[:20], TRADITIONAL * 3000)
        for codec, mark, name in ENCODINGS
        if (text[0] == "青" or codec != "big5") and (text[0] == "云" or codec != "gb2312")
    ],
    ids=lambda value: str(value)[:16] if isinstance(value, str) else "",
)
def test_invented_texts_in_every_encoding(text: str, codec: str, mark: bytes, name: str) -> None:
    data = mark + text.encode(codec)
    assert decode(data) == (text, name, bool(mark), 0, True)
    assert not looks_binary(data)


def test_crlf_english_and_empty_texts_are_utf8() -> None:
    assert decode(b"") == ("", "utf-8", False, 0, True)
    assert decode(b"plain\r\nEnglish\r\n") == ("plain\r\nEnglish\r\n", "utf-8", False, 0, True)


def test_a_single_nul_does_not_turn_utf8_into_something_else() -> None:
    data = (SIMPLIFIED[:30] + "\0" + SIMPLIFIED[30:]).encode()
    decoded = decode(data)
    assert (decoded.encoding, decoded.text[30], decoded.replaced) == ("utf-8", "\0", 0)
    assert not looks_binary(data)


def test_a_replacement_character_that_was_written_is_no_damage() -> None:
    assert decode(("好\ufffd" + SIMPLIFIED).encode()).replaced == 0
    assert decode(("好\ufffd" + SIMPLIFIED).encode() + b"\xe4\xb8").replaced == 1


def test_the_mark_is_dropped_and_reported_whatever_was_asked() -> None:
    assert decode(b"\xef\xbb\xbf\xe5\xa5\xbd", "UTF-8") == ("好", "utf-8-sig", True, 0, True)
    assert decode("好".encode("utf-16"), "utf-16") == ("好", "utf-16-le", True, 0, True)
    assert decode("\ufeff好".encode("utf-16-be"), "UTF16") == ("好", "utf-16-be", True, 0, True)
    assert decode("好".encode("utf-16-le"), "utf-16") == ("好", "utf-16-le", False, 0, True)
    assert decode("\ufeff好".encode("utf-32-le")) == ("好", "utf-32-le", True, 0, True)
    assert decode("\ufeff好".encode("gb18030")) == ("好", "gb18030", True, 0, True)


@pytest.mark.parametrize("name", ["GB2312", "gbk", "cp936", "gb18030", " GBK "])
def test_every_gb_name_is_read_as_the_widest(name: str) -> None:
    decoded = decode("·—约〇镕".encode("gb18030"), name)
    assert (decoded.text, decoded.encoding) == ("·—约〇镕", "gb18030")


def test_an_encoding_asked_for_wins_and_its_damage_is_counted() -> None:
    decoded = decode("好的".encode() + b"\xff\xff", "utf-8")
    assert (decoded.text, decoded.replaced) == ("好的\ufffd\ufffd", 2)


@pytest.mark.parametrize("name", ["utf-99", "base64", "rot13", "", "中文", "utf\0", "undefined", "idna"])
def test_a_name_that_is_no_text_encoding_is_a_known_error(name: str) -> None:
    with pytest.raises(InputError):
        decode(b"abc", name)


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"PK\x03\x04" + b"abc" * 50,
        b"%PDF-1.7\n1 0 obj",
        b"SQLite format 3\0",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"MZ\x90\0\x03",
        b"\x7fELF\x02",
        b"\xff\xd8\xff\xe0",
        bytes(range(256)) * 8,
        b"\0" * 400,
    ],
)
def test_binary_files_are_recognised(data: bytes) -> None:
    assert looks_binary(data)


def test_random_bytes_are_binary_and_short_texts_are_not() -> None:
    assert looks_binary(os.urandom(4096))
    assert not looks_binary(b"")
    assert not looks_binary("好".encode("utf-16-le"))
    assert not looks_binary(b"MZ is how this English text begins.")
    assert not looks_binary(b"a page\x0cand the next\x0c")


def test_text_in_no_candidate_encoding_is_marked_as_a_guess() -> None:
    assert not decode("Ελληνικό κείμενο για δοκιμή ".encode("iso8859-7") * 5).sure
