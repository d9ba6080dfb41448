"""The words by which page furniture is known: one row a rule, each a pattern of what may stand in such a line.

A line is furniture by how much of it such words cover, so no row needs to know a whole line. `Strength` says how far a
row is to be trusted. A new rule is one row here, one name in `names` and one line in its test.
"""

from __future__ import annotations

import functools
import re
from enum import IntEnum
from typing import NamedTuple

from annotator.reading.furniture.nav_words import NAV, SURE_NAV


class Strength(IntEnum):
    """FILL stands beside furniture and proves nothing; EDGE holds before and behind the body; SURE anywhere."""

    NONE = 0
    FILL = 1
    EDGE = 2
    SURE = 3


class Token(NamedTuple):
    """One row: the rule's id, how sure it is, and a pattern."""

    rule: str
    strength: Strength
    pattern: str


class Match(NamedTuple):
    """Words found in a line: [start, end) in it."""

    start: int
    end: int
    token: Token


_GAP = "[ \\t\\u3000\\xa0]{0,4}"
_COLON = f"{_GAP}[:：]"
_VALUE = f"{_GAP}[^\\s|｜:：【\\[<>]{{0,30}}"
_LONG_VALUE = f"{_GAP}[^|｜\\n]{{0,60}}"
_DATE = "(?:(?:19|20)\\d\\d\\s?[-/.年]\\s?\\d{1,2}\\s?[-/.月]\\s?\\d{1,2}\\s?日?(?:\\s*\\d{1,2}[:：]\\d{2}(?:[:：]\\d{2})?)?)"
_BEGIN = "(?<![\\u4e00-\\u9fff])"
_ALONE = "(?![\\u4e00-\\u9fff])"


def _any(words: str) -> str:
    """A pattern for any of `words`, each with or without spaces between its characters (`来 源`)."""
    each = sorted(words.split(), key=len, reverse=True)
    return (
        "(?:"
        + "|".join(
            _GAP.join(re.escape(c) for c in word) if word.isascii() is False else re.escape(word) for word in each
        )
        + ")"
    )


_SOURCES = _any(
    "来源 信息来源 文章来源 稿件来源 新闻来源 稿源 发布机构 发布单位 发布部门 信息提供 供稿 供稿单位 发文机关 发文单位 公开部门 制发机关 责任部门 公开主体"
)
_PEOPLE = _any(
    "编辑 责任编辑 责编 作者 撰稿 审核 审核人 审校 校对 录入 录入者 发布人 发布者 信息员 初审 复审 终审 值班主任 值班编辑 文章作者 一审 二审 三审 编审 签发"
)
_DATES = _any(
    "发布日期 发布时间 发稿时间 更新时间 更新日期 编辑日期 成文日期 公开日期 公开时间 生成日期 上传时间 录入时间 发文日期 修改时间 添加时间 生效日期 失效日期 废止日期"
)
_RECORD = _any(
    "索引号 信息索引号 主题分类 主题词 发文字号 文号 有效性 效力状态 信息分类 公开方式 公开范围 公开形式 公开时限 公开类型 体裁分类 组配分类 信息索引 文件编号 "
    "统一编号 关键词 关键字 内容概述 文种 语种 信息有效性 是否有效 所属主题 信息名称 公文种类 公开目录 栏目 所属栏目 服务对象"
)
_COUNTED = _any(
    "浏览次数 阅读次数 点击次数 访问次数 浏览量 阅读量 点击量 访问量 点击数 阅读数 浏览数 点击率 人气 浏览 阅读 点击 查看次数 已阅"
)
_SHARED = _any(
    "分享到 分享至 一键分享 分享 打印本页 打印此页 打印文章 打印正文 我要打印 打印 关闭窗口 关闭本页 关闭此页 关闭页面 关闭 收藏本页 加入收藏夹 收藏 复制链接 "
    "新浪微博 腾讯微博 QQ空间 人人网 朋友圈 QQ好友 微信好友 微博 微信 转发 纠错 我要纠错 页面纠错 听全文 语音朗读 语音播报 下载 保存 推荐 点赞 更多"
)
_ORGANISERS = _any(
    "主办单位 承办单位 协办单位 主管单位 主办方 承办方 主办 承办 协办 管理维护 技术支持 技术支持单位 技术保障 运行维护 运维单位 维护单位 建设单位 网站管理 "
    "网站维护 网站建设 网站运维 内容保障 制作维护 设计制作 运行管理 建设维护"
)
_CONTACTS = _any(
    "联系电话 咨询电话 网站电话 值班电话 监督电话 举报电话 服务热线 电话 传真 邮编 邮政编码 地址 联系地址 通讯地址 单位地址 办公地址 邮箱 电子邮箱 电子邮件 E-mail Email "
    "网址 办公时间 站长邮箱 投稿邮箱 联系方式 联系人"
)
_LISTS = _any(
    "相关新闻 相关链接 相关阅读 相关报道 相关文章 相关信息 相关内容 相关推荐 相关稿件 相关专题 推荐阅读 延伸阅读 热点新闻 热点推荐 热点信息 热点排行 热点文章 热门推荐 热门文章 "
    "热门新闻 最新文章 最新信息 最新新闻 最新发布 阅读排行 点击排行 新闻排行 猜你喜欢 友情链接 站内链接 网站链接 常用链接 快速链接 为您推荐 精彩推荐 图片推荐 信息推荐 推荐信息"
)
_LISTS_AT_THE_END = _any(
    "相关解读 相关文件 相关政策 政策解读 解读材料 文件解读 关联文件 关联解读 图解 延伸解读 相关附件 附件下载"
)
_NOTICES = _any(
    "无障碍 无障碍版 无障碍阅读 无障碍浏览 无障碍模式 无障碍辅助 无障碍服务 进入无障碍 长者助手 长者模式 长者版 长者专区 长者关怀 长辈版 关怀版 适老版 适老化 适老模式 "
    "适老化模式 老年模式 智能机器人 智能问答 智能客服 智能问政 中文简体 中文繁体 简体版 繁体版 简体中文 繁體中文 繁体中文 繁體版 简体 繁体 繁體 移动版 手机版 电脑版 触屏版 "
    "设为首页 加入收藏 收藏本站 站点地图 屏蔽特效 退出登录 个人中心 用户登录 登录 注册 政务邮箱"
)
_SEARCHES = _any(
    "站内搜索 全文检索 高级搜索 高级检索 智能搜索 搜本站 搜全网 热搜词 热门搜索 热搜 热词 搜索热词 搜索 检索"
)

TOKENS: tuple[Token, ...] = (
    # ---- what ends a line with it, whatever follows --------------------------------------------------------
    Token(
        "breadcrumb",
        Strength.SURE,
        f"^\\W*(?:[您你]?(?:的)?(?:现在|当前|目前|所在|现)?(?:的)?(?:所在)?(?:的)?位置(?:是|为)?{_COLON}|(?:您现在的|您当前的|您所在的|你所在的|当前|所在)位置(?=\\W|$)|当前栏目{_COLON}|当前页面?{_COLON}).{{0,120}}",
    ),
    Token(
        "breadcrumb",
        Strength.SURE,
        f"^\\W*{_any('首页 网站首页 本站首页 主页')}{_GAP}(?:>|»|›|→|&gt;|＞|/|\\\\|-|·).{{0,120}}",
    ),
    Token("breadcrumb", Strength.EDGE, "^[^>＞»›。]{2,16}(?:\\s*[>＞»›]+\\s*[^>＞»›。]{1,40}){2,8}$"),
    Token("breadcrumb", Strength.FILL, "[>＞»›]+"),
    Token(
        "related",
        Strength.SURE,
        f"{_BEGIN}[\\[【]?{_any('上一篇 下一篇 上一条 下一条 上篇 下篇 前一篇 后一篇 上一页 下一页 上一则 下一则 上一主题 下一主题')}(?:文章|信息|新闻)?[\\]】]?(?:{_COLON}|\\s|$|[】\\]]).{{0,80}}?(?=下一[篇条页则]|下篇|后一篇|$)",
    ),
    Token(
        "related", Strength.SURE, f"^[-·•◆■▌>\\s【\\[]*{_LISTS}[】\\]:：\\s>+]*{_any('更多 MORE More more')}?[>+\\s]*$"
    ),
    Token("related", Strength.EDGE, f"^[-·•◆■▌>\\s【\\[]*{_LISTS_AT_THE_END}[】\\]:：\\s>+]*$"),
    Token("footer", Strength.SURE, "(?i:copyright|©|\\(c\\)\\s*(?:19|20)\\d\\d).{0,100}"),
    Token("footer", Strength.SURE, "(?i:all rights reserved\\.?)"),
    Token("footer", Strength.SURE, f"[^\\s|｜。，,]{{0,30}}\\s*{_any('版权所有')}[:：]?{_VALUE}"),
    Token("footer", Strength.EDGE, "(?i:powered by|designed by).{0,40}"),
    Token(
        "record_number",
        Strength.SURE,
        f"[\\u4e00-\\u9fff]?{_GAP}ICP{_GAP}[备证]?{_GAP}(?:案)?(?:编?号)?[:：]?\\s*(?:[\\u4e00-\\u9fff]?ICP备)?\\s*[A-Z]?[\\d-]*{_GAP}号?(?:-\\d+)?",
    ),
    Token(
        "record_number",
        Strength.SURE,
        f"[\\u4e00-\\u9fff]?{_GAP}公网安备{_GAP}(?:[\\u4e00-\\u9fff]公网安备)?{_GAP}\\d*{_GAP}号?",
    ),
    Token(
        "record_number",
        Strength.SURE,
        f"{_any('政府网站标识码 网站标识码 网站备案号 备案序号 网站备案')}{_GAP}[:：]?\\s*[\\w-]*",
    ),
    Token("record_number", Strength.EDGE, f"{_any('党政机关 事业单位 政府网站找错 网站找错')}{_ALONE}"),
    Token(
        "qr",
        Strength.SURE,
        "(?:打开)?(?:微信|手机|请用手机|用手机|用微信)?扫一扫.{0,30}|(?:微信|手机)?扫[描码](?:上方|下方|上面|下面|左侧|右侧|此)?(?:的)?二维码.{0,24}|手机扫[码描].{0,20}",
    ),
    Token(
        "qr",
        Strength.EDGE,
        f"{_any('微信公众号 官方微信 政务微信 官方微博 政务微博 微信二维码 新媒体矩阵 二维码')}{_ALONE}",
    ),
    Token(
        "top",
        Strength.SURE,
        f"{_any('返回顶部 回到顶部 返回首页 返回列表 回顶部 返回上一页 返回上级 返回页首')}{_ALONE}",
    ),
    Token("top", Strength.FILL, f"{_BEGIN}(?:{_any('返回')}|TOP|Top){_ALONE}"),
    Token(
        "welcome", Strength.SURE, "(?:[您你]好[!！,，]?\\s*)?欢迎[您你]?(?:的)?(?:访问|光临|来到|进入|浏览|莅临).{0,40}"
    ),
    Token("welcome", Strength.SURE, f"^今天是{_COLON}?.{{0,40}}$|^现在是[:：]\\s*.{{0,30}}$"),
    Token(
        "welcome",
        Strength.EDGE,
        f"{_DATE}?\\s*(?:星期|周)[一二三四五六日天](?:\\s*农历\\S{{2,14}})?(?:\\s*\\d{{1,2}}[:：]\\d\\d(?:[:：]\\d\\d)?)?",
    ),
    Token(
        "welcome",
        Strength.EDGE,
        "[\\u4e00-\\u9fff]{0,8}\\s*(?:今日|今天|明天)?\\s*(?:天气[:：]?)?\\s*(?:晴|多云|阴|[小中大暴阵]雨|小雪|雷阵雨)[^。]{0,16}?-?\\d{1,2}\\s*[℃°][^。]{0,20}",
    ),
    Token("notice", Strength.SURE, "^.{0,20}[您你]?(?:访问的链接)?即将离开.{0,60}"),
    Token("notice", Strength.SURE, "^.{0,40}(?:浏览器|分辨率).{0,60}(?:浏览|访问|升级|版本|分辨率|效果).{0,60}$"),
    Token(
        "notice",
        Strength.SURE,
        "^.{0,60}(?:未经|不得).{0,20}(?:授权|许可|同意|擅自).{0,20}(?:转载|复制|使用|镜像).{0,40}$|^.{0,30}转载.{0,6}请注明.{0,40}$",
    ),
    Token("notice", Strength.SURE, "本网站?(?:已)?支持\\s*IPv6.{0,10}|网站?支持\\s*IPv6|IPv6(?:访问量|[:：]).{0,12}"),
    Token("notice", Strength.SURE, "^.{0,40}(?i:cookies?).{0,80}$"),
    Token("notice", Strength.EDGE, f"{_BEGIN}{_NOTICES}{_ALONE}"),
    Token(
        "notice",
        Strength.SURE,
        f"{_BEGIN}{_any('无障碍版 无障碍阅读 无障碍浏览 无障碍模式 长者助手 长者模式 长者版 适老版 适老化模式 关怀版 老年模式 中文简体 中文繁体 设为首页 加入收藏')}{_ALONE}",
    ),
    Token("search", Strength.EDGE, "请输入.{0,12}(?:关键[字词]|内容|搜索|检索).{0,8}"),
    Token("search", Strength.EDGE, f"{_BEGIN}{_SEARCHES}(?:{_COLON}.{{0,60}}|{_ALONE})"),
    # ---- the facts of a page and the bars beside them ------------------------------------------------------
    Token(
        "font_size",
        Strength.SURE,
        f"[【\\[（(]?\\s*{_any('字体大小 字号大小 文字大小 正文字号 字体 字号')}{_GAP}(?:[:：]|(?=\\s*[\\[【(（]?[大中小+])){_GAP}(?:[\\[【(（]?\\s*(?:特大|超大|较大|默认|标准|大|中|小|A\\+|A-|\\+|-)\\s*[\\]】)）]?[\\s|｜/、]*)*\\s*[】\\]）)]?",
    ),
    Token(
        "font_size",
        Strength.SURE,
        f"{_BEGIN}[\\[【(（]?\\s*(?:特大\\s*)?大\\s*[\\]】)）]?[\\s|｜/、]*[\\[【(（]?\\s*中\\s*[\\]】)）]?[\\s|｜/、]*[\\[【(（]?\\s*小\\s*[\\]】)）]?{_ALONE}",
    ),
    Token("font_size", Strength.EDGE, f"{_any('保护视力色 视力保护色 护眼模式 背景颜色 打印预览')}[:：]?"),
    Token(
        "views",
        Strength.SURE,
        f"{_BEGIN}(?:本文|本页|已|文章)?{_COUNTED}{_COLON}{_GAP}[\\[（(]?[-\\d,]*[\\]）)]?\\s*(?:人?次|人|℃)?",
    ),
    Token(
        "views",
        Strength.SURE,
        f"{_BEGIN}(?:已有|已被|共|已)?\\s*[-\\d,]+\\s*(?:人次|次|人)\\s*{_any('浏览 阅读 点击 访问')}{_ALONE}|{_BEGIN}{_COUNTED}\\s*[-\\d,]+\\s*(?:人?次){_ALONE}",
    ),
    Token(
        "views", Strength.EDGE, f"{_BEGIN}{_any('浏览次数 阅读次数 点击次数 浏览量 阅读量 点击量')}{_GAP}\\d*{_ALONE}"
    ),
    Token(
        "meta",
        Strength.EDGE,
        f"{_BEGIN}(?:信息|文章|稿件)?{_DATES}{_COLON}{_GAP}{_DATE}?|{_BEGIN}{_any('时间 日期')}{_COLON}\\s*{_DATE}",
    ),
    Token("meta", Strength.EDGE, f"{_BEGIN}{_SOURCES}{_COLON}{_VALUE}"),
    Token("meta", Strength.EDGE, f"{_BEGIN}{_PEOPLE}{_COLON}{_VALUE}"),
    Token("meta", Strength.EDGE, f"{_BEGIN}{_RECORD}{_COLON}{_LONG_VALUE}"),
    Token("meta", Strength.FILL, f"{_BEGIN}{_any('标题 名称 时间 日期')}{_COLON}{_LONG_VALUE}"),
    Token("meta", Strength.FILL, "(?:19|20)\\d\\d[-/]\\d{1,2}[-/]\\d{1,2}(?:\\s+\\d{1,2}[:：]\\d\\d(?:[:：]\\d\\d)?)?"),
    Token(
        "share",
        Strength.SURE,
        f"{_BEGIN}[\\[【]?\\s*{_any('分享到 分享至 一键分享 打印本页 打印此页 打印文章 关闭窗口 关闭本页 关闭此页 我要纠错 复制链接')}\\s*[\\]】]?[:：]?",
    ),
    Token("share", Strength.SURE, f"[\\[【]\\s*{_SHARED}\\s*[\\]】]|{_BEGIN}{_any('分享')}{_COLON}"),
    Token("share", Strength.FILL, f"{_BEGIN}{_SHARED}(?:{_GAP}[:：])?{_ALONE}"),
    # ---- who runs the site ---------------------------------------------------------------------------------
    Token("organiser", Strength.EDGE, f"{_BEGIN}{_ORGANISERS}{_COLON}{_GAP}[^\\s|｜:：。]{{0,40}}"),
    Token("organiser", Strength.EDGE, f"[^\\s|｜:：。，]{{4,40}}\\s{{1,4}}{_ORGANISERS}{_ALONE}"),
    Token(
        "contact",
        Strength.FILL,
        f"{_BEGIN}(?:网站)?{_CONTACTS}{_COLON}(?:{_GAP}[\\d()（）+-]{{5,20}}[、,，/转\\s]*)+|{_BEGIN}{_CONTACTS}{_COLON}{_GAP}[^\\s|｜:：。]{{0,50}}",
    ),
    Token(
        "contact",
        Strength.FILL,
        "(?<!\\d)(?:0\\d{2,3}[-—－]?)\\d{7,8}(?!\\d)|[\\w.-]+@[\\w-]+\\.[\\w.]+|(?:https?://|www\\.)[\\w./?=&%#-]+",
    ),
    Token(
        "attachments",
        Strength.EDGE,
        "^\\W*[^。]{2,60}\\.(?:docx?|xlsx?|pptx?|pdf|wps|et|ofd|zip|rar|7z)(?:\\s*[\\[（(]?[\\d.]+\\s*[KMkm][Bb]?[\\]）)]?)?$",
    ),
    # ---- navigation ----------------------------------------------------------------------------------------
    Token("nav", Strength.EDGE, f"{_BEGIN}{_any(SURE_NAV)}"),
    Token("nav", Strength.FILL, f"{_any(NAV)}"),
    Token(
        "nav",
        Strength.FILL,
        f"{_BEGIN}(?:走进|印象|魅力|美丽|认识|了解|投资|旅游|数字|智慧|活力|幸福|和谐|历史|人文|大美)[\\u4e00-\\u9fff]{{2,3}}{_ALONE}",
    ),
)

_COMPILED = tuple((re.compile(token.pattern), token) for token in TOKENS)
# A character of these must be there for anything to match: most lines of a body are done with one look.
_SPACE_OR_BAR = re.compile("[\\s|｜/·•>＞»›_,，、;；:：.。\\[\\]【】()（）<>《》\"“”'!！?？+*#&~\\-—–=…^■◆▌]")


@functools.lru_cache(maxsize=4096)
def tokens_in(line: str) -> tuple[Match, ...]:
    """The furniture words of a line, in order and disjoint: the surer row first, then the longer words."""
    found = [
        Match(m.start(), m.end(), token)
        for pattern, token in _COMPILED
        for m in pattern.finditer(line)
        if m.end() > m.start()
    ]
    found.sort(key=lambda m: (-m.token.strength, m.start - m.end))
    taken: list[Match] = []
    for match in found:
        if all(match.end <= other.start or match.start >= other.end for other in taken):
            taken.append(match)
    return tuple(sorted(taken))


def weight_of(line: str) -> int:
    """How many characters of a line count: all but white space and separators."""
    return len(_SPACE_OR_BAR.sub("", line))


#: Where furniture begins in the middle of a long line.
STARTERS = re.compile(
    f"(?:{_any('您现在的位置 您当前的位置 您的位置 当前位置 上一篇 下一篇 上一条 下一条 主办单位 主办 承办单位 版权所有 网站标识码 扫一扫 责任编辑')}{_COLON}?"
    f"|{_any('信息来源 文章来源 来源 发布时间 发布日期 发布机构 浏览次数 阅读次数 点击数 字体 字号 打印 分享到 索引号')}{_COLON}"
    "|[【\\[](?:字体|字号|打印|关闭|大\\s*中\\s*小)|Copyright|©|[\\u4e00-\\u9fff]ICP备|[\\u4e00-\\u9fff]公网安备)"
)
