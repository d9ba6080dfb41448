import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.quality.consistency import CHECKS, findings
from annotator.quality.jumps import Years, figures
from annotator.quality.model import Statement, Verdict


def found(text, year=2022, furniture=()):
    return [(f.kind, str(f.verdict), f.stated, f.computed) for f in findings(Statement(text, furniture, year))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("受理纠纷499宗,调解成功498宗,调解成功率达99.8%。", [("rate", "agrees", "99.8%", "99.8%")]),
        ("受理纠纷499宗,调解成功498宗,调解成功率达99.7%。", [("rate", "rounding", "99.7%", "99.8%")]),
        ("受理纠纷499宗,调解成功498宗,调解成功率达98%。", [("rate", "disagrees", "98%", "99.8%")]),
        ("受理案件200宗,调解成功199宗,成功率99%。", [("rate", "rounding", "99%", "99.5%")]),
        ("共受理200件,其中调解30件,占15%。", [("rate", "agrees", "15%", "15.0%")]),
        # The rate is of something else than the part: not sure, so nothing is said.
        ("共接收工单1935件,办结1922件,未到期办结13件,到期办结率达100%。", []),
        ("参加人数300人,满意率99%。", []),
    ],
)
def test_part_and_whole_against_the_rate(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("共梳理权责12项,分别是许可3项、处罚5项、强制4项。", [("sum", "agrees", "12项", "12项")]),
        ("共梳理权责12项。分别是许可3项,处罚5项,强制4项。", [("sum", "agrees", "12项", "12项")]),
        ("共梳理权责10项,分别是许可3项、处罚5项、强制4项。", [("sum", "disagrees", "10项", "12项")]),
        ("许可20件、处罚30件,合计50件。", [("sum", "agrees", "50件", "50件")]),
        # After 其中 some may be left out.
        ("共受理100件,其中咨询20件、投诉30件。", []),
        ("共受理50件,其中咨询20件、投诉30件。", [("sum", "agrees", "50件", "50件")]),
        ("共梳理权责约12项,分别是许可3项、处罚5项、强制3项。", []),
    ],
)
def test_items_against_the_total(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("办理时限由20天减至5天,压缩75%。", [("change", "agrees", "75%", "75.0%")]),
        ("案件由20件减至5件,下降70%。", [("change", "disagrees", "70%", "75.0%")]),
        ("窗口由5个增加到8个,增加3个。", [("change", "agrees", "3个", "3个")]),
        ("窗口由5个增加到8个,增加4个。", [("change", "disagrees", "4个", "3个")]),
        ("案件20件,同比下降70%。", []),
    ],
)
def test_before_and_after_against_the_change(text, expected):
    assert [f for f in found(text) if f[0] == "change"] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("出台《甲办法》《乙办法(试行)》等2份文件。", [("list", "agrees", "2份", "2")]),
        ("出台《甲办法》、《乙办法》、《丙办法》2份文件。", [("list", "disagrees", "2份", "3")]),
        ("出台《甲办法》《乙办法》等10份文件。", []),
        ("学习《甲办法》3次。", []),
    ],
)
def test_listed_names_against_their_number(text, expected):
    assert found(text) == expected


def test_the_same_words_with_other_figures():
    text = "全年共受理投诉举报案件30件。\n全年共受理投诉举报案件35件。"
    assert found(text) == [("repeated", "disagrees", "35件", "30件")]
    assert found("甲村共有党员队伍30人。\n乙村共有党员队伍35人。") == []


def test_shares_over_the_whole_only_where_that_cannot_be():
    assert [f[:2] for f in found("群众满意率达102%。")] == [("over100", "disagrees")]
    assert found("任务完成率达111.8%,同比增长102%。") == []
    assert found("群众满意率\n102%。") == []


@pytest.mark.parametrize(
    ("text", "year", "n"),
    [
        ("2023年共受理纠纷案件。", 2022, 1),
        ("2022年共受理纠纷案件。", 2022, 0),
        ("2023年将受理纠纷案件。", 2022, 0),
        ("到2023年,全镇累计受理纠纷案件。", 2022, 0),
        ("实施《方案(2023年共建)》。", 2022, 0),
        ("二、2023年工作安排\n2023年共开展检查。", 2022, 0),
        ("2023年共受理纠纷案件。", None, 0),
    ],
)
def test_a_year_after_the_reports_own(text, year, n):
    assert len(found(text, year)) == n


def test_furniture_states_nothing():
    text = "受理纠纷499宗,调解成功498宗,调解成功率达90%。"
    assert found(text, furniture=[(0, len(text))]) == []


def test_every_finding_says_how_and_lies_in_the_text():
    text = "受理纠纷499宗,调解成功498宗,调解成功率达99.7%。满意率达102%。出台《甲》《乙》等2份。2023年共开展检查。"
    for finding in findings(Statement(text, (), 2022)):
        assert finding.working.text()
        assert finding.kind in {check.kind for check in CHECKS}
        assert all(0 <= start < end <= len(text) for start, end in finding.spans)


@given(st.text(alphabet="受理调解成功率达共件,。、其中分别是由减至增到%0123456789《》等份年\n", max_size=80))
def test_no_text_breaks_a_check(text):
    for finding in findings(Statement(text, (), 2022)):
        assert all(0 <= start < end <= len(text) for start, end in finding.spans)


@given(st.integers(1, 5000), st.data())
def test_a_rate_rounded_from_its_own_parts_never_disagrees(whole, data):
    part = data.draw(st.integers(1, whole))
    places = data.draw(st.integers(0, 2))
    rate = f"{part / whole * 100:.{places}f}"
    verdicts = [f.verdict for f in findings(Statement(f"受理案件{whole}宗,调解成功{part}宗,调解成功率{rate}%。"))]
    assert Verdict.DISAGREES not in verdicts


def test_figures_of_the_gold_reports(shared):
    text = (shared / "reports" / "dongqu-2021.txt").read_text("utf-8")
    told = [f for f in found(text, 2021) if f[1] != "agrees"]
    assert told == [("year", "disagrees", "2022年", "2021年"), ("rate", "rounding", "99.7%", "99.8%")]


def test_a_jump_from_year_to_year_is_told_once():
    years = Years()
    for year, count in ((2020, 100), (2021, 900), (2022, 950)):
        told(years, f"r{year}", "青溪县", year, f"全年受理矛盾纠纷案件{count}件。")
    (jump,) = years.jumps()
    assert (jump.figure.report, jump.before.report) == ("r2021", "r2020")
    assert (jump.finding.kind, jump.finding.stated, jump.finding.computed) == ("jump", "900件", "100件")


def told(years, report, body, year, text):
    years.add(report, body, year, figures(Statement(text, (), year)))


def test_the_jumps_of_one_body_are_told_and_its_figures_let_go_of():
    years = Years()
    for body in ("青溪县", "南屏县"):
        told(years, f"{body}2020", body, 2020, "受理矛盾纠纷案件1件。")
        told(years, f"{body}2021", body, 2021, "受理矛盾纠纷案件900件。")
    assert [jump.figure.report for jump in years.jumps("青溪县")] == ["青溪县2021"]
    assert [jump.figure.report for jump in years.jumps()] == ["南屏县2021"]
    assert list(years.jumps("青溪县")) == []


def test_years_apart_other_bodies_and_repeated_words_are_no_jumps():
    years = Years()
    told(years, "a", "青溪县", 2019, "受理矛盾纠纷案件1件。")
    told(years, "b", "青溪县", 2021, "受理矛盾纠纷案件900件。")
    told(years, "c", "南屏县", 2020, "受理矛盾纠纷案件900件。")
    told(years, "d", "", 2022, "受理矛盾纠纷案件1件。")
    assert list(years.jumps()) == []
