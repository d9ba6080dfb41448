"""The rows of the table of furniture words, one line each, and lines of reports that no row may take."""

from __future__ import annotations

import itertools

import pytest

from annotator.messages import language, set_language
from annotator.reading.furniture.judging import judge
from annotator.reading.furniture.names import NAMES, rule_name
from annotator.reading.furniture.pieces import pieces
from annotator.reading.furniture.tokens import _ROWS, TOKENS, Strength, beginnings, pairs_in, tokens_in

FURNITURE = [
    ("breadcrumb", "您现在的位置：首页 > 政务公开 > 正文"),
    ("breadcrumb", "当前位置 首页"),
    ("breadcrumb", "首页 » 数据 » 公报"),
    ("breadcrumb", "首页/财政信息/决算公开"),
    ("nav", "首页 | 网站声明 | 使用帮助 | 联系我们"),
    ("nav", "◎ 单位概况 ◎ 工作动态 ◎ 政策法规"),
    ("nav", "领导之窗"),
    ("related", "上一篇：某镇召开会议"),
    ("related", "【相关阅读】 更多>>"),
    ("related", "关联文件："),
    ("comments", "网友评论：（只显示最新10条）"),
    ("attachments", "统计表.xlsx (23KB)"),
    ("footer", "Copyright © 2015 某某网 All rights reserved."),
    ("footer", "某县人民政府 版权所有"),
    ("footer", "页面执行时间：78毫秒"),
    ("record_number", "某ICP备12000002号-1"),
    ("record_number", "某公网安备 99012302000001号"),
    ("record_number", "网站标识码：9902000012"),
    ("organiser", "主办：某县人民政府办公室 承办：某县大数据中心"),
    ("organiser", "某某管理委员会 主办 某某电子政务中心 管理维护"),
    ("organiser", "某区人民政府主办 某区办公室承办"),
    ("contact", "联系电话：0999-1234567 传真：0999-1234568"),
    ("qr", "扫一扫在手机打开当前页"),
    ("qr", "长按识别二维码关注我们"),
    ("qr", "点击上方蓝字关注我们"),
    ("top", "返回顶部"),
    ("welcome", "您好，欢迎访问某某政务网站！"),
    ("welcome", "今天是：2024年1月12日 星期五"),
    ("welcome", "2012年12月28日 星期五 农历十一月十六"),
    ("welcome", "今日天气：晴 12℃～23℃"),
    ("notice", "您访问的链接即将离开“某某”网站，是否继续？"),
    ("notice", "建议使用IE9.0以上浏览器浏览本网站"),
    ("notice", "未经许可不得转载"),
    ("notice", "本网站已支持IPv6"),
    ("notice", "无障碍版 长者助手"),
    ("notice", "简体|繁体"),
    ("search", "请输入关键字"),
    ("search", "热搜词：医保 公积金"),
    ("font_size", "【字体：大 中 小】"),
    ("font_size", "[大 中 小]"),
    ("views", "浏览次数：128次"),
    ("views", "已有 56 人浏览"),
    ("meta", "来源：某镇人民政府　发布时间：2024-01-12 09:31"),
    ("meta", "编辑日期:2020/04/13 14:45:33    来源:本网    阅读次数:-      [ 关 闭 ]"),
    ("meta", "2024-01-30 18:00 发表于某县"),
    ("meta", "责任编辑：李某"),
    ("meta", "索引号：99000100/2023-00025 信息分类：总结计划"),
    ("share", "分享到：微信 新浪微博 QQ空间"),
    ("share", "【打印本页】 【关闭窗口】"),
]
BODY = [
    "一、推进政务公开工作",
    "（七）全力推进政务公开工作",
    "资金来源和使用情况",
    "开展“扫黄打非”专项行动",
    "某镇2023年法治政府建设年度报告",
    "网站首页设置专栏，更新信息每月不少于4次。",
    "我镇主办了活动12场，承办赛事3项。",
    "2024年1月10日",
    "云溪镇人民政府",
    "附件：1.主要指标完成情况表.docx",
    "打印设备采购项目完成验收",
    "各乡镇人民政府，县政府各部门：",
    "微信公众号发布信息320条，阅读量达12万次，分享到群众手中。",
]


def judged(line: str):
    (one,) = judge(line, pieces(line))
    return one


@pytest.mark.parametrize(("rule", "line"), FURNITURE)
def test_lines_of_pages_are_known_by_their_rule(rule: str, line: str) -> None:
    found = judged(line)
    assert found.rule == rule
    assert found.strength >= (Strength.FILL if rule == "contact" else Strength.EDGE)


@pytest.mark.parametrize("line", BODY)
def test_lines_of_reports_are_not(line: str) -> None:
    assert judged(line).strength < Strength.EDGE


def test_every_rule_has_a_line_here_and_a_name() -> None:
    assert {token.rule for token in TOKENS} == {rule for rule, _line in FURNITURE}
    assert {token.rule for token in TOKENS} <= NAMES.keys()


@pytest.mark.parametrize("line", [line for _rule, line in FURNITURE])
def test_no_row_is_passed_over_that_would_match(line: str) -> None:
    """What a row needs stands in every line that its pattern finds."""
    for row in _ROWS:
        if row.pattern.search(line) and row.pattern.search(line).group():
            assert not row.needs or not row.needs.isdisjoint(pairs_in(line)), row.token


def test_found_words_do_not_overlap() -> None:
    for _rule, line in FURNITURE:
        found = tokens_in(line)
        assert all(one.end <= other.start for one, other in itertools.pairwise(found))


def test_what_a_row_needs() -> None:
    assert beginnings("<back> >") == {"返回", ">"}
    assert {"来源", "源"} <= pairs_in("来 源")


def test_names_speak_chinese_and_unknown_rules_have_one() -> None:
    before = language()
    set_language("en")
    try:
        assert rule_name("page.nav") == rule_name("nav") == "navigation"
        assert rule_name("site:1") == "rule of the site"
        assert rule_name("of another program") == "page furniture"
    finally:
        set_language(before)
