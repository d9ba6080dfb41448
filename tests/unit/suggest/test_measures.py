import json
import time

import pytest

from annotator.suggest import measures
from annotator.suggest.reading import Reading
from annotator.suggest.segmenter import segmenter

HEAD = "青溪县2021年法治政府建设年度报告\n一、主要举措和成效\n"


@pytest.fixture(scope="module")
def words(tmp_path_factory):
    return segmenter(tmp_path_factory.mktemp("cache"))


@pytest.fixture
def marked(words):
    def found(sentence, head=HEAD):
        text = head + sentence
        proposals = measures.suggest(Reading(text, words.edges(text), year=2021))
        return [text[p.start : p.end] for p in proposals]

    return found


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("梳理整合全县587个服务事项,实现“一窗通办”。", ["梳理整合全县587个服务事项"]),
        ("去年,我县先后举办8场普法讲座。", ["先后举办8场普法讲座"]),
        ("并及时向县司法局提交备案。", ["及时向县司法局提交备案"]),
        ("为行政执法人员配备执法记录仪等硬件设备,使执法过程可溯源。", ["为行政执法人员配备执法记录仪等硬件设备"]),
        ("把法治建设成效纳入绩效考核。", ["把法治建设成效纳入绩效考核"]),
        ("将法治建设纳入年度工作要点。", ["将法治建设纳入年度工作要点"]),
        ("通过举办培训班、印制宣传手册,普及法律知识。", ["举办培训班", "印制宣传手册", "普及法律知识"]),
        ("在全市首推证照联办窗口。", ["首推证照联办窗口"]),
        ("检查14个商超,1286个食品销售单位,402个餐饮单位。", ["检查14个商超,1286个食品销售单位,402个餐饮单位"]),
        ("修订、废止不符合规定的规范性文件。", ["修订、废止不符合规定的规范性文件"]),
        ("开展以宪法、民法典,以及新行政处罚法为主题的活动。", ["开展以宪法、民法典,以及新行政处罚法为主题的活动"]),
        ("各承办单位对重大决策事项全过程记录并立卷归档。", ["对重大决策事项全过程记录并立卷归档"]),
        ("截至11月底,共出动2674人次。", ["共出动2674人次"]),
        ("一是严格落实重大决策程序,完善制度。", ["严格落实重大决策程序", "完善制度"]),
        ("对全县政务新媒体进行24小时监管。", ["对全县政务新媒体进行24小时监管"]),
        # behind subjects: bodies by name, several of them, meetings, people; noun-like verbs are verbs there
        ("县司法局审查政府合同167份。", ["审查政府合同167份"]),
        ("县公安局、县住建局等部门联合印发通知。", ["联合印发通知"]),
        ("县政府常务会议审议法治议题26个。", ["审议法治议题26个"]),
        ("领导干部带头落实学法制度。", ["带头落实学法制度"]),
        ("我县公安局在2021年度组织人力开展了专项清查。", ["组织人力开展了专项清查"]),
        ("全年案件均按要求落实出庭制度。", ["均按要求落实出庭制度"]),
        ("县教育局联合县妇联举办夏令营。", ["联合县妇联举办夏令营"]),
        ("与县司法局、县人民法院共同举办培训班2期。", ["与县司法局、县人民法院共同举办培训班2期"]),
        ("为企业减负2亿元。", ["为企业减负2亿元"]),
        # means, basis and place stay outside
        ("通过网络问卷、座谈会等形式征集意见建议2100多条。", ["征集意见建议2100多条"]),
        ("依托“青溪普法”微信公众号推送文章620篇。", ["推送文章620篇"]),
        ("按要求启用行政执法公示系统。", ["启用行政执法公示系统"]),
        ("执法过程中携带执法记录仪做好影像记录。", ["携带执法记录仪做好影像记录"]),
        ("在县政府网站“执法公示”专栏进行执法公示。", ["进行执法公示"]),
        ("通过修订村规民约、坚持民主决策等方式,提升自治水平。", ["修订村规民约", "坚持民主决策"]),
        # where 、 parts actions and where it does not
        ("废止规范性文件5件、修改8件。", ["废止规范性文件5件", "修改8件"]),
        ("落实法制审核制度、履行集体讨论制度。", ["落实法制审核制度", "履行集体讨论制度"]),
        ("已完成执法人员换证、考试等工作。", ["已完成执法人员换证、考试等工作"]),
        ("印制《青溪县、云台乡政策汇编》。", ["印制《青溪县、云台乡政策汇编》"]),
        ("镇党委政府自觉接受、配合上级监督工作。", ["自觉接受、配合上级监督工作"]),
        # clauses that a comma only seems to end
        ("成立了以县长为组长,副县长为副组长的领导小组。", ["成立了以县长为组长,副县长为副组长的领导小组"]),
        ("组织机关干部和村干部,对宪法进行了系统学习。", ["组织机关干部和村干部,对宪法进行了系统学习"]),
        ("共检查敬老院厨房10间,院外供货单位5家。", ["共检查敬老院厨房10间,院外供货单位5家"]),
        ("共清理文件12类,共计356件。", ["共清理文件12类,共计356件"]),
        ("搭建了一张网络,三级站点的便民服务体系,一张网络即云平台。", ["搭建了一张网络,三级站点的便民服务体系"]),
        ("通过集中走访、印发手册等方式,普及反诈知识。", ["集中走访、印发手册", "普及反诈知识"]),
        ("通过楼道喊话、举办义诊等方式,服务独居老人。", ["举办义诊", "服务独居老人"]),
        ("通过举办“法治夜校”、“村民说法”活动等形式,吸引群众。", ["举办“法治夜校”、“村民说法”活动"]),
        # a topic, and what was done with so many of it
        ("权责事项取消12项,承接8项,行政奖励3项。", ["取消12项", "承接8项"]),
        # verbs that are nouns as often, behind means that are closed
        ("通过网站、微信公众号等渠道公开事项清单。", ["公开事项清单"]),
        ("按职责分工转派有关科室办理。", ["转派有关科室办理"]),
        ("全体干部都参加了学法考试。", ["都参加了学法考试"]),
        ("继续发挥好人民调解员在化解邻里纠纷中的骨干作用。", ["继续发挥好人民调解员在化解邻里纠纷中的骨干作用"]),
        ("针对存在的短板及时更正台账错漏。", ["针对存在的短板及时更正台账错漏"]),
        ("保障基层执法装备,保障群众合法权益。", ["保障基层执法装备"]),
        ("提升和改进窗口服务流程,提升和优化服务水平。", ["提升和改进窗口服务流程"]),
        ("县政府办公室始终坚持月度法治例会制度。", ["始终坚持月度法治例会制度"]),
        ("将信访积案化解作为年度重点任务。", ["将信访积案化解作为年度重点任务"]),
        ("带头部署重点工作、过问信访积案、协调用地难题。", ["带头部署重点工作", "过问信访积案", "协调用地难题"]),
        ("将18个片区分配给32名网格长负责。", ["将18个片区分配给32名网格长负责"]),
        ("深入田头和茶厂走访农户。", ["深入田头和茶厂走访农户"]),
        ("在车站、集市等公共场所发布公益广告。", ["发布公益广告"]),
        ("复盘案件8件,作出整改提醒3件。", ["复盘案件8件", "作出整改提醒3件"]),
        ("县级公开事项清单18份。", ["公开事项清单18份"]),
        ("推进严格规范公正文明执法。", ["推进严格规范公正文明执法"]),
        ("如果申请人要求听证,则组织听证会,并出具意见书。组织培训3期。", ["组织培训3期"]),
        # partners
        ("向企业宣传讲解200余人次。", ["向企业宣传讲解200余人次"]),
        ("为企业送政策63家次。", ["为企业送政策63家次"]),
        ("及时向市司法局提交备案。", ["及时向市司法局提交备案"]),
        ("深入15家企业宣传防诈骗知识。", ["深入15家企业宣传防诈骗知识"]),
        ("将服务功能整合到一起。", ["将服务功能整合到一起"]),
        ("治理水土流失面积560平方公里。", ["治理水土流失面积560平方公里"]),
        ("起草《噪声污染防治办法》。", ["起草《噪声污染防治办法》"]),
        ("坚持集中大接访活动,收到申请154件,审结141件。", ["坚持集中大接访活动", "收到申请154件", "审结141件"]),
        ("一是优化环境,做好招商工作。走访企业34家。二是加强监管。检查企业3家。", ["走访企业34家", "检查企业3家"]),
        ("一是优化营商环境,做好招商工作。", ["优化营商环境", "做好招商工作"]),
    ],
)
def test_a_measure_runs_from_its_action_to_the_end_of_its_object(marked, sentence, expected):
    assert marked(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "坚持以习近平新时代中国特色社会主义思想为指导。",
        "胜诉率达98%,法律咨询400余次。",
        "确保行政决策合法合规,让群众办事更方便,提高依法行政水平。",
        "案件总量比去年降低了9件。",
        "细化分工、压实责任。",
        "一是持续提升政务服务质量。",
        "为法治政府建设提供强有力的组织保障。",
        "工作效率明显提升。",
        "深入学习贯彻习近平法治思想。",
        "办理环节平均减少72%,采纳率近四成。",
        "承诺办理时限较法定时限压缩65.4%。",
        "日常检查表3份,现场笔录20份。",
        "有效降低应诉风险。",
        "为了规范听证程序。",
        "把依法办事的理念贯穿到城市管理各环节。",
        "将群众满意作为一切工作的出发点。",
        "强化执法人员法治素养,加强理论武装。",
        "严格规范公正文明执法。",
        "营造干部带头守法,群众规范经营的良好氛围。",
        "对无证人员一律不得上岗执法。",
        "群众可要求公开信息。",
        "法院确认征收行为违法。",
        "协同办公系统已开通。",
        "注重分类指导。",
        "执法人员都持证上岗,执法过程全程留痕。",
        "始终把法治建设摆在突出位置。",
        "覆盖群众两万余人次,有效防范法律风险。",
        "深入贯彻习近平法治思想和各级检查要求。",
        "",
    ],
)
def test_thought_purpose_result_and_heading_are_no_measures(marked, sentence):
    assert marked(sentence) == []


def test_the_opening_summary_and_shortcomings_hold_none(marked):
    text = "我县制定方案。\n一、主要举措\n开展检查工作。\n二、存在的不足\n制定制度不够及时,开展工作不够。\n三、来年安排\n健全工作机制。"
    assert marked(text, head="") == ["开展检查工作", "健全工作机制"]


def test_next_years_section_is_planned(words):
    text = "一、2021年举措\n开展检查工作。\n二、2022年工作安排\n健全工作机制。"
    found = list(measures.suggest(Reading(text, words.edges(text), year=2021)))
    assert [p.attributes for p in found] == [{}, {"status": "planned"}]
    assert {(p.label, p.source) for p in found} == {("MEASURE", "measures")}
    assert all(0 < p.score <= 1 and p.reason.text() for p in found)


def test_measures_of_the_gold_report_are_found(words, shared):
    line = json.loads((shared / "gold" / "dongqu-2021.jsonl").read_text("utf-8"))
    text = line["text"]
    spans = [s for s in line["spans"] if s["label"] == "MEASURE"]
    certain = {(s["start"], s["end"]) for s in spans if s.get("certain", True)}
    unsure = {(s["start"], s["end"]) for s in spans} - certain
    found = {(p.start, p.end) for p in measures.suggest(Reading(text, words.edges(text), year=2021))}
    found = {(a, b) for a, b in found if not any(a < d and c < b for c, d in unsure)}
    assert 2 * len(found & certain) / (len(found) + len(certain)) >= 0.9


def test_a_heap_of_words_without_an_end_is_no_sentence(words):
    text = HEAD + "成立以县长牵头组织" * 2000 + "。\n" + "检查食堂12家，" * 2000
    started = time.monotonic()
    found = list(measures.suggest(Reading(text, words.edges(text), year=2021)))
    assert time.monotonic() - started < 30  # a guard against a search that grows with the square, no measurement
    assert all(p.end - p.start <= 1100 for p in found)
