"""Invented text for generated pages: articles, lists of headlines, comments. Nothing of it is copied from anywhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

_WHO = "望川县政府 云溪镇党委 县司法局 市水务局 南岭街道 河湾社区 县教育局 双桥村 农业农村局 临江新区管委会 青石工业园 县医院 交通运输局 文化馆".split()
_DID = (
    "召开专题会议{n}次 组织培训{n}场 受理各类申请{n}件 办结率达到{r}% 新建站点{n}个 改造老旧管网{n}公里 走访群众{n}户 开展联合检查{n}次 "
    "发放宣传资料{n}余份 投入资金{n}万元 整改问题{n}项 完成招商签约{n}个 帮助就业{n}人 同比增长{r}% 修订制度{n}项 化解矛盾纠纷{n}起"
).split()
_HOW = "坚持问题导向 围绕中心工作 按照年初部署 结合本地实际 以群众满意为标准 在多方协调之下 通过上门服务 依托网格化平台 借助新技术 克服人手不足的困难".split()
_SO = "为全年目标打下了基础 得到了群众的普遍认可 有关经验正在全县推广 下一步还将继续完善 成效比去年更为明显 相关情况已向社会公开 各项指标均好于预期 问题仍然不少".split()
_SAID = (
    "记者在现场看到，{who}的工作人员一早就{how}，忙着清点物资。",
    "“以前办这件事要跑三趟，现在一趟就够了。”家住{who}附近的老周说，{so}。",
    "据介绍，{who}今年{did}，{did}，{so}。",
    "{who}{how}，{did}，{did}；{so}。",
    "对此，{who}有关负责人回应称，{how}，{did}，{so}。",
    "不过，也有人提出不同看法：{how}固然重要，{did}却未必说明全部问题。",
    "{how}的同时，{who}还{did}，{so}，这在往年并不多见。",
    "从数据看，{who}已经{did}；从感受看，{so}。",
)
_TITLES = "望川县推进老旧小区改造 居民住上舒心房|一条河的三十年：云溪治水记|双桥村的柑橘熟了，卖到了哪里？|南岭街道“夜门诊”开到家门口|春运首日，临江站多了这些变化|青石工业园迎来第一百家企业|县医院的深夜食堂为何只收一元钱|老周修了四十年钟表，终于有了徒弟".split(
    "|"
)
_OFFICIAL = "望川县2022年法治政府建设工作报告|云溪镇人民政府2021年工作总结|关于2023年政府信息公开工作情况的报告|南岭街道2020年安全生产工作总结|望川县水务局关于2022年重点工作完成情况的汇报".split(
    "|"
)
_HEADLINES = (
    "这座小城凭什么留住年轻人|十一月起这些新规将影响你的生活|一图看懂下周天气|高铁票开抢 热门方向已售罄|专家：入冬后要注意这三点|两部门联合发文规范直播带货|国足公布最新名单 三人首次入选|"
    "新能源汽车销量再创新高|男子深夜翻墙回家 被当成小偷|考研报名人数公布|楼市周报：成交量连续三周回升|黄金价格大跌 有人一天亏两万|老字号关门 街坊排队告别|博物馆上新 展出文物两百件|"
    "这种水果便宜了一半|暴雨蓝色预警|油价今晚调整|某明星工作室发声明|机器人走进课堂|火车上偶遇三十年前的老师"
).split("|")
_COMMENTS = (
    "说得太好了，支持一下！|这种事早就该管了，我们小区也是一样，反映了好几年都没有人理。|呵呵|前排|楼上说得对，光开会有什么用，关键还是要落实到人。|我就想知道，钱花到哪里去了？|转发微博|"
    "讲真，去年我去办过一次，态度确实好了很多，但是流程还是太复杂，希望继续改进。|不信谣不传谣|沙发|作者辛苦了，写得很细。|建议把数据公开，让大家都看看，这样才有说服力。|哈哈哈哈|已阅|"
    "我是本地人，可以负责任地说，文章里写的基本属实，只是河边那段路到现在还没有修好。|赞一个"
).split("|")


@dataclass(frozen=True)
class Article:
    """An invented article: `body` are its paragraphs, in order; `official` that it is a report of an office."""

    title: str
    body: tuple[str, ...]
    date: str = "2023-03-14"
    source: str = "望川日报"
    official: bool = False
    rows: tuple[tuple[str, ...], ...] = field(default=())

    @property
    def text(self) -> str:
        """What a reader would call the article, without its headline."""
        return "\n".join(self.body)


def sentence(rng: Random) -> str:
    """One invented sentence."""
    form = rng.choice(_SAID)
    while "{" in form:
        form = form.replace("{who}", rng.choice(_WHO), 1).replace("{how}", rng.choice(_HOW), 1)
        form = form.replace("{did}", rng.choice(_DID), 1).replace("{so}", rng.choice(_SO), 1)
        form = form.replace("{n}", str(rng.randint(2, 900)), 1).replace("{r}", f"{rng.uniform(3, 99):.1f}", 1)
    return form


def paragraph(rng: Random, sentences: int = 3) -> str:
    """A few sentences."""
    return "".join(sentence(rng) for _ in range(sentences))


def news(rng: Random, paragraphs: int = 9) -> Article:
    """A news story: lead, paragraphs, short subheads."""
    body = [f"本报讯（记者 林远）{sentence(rng)}{sentence(rng)}"]
    for n in range(paragraphs - 1):
        if n and n % 4 == 0:
            body.append(rng.choice(("路在脚下", "账要算清", "从一到三", "还有多远")))
        body.append(paragraph(rng, rng.randint(1, 4)))
    return Article(rng.choice(_TITLES), tuple(body))


def report(rng: Random, parts: int = 4, rows: int = 0) -> Article:
    """A report of an office: numbered parts, a table where asked for, signature and date."""
    title = rng.choice(_OFFICIAL)
    body = ["现将有关情况报告如下：" if rng.random() < 0.3 else sentence(rng) + "现将有关情况报告如下："]
    heads = ("主要工作开展情况", "存在的问题", "下一步打算", "加强组织领导", "优化营商环境", "强化监督检查")
    for n in range(parts):
        body.append(f"{'一二三四五六'[n]}、{heads[n]}")
        body += [f"（{'一二三四五'[m]}）{paragraph(rng, rng.randint(2, 4))}" for m in range(rng.randint(1, 3))]
    table = tuple((f"指标{n + 1}", str(rng.randint(10, 999)), f"{rng.uniform(1, 20):.1f}%") for n in range(rows))
    if table:
        body += ["\t".join(row) for row in (("项目", "数量", "增长"), *table)]
    body += ["望川县人民政府", "2023年1月12日"]
    return Article(title, tuple(body), official=True, rows=table, source="望川县政府办公室")


def brief(rng: Random) -> Article:
    """Three sentences."""
    return Article(rng.choice(_TITLES), (sentence(rng), sentence(rng) + sentence(rng)))


def headline(rng: Random) -> str:
    """A headline for lists of links."""
    return rng.choice(_HEADLINES) + rng.choice(("", "", "（图）", "！", "？"))


def comment(rng: Random) -> str:
    """What somebody wrote below an article."""
    return rng.choice(_COMMENTS)
