"""The units and classifiers of Chinese reports: a lexicon by families, and rules by which it stays open-ended.

What a family means for the reader of a report (is 3年 a result?) is decided in `context`, not here.
"""

from __future__ import annotations

import re
from typing import NamedTuple

POINTS = frozenset({"个百分点", "個百分點", "百分点", "百分點", "个千分点", "个基点"})

_MONEY = """元 圆 圓 块钱 美元 欧元 英镑 日元 港元 港币 港幣 人民币 人民幣 澳元 澳币 加元 韩元 卢布 新台币 台币 新元
瑞士法郎 法郎 马来西亚令吉 林吉特 令吉 泰铢 卢比 美金 角 毛"""
_RATE = "% ％ ﹪ ‰ ‱ 个百分点 個百分點 百分点 百分點 个千分点 个基点 成"
_RATIO = "倍"
_TIME = """年 年度 周年 学年 年级 世纪 季度 个季度 个年度 学期 个学期 月 个月 個月 个多月 个半月 周 个周 星期 个星期 礼拜 个礼拜
天 日 工作日 个工作日 个自然日 自然日 昼夜 小时 小時 个小时 個小時 个钟头 个多小时 个半小时 個半小時 学时 课时 分钟 分鐘 分半钟 刻钟 秒 秒钟 秒鐘
毫秒 时 岁 周岁"""
_ORDINAL = "号 號 届 屆 级 楼 室 等奖 中全会 线 审 版 路 排 代"
_PHYSICAL = """公里 千米 米 公尺 分米 厘米 公分 毫米 微米 纳米 里 华里 海里 英里 英裏 公裏 英尺 英寸 英吋 呎 吋 平方公里 平方千米 平方米 平方 平米
平方尺 立方米 立方 方 亩 畝 公亩 公顷 顷 市斤 吨 噸 千克 公斤 克 毫克 微克 斤 两 兩 吨标准煤 吨标煤 升 公升 毫升 立升 加仑 加侖 茶匙 汤匙 湯匙
度 摄氏° 攝氏° 华氏° 華氏° 摄氏度 攝氏度 华氏度 華氏度 瓦 千瓦 兆瓦 千瓦时 千瓦小时 瓦时 伏 伏特 千伏 千伏安 安培 欧姆 焦耳
卡路里 大卡 帕 千帕 兆帕 赫兹 兆赫 分贝 流明 摩尔
兆 马力 标箱 标准箱 车公里 人公里 吨公里 吨位 载重吨 标准立方米 标立方米 立方米每秒 转 标方 船公里 车次公里"""
_LATIN = """km/h km² km2 km m² m2 m³ m3 ㎡ ㎥ m cm² cm dm mm² mm μm um nm ㎏ kg mg μg µg ug g t kWh KWh kwh MWh GWh kW KW kw MW GW kV KV V W kVA
MVA mL ml L l cc ha dB(A) dB kHz MHz GHz Hz Mbps Gbps Kbps GB TB PB MB KB EB TEU ℃ °C ° °F ℉ μg/m³ µg/m³ ug/m3 μg/m3 mg/m³ mg/L mg/l pH foots
feets foot feet inches inch miles mile kPa MPa Pa rpm m³/s
m3/s L/s ppm ppb"""
# Classifiers that count events, papers, things and people: after them a number is a figure even where it is 两 or 三.
_STRONG = """次 批 场 場 起 宗 件 份 家 名 户 戶 台 臺 辆 座 所 间 栋 幢 轮 篇 册 艘 架 株 棵 盏 枚 套 部 笔 例 幅 人 期 处 则 桩 封 首 顶 批次 场次 人次"""
_WEAK = """个 個 项 項 位 条 條 张 張 面 块 片 组 组织 队 班 团 支 只 隻 头 匹 口 桌 席 层 站 对 對 双 雙 副 款 类 種 种 样 单 票 案 节 门 堂 课 盘
瓶 箱 袋 包 桶 筐 车 船 列 扇 道 段 截 卷 把 床 炉 垛 眼 孔 尊 滴 群 伙 行 股 束 串 页 字 句 遍 趟 回 番 圈 顿 阵 拨 味 剂 针 点 粒 颗 根 本 管 罐
盒 捆 打 丛 门次 剂次 分 大类 大项 大件 小类 小项 小件 项次 标段 标准厂房 网格 学分 版面 集 章 朵 缕 摞 爿 帧 宿 发 丘 畦 垄 撮 屉 辈 尾 峰 羽
栏 档 户籍 千字 桩次 席位 床位 泊位 车位 学位 工位 机位 字节 梯次 平方数 股次 亩次 员 频次 频 维 点位 路段 航班 航次 人份 人天 人日 人时 届次"""
# Nouns that are counted without a classifier (12部门, 3镇): only where no longer word begins here.
_NOUNS = "部门 村 镇 乡 社区 街道 街镇 乡镇 县区 县市 省市 市州 区县 县 市 省 国 校"

FAMILIES = {
    "money": _MONEY,
    "rate": _RATE,
    "ratio": _RATIO,
    "time": _TIME,
    "ordinal": _ORDINAL,
    "physical": _PHYSICAL,
    "latin": _LATIN,
    "strong": _STRONG,
    "weak": _WEAK,
    "noun": _NOUNS,
}

_COUNTERS = frozenset((_STRONG + " " + _WEAK).split())
# Words in which a classifier's character is no classifier. The first are verbs and nouns that may follow any number, the
# second matter only where the number itself is in doubt (a Chinese digit, a year, a hotline).
_NEVER = re.compile(
    r"成(?=[立效功果员本长就绩为都熟品交套不群])|分(?=[别布类为析工管])|级(?=别)|排(?=[查水污放])|代(?=[表理办码])|线(?=[索上下])|发(?=[布放生现展送出挥])"
    r"|度(?=假)|版(?=权)|转(?=[办交移为])|打(?=[造击])|回(?=[复访应头])|集(?=[中体合])|管(?=[理控委])|行(?=[政动为使])|对(?=[于接外内照])|把(?=[握关])"
    r"|面(?=向)|点(?=击)|队(?=伍)|团(?=[队结])|口(?=岸)|审(?=[核查批计议])|年(?=[级轻])|列(?=[入为席])|串(?=联)|包(?=[括含])|国(?=[家有际内])|员(?=工)|节(?=约)|群(?=[众体])"
    r"|市(?=[场民委政级监])|[县省](?=[委政级])|镇(?=[委政级])|村(?=[委民级])|校(?=园)|单(?=位)|项(?=目(?!标))"
)
_IN_DOUBT = re.compile(
    r"人(?=[大民才事])|处(?=[理置罚])|名(?=[单录称])|部(?=[署门分])|位(?=[于列居])|支(?=[持部付出撑援])|间(?=[接隔])|条(?=[例件])|课(?=[题程])|件(?=事)|户(?=外)"
    r"|期(?=间)|起(?=[草来到止])|所(?=[有在属需以])|批(?=[准复示评])|份(?=[额子])|轮(?=[流岗换车驱])|台(?=[山风州湾])|倍(?=[子体])|套(?=班)|封(?=[闭存])|例(?=[如会])|则(?=[为是])|首(?=[次个批家创])|层(?=[级面])"
    r"|组(?=[成建])|班(?=子)|站(?=点)|门(?=户)|车(?=间)|方(?=[式案便面法针])|路(?=径)|样(?=[式本])|字(?=号)|架(?=构)|单(?=独)"
)
_SLASH = re.compile(r"\s?[/／·]\s?")
#: 吨/万元: what a unit is reckoned on may have a magnitude.
_MAGNITUDES = ("百", "千", "万", "亿")
_ROUND = re.compile(r"[(（]([^()（）\s]{1,3})[)）]")
_LETTER = re.compile(r"[A-Za-z0-9]")
_CLOSING = r"[,，。;；、:：!！?？)）」』】》”’\s]"
_OPEN = re.compile(rf"[\u4e00-\u9fff]次?(?={_CLOSING}|$)")
_OPEN_NO_START = frozenset(
    "的了和与及等以为在是由从到至多余左右上下内外前后中共均已也就并或且其将被把对向给年月日大后起个第半零〇一二两三四五六七八九十百千万亿"
)


class Unit(NamedTuple):
    """A unit found in the text: as written, where it ends, and its family."""

    text: str
    end: int
    family: str


def _by_first_character() -> dict[str, tuple[tuple[str, str], ...]]:
    families: dict[str, str] = {}
    for family, words in FAMILIES.items():
        for word in words.split():
            families.setdefault(word, family)
    table: dict[str, list[tuple[str, str]]] = {}
    for word, family in families.items():
        table.setdefault(word[0], []).append((word, family))
    return {first: tuple(sorted(entries, key=lambda entry: -len(entry[0]))) for first, entries in table.items()}


_LEXICON = _by_first_character()
#: Characters with which a unit of the lexicon can begin.
FIRST_CHARACTERS = frozenset(_LEXICON)


def unit_at(text: str, at: int, stop: int, *, in_doubt: bool = False) -> Unit | None:
    """The longest unit of the lexicon that begins at `at`, with compound forms (人次, 场(次), 元/人).

    `in_doubt` says that the number before may be none, so that 处 in 处理 is not taken for a unit.
    """
    unit = _simple(text, at, stop)
    if unit is not None and in_doubt and len(unit.text) == 1 and _IN_DOUBT.match(text, at, stop):
        return None
    if unit is None:
        return None
    if unit.family in ("strong", "weak"):
        unit = _with_times(text, unit, stop)
    return _with_slash(text, unit, stop)


def open_unit_at(text: str, at: int, stop: int) -> Unit | None:
    """A character unknown to the lexicon, with 次 or without, that closes the clause behind a number (26疃。)."""
    found = _OPEN.match(text, at, stop)
    if found is None or found[0][0] in _OPEN_NO_START:
        return None
    return Unit(found[0], found.end(), "weak")


def _simple(text: str, at: int, stop: int) -> Unit | None:
    if at >= stop:
        return None
    for word, family in _LEXICON.get(text[at], ()):
        end = at + len(word)
        if end > stop or not text.startswith(word, at):
            continue
        if len(word) == 1 and _NEVER.match(text, at, stop):
            continue
        if family == "latin" and end < stop and _LETTER.match(text, end):
            continue
        return Unit(word, end, family)
    return None


def _with_times(text: str, unit: Unit, stop: int) -> Unit:
    """家次, 场(次), 台套: a classifier may carry 次 or another classifier in brackets."""
    end = unit.end
    if text.startswith("次", end) and end < stop and unit.text[-1] != "次" and unit.text in _COUNTERS:
        return Unit(unit.text + "次", end + 1, "strong")
    bracket = _ROUND.match(text, end, stop)
    if bracket and (bracket[1] in _COUNTERS or bracket[1] in ("次", "人")):
        return Unit(text[unit.end - len(unit.text) : bracket.end()], bracket.end(), "strong")
    return unit


def _with_slash(text: str, unit: Unit, stop: int) -> Unit:
    """元/人, 微克/立方米, 台/套, 吨/万元, 元/人·月."""
    if unit.end >= stop or unit.family in ("time", "ordinal"):
        return unit
    slash = _SLASH.match(text, unit.end, stop)
    if slash is None or slash[0].strip() == "·":
        return unit
    below = _simple(text, slash.end() + (text[slash.end() : slash.end() + 1] in _MAGNITUDES), stop)
    if below is None:
        return unit
    start, end = unit.end - len(unit.text), below.end
    if text.startswith("·", end) and (further := _simple(text, end + 1, stop)):
        end = further.end
    return Unit(text[start:end], end, unit.family)
