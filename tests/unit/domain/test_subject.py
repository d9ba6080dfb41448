"""Which words beside a number are proposed as its subject."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.quantity import find_quantities
from annotator.domain.subject import propose_subject

GOLD = Path(__file__).resolve().parents[4] / "shared" / "gold"


def proposed(marked: str, words=None) -> str | None:
    """The proposal for the number between 【 and 】."""
    start, end = marked.index("【"), marked.index("】") - 1
    text = marked.replace("【", "").replace("】", "")
    found = propose_subject(text, start, end, words)
    return None if found is None else text[slice(*found)]


@pytest.mark.parametrize(
    ("marked", "subject"),
    [
        # the counted noun behind the number
        ("清理【320个】审批事项,逐项公布。", "审批事项"),
        ("新设【12个】“一站式”服务窗口,方便群众。", "“一站式”服务窗口"),
        ("让【1000多项】便民事项不受时间限制。", "便民事项"),
        ("帮助【40家】企业获得贷款5亿元。", "企业"),
        ("覆盖【98%的】企业。".replace("的】", "】的"), "企业"),
        ("对【65家】承接团餐的餐饮店开展检查。", "承接团餐的餐饮店"),
        ("吸引【约300人次】观看。", "观看"),
        ("向【13名】党员干部通报情况。", "党员干部通报情况"),
        ("以《办法》《细则》等【3份】规范性文件为依据。", "规范性文件"),
        # the words before it
        ("全年共受理信访案件【499宗】,办结480宗。", "受理信访案件"),
        ("2021年我镇累计排查隐患【77处】。", "排查隐患"),
        ("截至11月底,共出动【2674人次】。", "出动"),
        ("化解成功率达【99.7%】,比上年好。", "化解成功率"),
        ("涉及人数达【1000多人】,范围广。", "涉及人数"),
        ("处罚金额【13.71万元】。", "处罚金额"),
        ("发出《责令改正通知书》【63份】。", "发出《责令改正通知书》"),
        ("行政处罚案件同比下降【5%】。", "行政处罚案件"),
        ("会议上学习有关文件【3次】。", "学习有关文件"),
        ("镇综治中心受理群众咨询【214人次】。", "受理群众咨询"),
        ("依托网格平台开展巡查【86次】。", "开展巡查"),
        ("进入审查的【10件】。", "进入审查"),
        ("其中:行政许可【53项】。", "行政许可"),
        ("累计公开政府信息【820条】(其中公文【35】条)。".replace("【35】", "35"), "公开政府信息"),
        # its part of a list, its share, its brackets
        ("学习文件3次、专题研讨【10次】。", "专题研讨"),
        ("帮助40家企业累计获得贷款【5亿元】。", "获得贷款"),
        ("办结率和满意率分别为【100%】和99%。", "办结率"),
        ("办结率和满意率分别为100%和【99%】。", "满意率"),
        ("满意率分别达到98%、97%和【95%】。", "满意率"),
        ("设中心1个(内设【2个】调解室),工作站3个。", "调解室"),
        ("办结案件40件(调解【12件】,判决28件)。", "调解"),
        # what another number counted
        ("受理投诉举报100件,同比增长【5%】。", "受理投诉举报"),
        ("抽查案卷两批共【20份】。", "抽查案卷"),
        # full width, like half width
        ("全年共受理信访案件【４９９宗】，办结４８０宗。", "受理信访案件"),
        ("内容更新（其中新增【３项】）。", "新增"),
        # 共, 为, 和 inside words are no signs
        ("公开公共服务指南【50份】。", "公开公共服务指南"),
        ("纠正不文明行为【31起】。", "纠正不文明行为"),
        ("举办政企对接会【6场】。", "举办政企对接会"),
    ],
)
def test_the_words_that_were_counted(marked, subject):
    assert proposed(marked) == subject


@pytest.mark.parametrize("marked", ["【100%】", "【35件】\n", "\n\n【20个】。", "(【3】)"])
def test_nothing_is_proposed_where_no_words_stand(marked):
    assert proposed(marked) is None


def test_a_long_enumeration_is_cut_at_its_first_part():
    marked = "深入学习贯彻有关法治建设的重要论述和关于基层治理的一系列重要讲话、重要指示精神【13次】。"
    assert proposed(marked) == "深入学习贯彻有关法治建设的重要论述"


def test_a_noun_is_not_cut_inside_a_word_of_the_segmenter():
    text = "整改12个老人将养所。"
    start = text.index("12个")
    words = [(0, 2), (2, 5), (5, 10)]
    assert text[slice(*propose_subject(text, start, start + 3))] == "老人"
    assert text[slice(*propose_subject(text, start, start + 3, words))] == "老人将养所"


@given(st.text(alphabet="区受理案件共和、,。（）《》“”12345%万件个次的为\n 分别其中", max_size=80), st.data())
def test_a_proposal_is_a_piece_of_the_text_that_leaves_the_number_alone(text, data):
    for quantity in find_quantities(text):
        words = data.draw(st.sampled_from([None, [(i, i + 1) for i in range(len(text))]]))
        found = propose_subject(text, quantity.start, quantity.end, words)
        if found is not None:
            start, end = found
            assert 0 <= start < end <= len(text)
            assert end <= quantity.start or start >= quantity.end
            assert text[start:end].strip() == text[start:end]
            assert "\n" not in text[start:end]


def test_a_text_without_any_stop_costs_no_more_than_a_sentence():
    text = "受理案件" * 50_000 + "12件" + "受理案件" * 50_000
    began = time.perf_counter()
    assert propose_subject(text, 200_000, 200_003)
    assert time.perf_counter() - began < 1.0


@pytest.mark.parametrize(("name", "share"), [("dongqu-2021", 0.95), ("hengli-2020", 0.7)])
def test_the_share_of_the_gold_that_is_met_exactly(name, share):
    file = GOLD / f"{name}.jsonl"
    if not file.exists():
        pytest.skip("the annotated reports are not beside the project (../shared/gold)")
    report = json.loads(file.read_text(encoding="utf-8"))
    wanted = [
        (s["start"], s["end"], s["attributes"]["subject"])
        for s in report["spans"]
        if s["label"] == "INDICATOR" and s.get("certain", True) and "subject" in s["attributes"]
    ]
    found = [propose_subject(report["text"], start, end) for start, end, _ in wanted]
    hits = sum(
        bool(f) and report["text"][slice(*f)] == subject for f, (_, _, subject) in zip(found, wanted, strict=True)
    )
    assert hits >= share * len(wanted)
