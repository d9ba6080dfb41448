import json
import time
from itertools import pairwise
from pathlib import Path

import pytest

from annotator.domain.span import Span
from annotator.quality.evaluation import Evaluation
from annotator.suggest import institutions
from annotator.suggest.reading import Reading
from annotator.suggest.segmenter import segmenter


@pytest.fixture(scope="module")
def words(tmp_path_factory):
    return segmenter(tmp_path_factory.mktemp("cache"))


@pytest.fixture
def names(words):
    def found(text, **known):
        proposals = institutions.suggest(Reading(text, words.edges(text), **known))
        return [text[p.start : p.end] for p in proposals]

    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("青溪县人民政府办公室印发通知", ["青溪县人民政府办公室"]),
        ("二、其他\n青枫县司法局受理纠纷4件。", ["青枫县司法局"]),  # what ends the line before means nothing here
        ("县司法局、县公安局联合开展检查", ["县司法局", "县公安局"]),
        ("由省委全面依法治省委员会办公室牵头", ["省委全面依法治省委员会办公室"]),
        ("区人力资源和社会保障局、区住房和城乡建设局报送", ["区人力资源和社会保障局", "区住房和城乡建设局"]),
        ("区文化广电旅游体育局报送材料", ["区文化广电旅游体育局"]),
        ("区食药局会同区城管局检查", ["区食药局", "区城管局"]),
        ("县人大常委会、县政协开展视察，县纪委监委通报", ["县人大常委会", "县政协", "县纪委监委"]),
        ("国务院办公厅转办，党中央部署", ["国务院办公厅", "党中央"]),
        ("国家税务总局安吉县税务局予以办理", ["国家税务总局安吉县税务局"]),
        ("团市委、市妇联、市总工会联合开展", ["团市委", "市妇联", "市总工会"]),
        ("邀请西南政法大学教授授课", ["西南政法大学"]),
        ("与广东正大律师事务所签订合同", ["广东正大律师事务所"]),
        ("通过与南方日报合作", ["南方日报"]),
        ("市公安局交警支队处罚", ["市公安局交警支队"]),
        ("县委政法委牵头，县委组织部配合", ["县委政法委", "县委组织部"]),
        ("镇党委政府自觉接受人大监督", ["镇党委政府", "人大"]),
        ("镇、村调解委员会坚持排查", ["镇、村调解委员会"]),
        ("利用行政服务中心微信公众号", ["行政服务中心"]),
        ("我镇政务服务中心受理", ["镇政务服务中心"]),
        ("江海经济技术开发区管理委员会主办", ["江海经济技术开发区管理委员会"]),
        ("集团党委、局党组、厅政策法规处牵头，校纪委参加", ["集团党委", "局党组", "厅政策法规处", "校纪委"]),
        ("配合省委巡视组完成巡视", ["省委巡视组"]),
        ("6月4日县林长办发出通报", ["县林长办"]),
        ("建成区矛盾纠纷调处化解中心", ["区矛盾纠纷调处化解中心"]),
        ("与国家开发银行、中国民用航空局对接", ["国家开发银行", "中国民用航空局"]),
        ("与青岚智能装备股份有限公司、东河理工大学合作", ["青岚智能装备股份有限公司", "东河理工大学"]),
        # what stands before a name that is in no lexicon
        ("组织白杨沟派出所开展排查", ["白杨沟派出所"]),
        ("检查青石坪中学食堂", ["青石坪中学"]),
        ("为云岫建筑公司追讨，被云岫区人民政府撤销", ["云岫建筑公司", "云岫区人民政府"]),
        ("无一被区人民政府复议撤销", ["区人民政府"]),
        ("会同县融媒体中心播出", ["县融媒体中心"]),
        ("在州委和县委的领导下", ["州委", "县委"]),
        ("约谈青岚燃气集团", ["青岚燃气集团"]),
        ("走访石岭米业集团、石岭县胡杨镇蟹农专业合作社", ["石岭米业集团", "石岭县胡杨镇蟹农专业合作社"]),
        # brackets, provinces, zones, autonomous counties
        ("与青岚（云溪）科技有限公司签约", ["青岚（云溪）科技有限公司"]),
        ("江苏云溪湖经济技术开发区管理委员会印发", ["江苏云溪湖经济技术开发区管理委员会"]),
        ("青岭苗族布依族自治县人民政府印发", ["青岭苗族布依族自治县人民政府"]),
        ("解决中国远星重工集团有限公司诉求", ["中国远星重工集团有限公司"]),
        # parts behind the whole
        ("县公安局森林警察大队办理", ["县公安局森林警察大队"]),
        ("区司法局云岫司法所提供支撑", ["区司法局云岫司法所"]),
        ("配合市纪委监委驻市教育局纪检监察组开展", ["市纪委监委驻市教育局纪检监察组"]),
        ("国家税务总局云溪市税务局稽查局查处", ["国家税务总局云溪市税务局稽查局"]),
        ("中国人民银行云溪县支行发放", ["中国人民银行云溪县支行"]),
        ("市局价监竞争科约谈", ["市局价监竞争科"]),
        # short names
        ("云溪县税务局（以下简称县局）召开会议，县局开展检查", ["云溪县税务局", "县局", "县局"]),
        ("按照省局、市局部署，总局要求", ["省局", "市局", "总局"]),
        ("镇党委、政府高度重视", ["镇党委", "政府"]),
        ("街道党工委、办事处在区委领导下", ["街道党工委", "办事处", "区委"]),
        ("镇党委会同镇人大检查", ["镇党委", "镇人大"]),
        ("我镇落实，镇党委牵头，司法所、派出所配合", ["镇党委", "司法所", "派出所"]),
        ("兵团工作，团党委、团综治中心牵头", ["团党委", "团综治中心"]),
        ("旗委依法治旗办、盟行政公署印发", ["旗委依法治旗办", "盟行政公署"]),
        ("石滩村人民调解委员会获评", ["石滩村人民调解委员会"]),
        # what a body is for, in words that are in no list
        ("设立区教师申诉处理委员会", ["区教师申诉处理委员会"]),
        ("街道综治中心整合资源，推动县家庭教育指导中心", ["街道综治中心", "县家庭教育指导中心"]),
        ("青湾海事局出动，青湾边检站配合，青湾码头", ["青湾海事局", "青湾边检站"]),
        ("国家统计局云溪调查队核查", ["国家统计局云溪调查队"]),
        ("联合市规划资源局青湾分局拆除", ["市规划资源局青湾分局"]),
        ("与河南中硅新材料有限公司签约", ["河南中硅新材料有限公司"]),
        ("经云溪日报社、云溪网报道", ["云溪日报社", "云溪网"]),
        ("充分发挥法治政府建设领导小组作用，发挥", ["法治政府建设领导小组"]),
        ("县公安局执法办案管理中心投入使用，县人民法院执行局", ["县公安局执法办案管理中心", "县人民法院执行局"]),
        ("青岚律师事务所云溪分所指派律师", ["青岚律师事务所云溪分所"]),
        ("法制股、征收管理股、税政股等部门职责", ["法制股", "征收管理股", "税政股"]),
        ("青湾八中、县吕剧团、市气象台获奖", ["青湾八中", "县吕剧团", "市气象台"]),
        ("对江西赣中烟花爆竹制造有限公司立案", ["江西赣中烟花爆竹制造有限公司"]),
        ("青湾日报、青湾气象报等媒体", ["青湾日报", "青湾气象报"]),
        ("与区检察院共建知识产权保护工作站", ["区检察院", "知识产权保护工作站"]),
        (
            "中共云溪区青枫街道工作委员会、云溪区青枫街道办事处",
            ["中共云溪区青枫街道工作委员会", "云溪区青枫街道办事处"],
        ),
        ("依托区政府网站公开，在县政府门户网站公示", ["区政府", "县政府"]),
        ("州司法局普法与依法治理科牵头", ["州司法局普法与依法治理科"]),
        ("县司法局与县公安局交警大队", ["县司法局", "县公安局交警大队"]),
        ("与云岫山国家公园管理局会签", ["云岫山国家公园管理局"]),
        ("3份规范性文件报区司法局备案，11件文件报市政府", ["区司法局", "市政府"]),
        ("厅执法局、厅宣教中心细化任务，校学术委员会履职", ["厅执法局", "厅宣教中心", "校学术委员会"]),
        ("推动云岫经开区管委会承接权限", ["云岫经开区管委会"]),
        ("共青团云岫旗委员会、兵团云滩垦区公安局", ["共青团云岫旗委员会", "兵团云滩垦区公安局"]),
        ("与中国移动贵州公司签约", ["中国移动贵州公司"]),
        ("“乌恩其调解工作室”调解纠纷", ["乌恩其调解工作室"]),
        ("云岫镇党委、政府以镇综治中心为龙头", ["云岫镇党委", "政府", "镇综治中心"]),
        ("乡党委下设党政办", ["乡党委", "党政办"]),
        ("驻厅纪检监察组全程监督，驻局纪检组专项监督", ["驻厅纪检监察组", "驻局纪检组"]),
        ("局机关各科室和市图书馆、市文化馆、市文物保护管理所", ["市图书馆", "市文化馆", "市文物保护管理所"]),
        ("市人大教科文卫委、市政协文化文史委视察", ["市人大教科文卫委", "市政协文化文史委"]),
        ("在鲸石沟风景区管理处设立，在省文化厅干部培训中心轮训", ["鲸石沟风景区管理处", "省文化厅干部培训中心"]),
        ("原市广播影视执法大队、市文物稽查队、市青少年宫", ["市广播影视执法大队", "市文物稽查队", "市青少年宫"]),
        ("石碾子村党支部推行，石碾子村修订村规", ["石碾子村党支部"]),
        # places of the lexicon that end like a kind of places, or have a word in them that names do not go over
        ("在岚山区委、岚山区政府领导下", ["岚山区委", "岚山区政府"]),
        ("韩城市司法局、樊城区人民政府", ["韩城市司法局", "樊城区人民政府"]),
        ("市公安局花都分局、市生态环境局昆都仑分局", ["市公安局花都分局", "市生态环境局昆都仑分局"]),
        # bodies called by their kind alone beside one that is named
        ("由县住建局、发改委、妇联、司法所等部门参加", ["县住建局", "发改委", "妇联", "司法所"]),
        ("组织法院、检察院、县公安局会商", ["法院", "检察院", "县公安局"]),
        ("乡综治办与派出所、卫生院配合", ["乡综治办", "派出所", "卫生院"]),
        ("街道工委、办事处印发通知", ["街道工委", "办事处"]),
        ("旗委常委会听取汇报", ["旗委常委会"]),
        ("县委县政府高度重视", ["县委", "县政府"]),
        # bodies known by another that is named in the same breath, and what belongs to a committee
        ("加强与法院、检察院的沟通", ["法院", "检察院"]),
        ("接受县人大及其常委会监督", ["县人大", "常委会"]),
        ("列入县委理论学习中心组、乡党委中心组学习内容", ["县委理论学习中心组", "乡党委中心组"]),
        # what a body is for in quotation marks
        ("县“两违”整治专班牵头，镇“河小青”服务队参加", ["县“两违”整治专班", "镇“河小青”服务队"]),
        ("市“双减”联席会议办公室通报", ["市“双减”联席会议办公室"]),
        ("聘请5名律师组建县政府法律顾问室", ["县政府法律顾问室"]),
    ],
)
def test_a_name_is_taken_whole(names, text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "各部门、各单位要认真落实",
        "各镇人民政府、街道办事处要加强领导",
        "有关部门负责，企业参加，我区推进，本镇落实",
        "镇党委书记、局长带头学法",
        "县政府常务会议学法6次，党委会议研究",
        "规范化建设12个政务服务站",
        "聘请了两家律师事务所",
        "《青溪县司法局工作规则》",
        "深入社区人民调解委员会",
        "建设法治政府，市场主体满意，人民群众办事方便，局面良好",
        "区级公共法律服务中心1个",
        "发挥人大代表作用，听取政协委员意见",
        "向各市生态环境局、各县（区）下发任务单",
        "对30名科员、各科室和社会科学界的大学生培训",
        "在建成区、主城区共建工作站",
        "全区干部集中学法",
        "乡、村三级人民调解委员会",
        "基层司法所力量不足，个别税务分局滞后，办税服务厅办理",
        "举办模拟法庭，设立流动仲裁庭",
        "召开县委全面依法治县委员会第四次会议",
        "县政府工作部门、全镇学校，引进无人律所",
        "在岳岭大学科技城设立专窗",
        "试点“管委会+公司”改革",
        "党的十九届二中、三中、四中、五中全会精神，二十届三中全会",
        "部分乡镇政府、街道办事处力量薄弱，派出所消防监督职责",
        "县直部门、村便民服务站推行首问负责制",
        "新建改扩建学校，新增公办幼儿园学位",
        "全区各镇街便民服务中心，各村（社区）人民调解委员会，试点车载法庭",
        "推进司法所规范化建设，办理政协提案、人大建议",
        "苏木镇司法所人手紧张，嘎查人民调解委员会",
        "乡镇文化站力量薄弱，各科室、教育局负责",
        "大公司和工厂，很多学校，多少山区中学，正规出版社，没有将产品作为发展中心",
        "编发简报，张贴海报，向上级汇报、通报",
        "先后主持召开市委全面依法治市委员会会议2次",
        "在新区商务中心大厦揭牌",
        "构建“党委领导、政府负责”的格局",
        "各级法院、检察院受理，基层人民法院和人民检察院参与",
        "明确党委、政府主要负责人职责，党委理论学习中心组学习，党组中心组成员",
        "建立“一站式”调解中心和“五老”工作室",
        "在老城区政府补贴改造，贫困山区政府兜底",
        "依托各街道办事处、派出所、司法所",
        "尊重法院判决，支持法院审理，组织法院旁听",
        "旗委常委会（扩大）会议研究",
        "织密监管网，政务网、官网公开，管网改造",
        "",
    ],
)
def test_what_is_no_name_is_passed_over(names, text):
    assert names(text) == []


def test_a_place_in_no_lexicon_is_learned_from_the_report(names):
    text = "青屏省生态环境厅2022年工作报告\n青屏省生态环境厅牵头，由云栖市湖东区人民政府配合\n云栖市湖东区人民政府办公室印发"
    expected = ["青屏省生态环境厅", "青屏省生态环境厅", "云栖市湖东区人民政府", "云栖市湖东区人民政府办公室"]
    assert names(text) == expected


def test_a_verb_before_a_level_is_no_place(names):
    assert names("联合县公安局检查，联合县公安局执法") == ["县公安局", "县公安局"]


def test_nothing_is_proposed_over_a_line_end(names):
    assert names("望川县\n公安局") == ["公安局"]


def test_each_suggestion_says_why_and_how_sure(words):
    text = "青溪县司法局开展检查"
    (found,) = institutions.suggest(Reading(text, words.edges(text)))
    assert (found.label, found.source) == ("INSTITUTION", "institutions")
    assert 0 < found.score <= 1
    assert "局" in found.reason.text()


def test_no_two_suggestions_overlap_and_a_long_text_takes_no_long_time(words):
    text = "区司法局、镇人民政府政务服务中心与县公安局交警大队联合执法" * 2000
    started = time.monotonic()
    found = list(institutions.suggest(Reading(text, words.edges(text))))
    assert time.monotonic() - started < 60  # a guard against a search that grows with the square, no measurement
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_names_of_the_gold_report_are_found(words, shared):
    line = json.loads((shared / "gold" / "dongqu-2021.jsonl").read_text("utf-8"))
    text = line["text"]
    gold = {(s["start"], s["end"]): s.get("certain", True) for s in line["spans"] if s["label"] == "INSTITUTION"}
    found = {(p.start, p.end) for p in institutions.suggest(Reading(text, segmenter().edges(text)))}
    found -= {place for place, certain in gold.items() if not certain}
    wanted = {place for place, certain in gold.items() if certain}
    assert 2 * len(found & wanted) / (len(found) + len(wanted)) >= 0.95


REPORTS = sorted((Path(__file__).parents[2] / "data" / "institutions").glob("*.jsonl"))


#: Exact F1 below which a report may not fall; most are above 0.95.
FLOORS = {"haiguan": 0.92, "nongye": 0.94, "lvyou": 0.94, "shengting": 0.92, "siyuan": 0.92, "daxue": 0.94}


@pytest.mark.parametrize("file", REPORTS, ids=lambda file: file.stem)
def test_names_of_invented_reports_are_found(words, file):
    line = json.loads(file.read_text("utf-8"))
    text = line["text"]
    gold = [Span(s["id"], s["start"], s["end"], s["label"], certain=s.get("certain", True)) for s in line["spans"]]
    found = [
        Span(str(at), p.start, p.end, p.label)
        for at, p in enumerate(institutions.suggest(Reading(text, words.edges(text))))
    ]
    judged = Evaluation()
    judged.add(file.stem, gold, found)
    assert judged.exact["INSTITUTION"].f1 >= FLOORS.get(file.stem, 0.95)
