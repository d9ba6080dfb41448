import pytest

from annotator.domain.errors import InputError
from annotator.formats.columns import find_header, names_of, propose_columns, settle

BODY = "一、新建站点80个，受理128件，办结率99.7%。二、召开会议8次，研究问题32个。"


@pytest.mark.parametrize(
    ("names", "row", "proposal"),
    [
        (["标题", "正文", "网址"], ["甲", BODY, "http://a.cn/1"], {"标题": "title", "正文": "text", "网址": "url"}),
        (
            ["Title", "Content", "Date"],
            ["a", BODY, "2022-01-01"],
            {"Title": "title", "Content": "text", "Date": "date"},
        ),
        (["名称", "说明文字"], ["甲", BODY], {"名称": "title", "说明文字": "text"}),
        (
            ["省份", "城市", "区县", "内容"],
            ["甲省", "乙市", "丙县", BODY],
            {"省份": "province", "城市": "city", "区县": "county", "内容": "text"},
        ),
        (["地址", "正文"], ["人民路1号", BODY], {"正文": "text"}),
        (["正文（必填）", "发布时间："], [BODY, "2022"], {"正文（必填）": "text", "发布时间：": "date"}),
        (["x", "y"], ["1", "2"], {}),
    ],
)
def test_the_proposal(names, row, proposal):
    assert propose_columns(names, [row]) == proposal


def test_sixteen_thousand_columns_have_names_of_their_own():
    names = names_of(["标题", "", "标题 (2)", *["栏"] * 16_000, "标题", "标题"])
    assert len({*names}) == len(names) == 16_005
    assert names[:4] == ("标题", "#2", "标题 (2)", "栏") and names[-2:] == ("标题 (3)", "标题 (4)")


def test_what_was_chosen_is_completed_by_the_text_alone():
    names, rows = ["标题", "正文", "来源"], [["甲", BODY, "乙"]]
    assert settle(names, rows, {}) == {"标题": "title", "正文": "text", "来源": "source"}
    assert settle(names, rows, {"标题": "issuer"}) == {"标题": "issuer", "正文": "text"}
    assert settle(names, rows, {"来源": "text"}) == {"来源": "text"}
    with pytest.raises(InputError, match="No column holds text"):
        settle(["x"], [["1"]], {})
    with pytest.raises(InputError, match="no column"):
        settle(names, rows, {"无": "text"})


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        ([["标题", "正文"], ["甲", BODY]], 0),
        ([["汇总表", ""], ["标题", "正文"], ["甲", BODY]], 1),
        ([["甲县", "80"], ["乙县", "90"]], None),
        ([["单位名", "件数"], ["甲县", "80"], ["乙县", "90"]], 0),
        ([["甲", BODY], ["乙", BODY]], None),
        ([["正文"], [BODY]], 0),
    ],
)
def test_the_row_of_names(rows, header):
    assert find_header(rows) == header


def test_names_are_never_empty_and_never_the_same():
    assert names_of(["标题", "", "标题", " 正\n文 "]) == ("标题", "#2", "标题 (2)", "正 文")
