"""Words by which lines around a body are known: facts of the page, things to click, what closes an article.

Everything here speaks of one line. Where a word could stand in a report's own text, the patterns ask for the shape of
the whole line too.
"""

from __future__ import annotations

import re
from functools import lru_cache

from annotator.formats.page.word_calls import CALLS


class Words:
    """A pattern, and a bit by which lines remember whether it is worth trying on them and what came of it."""

    __slots__ = ("bit", "match", "pattern", "search")

    def __init__(self, name: str, pattern: str, flags: int = 0) -> None:
        self.pattern = re.compile(pattern, flags)
        self.search = self.pattern.search
        self.match = self.pattern.match
        self.bit = 1 << list(CALLS).index(name)


def _called() -> tuple[re.Pattern[str], dict[str, int]]:
    """A pattern that finds whatever calls one of the patterns, and by such a call the bits of those it calls."""
    bits: dict[str, int] = {}
    seconds: dict[str, str] = {}
    for number, calls in enumerate(CALLS.values()):
        for call in calls.split():
            bits[call] = bits.get(call, 0) | 1 << number
            seconds[call[0]] = seconds.get(call[0], "") + call[1:]
    # The second of a pair is only looked at: it may be the first of another. One alone calls whatever follows.
    branches = (
        re.escape(first) + (f"(?=[{re.escape(after)}])" if first not in bits else "")
        for first, after in seconds.items()
    )
    return re.compile("|".join(branches)), bits


_CALL, _BITS = _called()


@lru_cache(maxsize=8192)  # the lines of a site's menus, page after page
def calls_in(line: str) -> int:
    """The bits of the patterns that are worth trying on a line."""
    bits = 0
    for call in _CALL.finditer(line):
        at = call.start()
        bits |= _BITS.get(line[at], 0) | _BITS.get(line[at : at + 2], 0)
    return bits


STOPS = re.compile("[。！？；!?;…]|[，,、：](?=[^\\s\\d])|\\.(?=\\s|$)")

_DATE = "(?:19|20)\\d\\d\\s*[-/.年]\\s*\\d{1,2}\\s*[-/.月]\\s*\\d{1,2}\\s*日?"
_TIME = "\\d{1,2}[:：]\\d{2}(?:[:：]\\d{2})?"

#: A date alone on its line.
DAY = re.compile(
    f"^\\s*(?:{_DATE}|[〇○零一二三四五六七八九]{{4}}年[一二三四五六七八九十]{{1,3}}月[一二三四五六七八九十]{{1,3}}日)\\s*$"
)

#: A line of facts about the page: source, author, date, counters. Only tried on short lines.
META = Words(
    "META",
    "(?:文章|信息|稿件|新闻)?(?:来源|出处|作者|编辑|责编|撰稿|记者|通讯员|发布(?:时间|日期|机构|单位|人"
    "|者)|公布(?:时间|日期)|更新(?:时间|日期)?|成文日期|生成日期"
    "|发文(?:机关|单位|字号|日期)|索引号|主题(?:词|分类)|信息分类|公开(?:方式|类别|范围|形式)|文\\s*号"
    "|有\\s*效\\s*性|体裁|浏览(?:次数|量|数)?|阅读(?:次数|量|数)?"
    "|点击(?:次数|量|数|率)?|访问(?:次数|量)?|人气|字\\s*体|字\\s*号|日期|时间|供稿|审核|签发|摄影?|打印"
    "|分享|收藏|评论)\\s*[:：](?!.{4,}[？?]\\s*$|.{12,}[！!。]\\s*$)"
    f"|^(?:{_DATE})\\s*(?:{_TIME})?$|{_DATE}\\s*{_TIME}|^{_TIME}$|^\\d+\\s*(?:次|人)?(?:阅读|浏览|评论"
    f"|点赞|跟贴|参与|回复|收藏|转发)"
    "|最后更新|^[（(]?原标题|^来源于?\\b|^(?:阅读|评论|浏览)\\s*\\(?\\d|^(?:摘要|导读|核心提示)?【?\\s*字体",
)

#: A line of things to click or to scan.
SHARE = Words(
    "SHARE",
    "分享(?:到|至|给|本文|按钮|：|:)|^(?:一键)?分享$|打印(?:本页|本文|此页|文章)|^【?(?:打印|关闭|收藏"
    "|纠错|复制链接|返回|顶部)】?(?:[\\s|｜]*【?(?:打印|关闭|收藏|纠错|顶部|返回)】?)*$|关闭(?:窗口|本页)"
    "|字号\\s*[:：]?\\s*[大中小T+A-]"
    "|字体\\s*[:：]?\\s*[\\[【（(]?\\s*[大中小]|[大中小]\\s+[大中小]\\s+[大中小]|扫一扫|扫码"
    "|扫描.{0,6}二维码|二维码|微信(?:扫|好友|朋友圈)|朋友圈|新浪微博|QQ空间|QQ好友|手机(?:看|阅读|查看"
    "|观看)|加入收藏"
    "|我要(?:纠错|评论|分享|收藏|打印|留言)|返回(?:顶部|列表|首页|上一页|目录)|回到顶部|TOP$|^点赞|^\\+1$"
    "|^赞\\s*\\(?\\d*\\)?$|^收藏\\s*\\d*$|^举报$|^转发\\s*\\d*$|在看$|长按识别|点击(?:上方|下方|关注)"
    "|听新闻|语音播报|朗读|^(?:广告|推广|赞助|Advertisement|AD)\\s*[×xX]?$",
)

#: A short heading after which nothing of the article follows.
AFTER = Words(
    "AFTER",
    "^[【\\[（(>＞■●▲◆•·|\\s]*(?:(?:相关|延伸|推荐|更多|精彩|热门|猜你|为您|为你|大家|今日|最新|近期|本周"
    "|本月|24小时|一周|最热|随机|上下|往期|编辑|图片|视频|热点|精选|热文|关联|同类|同步|专题|网友|全部"
    "|用户|发表|我来|我要|精华|其他|他还|作者)(?:的)?"
    "(?:阅读|新闻|报道|链接|推荐|文章|专题|资讯|信息|内容|评论|喜欢|点击|排行榜?|热点|热文|精选|都在看"
    "|还看了?|关注|相关|回顾|图片|图集|视频|动态|稿件|话题|导读|热评|回复|跟贴|篇|政策解读|解读|文件"
    "|附件(?=阅读)|说两句|最近文章|热榜|要闻|头条|搜索)"
    "|猜你喜欢|网友评论|评论(?:列表|区|\\s*[(（]\\d+[)）])|发表评论|用户评论|跟贴|热评|排行榜?|点击排行"
    "|阅读排行|看了又看|大家都在看|相关搜索|热门标签|热搜|友情链接|上一[篇条页]|下一[篇条页]|.{0,40}有\\s*\\d+\\s*条(?:评论|回复)|说说你的看法"
    "|参与评论|登录后|文明上网|为你推荐|为您推荐|小编推荐|热图推荐|特别推荐"
    ""
    "|其他(?:类似)?(?:回答|问题|答案)|(?:全部|最新|更多)回[复答帖]|相关问题|扩展阅读|扩展资料|推荐|相关"
    "|Related|Recommended|Comments?|You may also like)[^。，；]{0,12}$",
    re.IGNORECASE,
)

#: A line that closes an article and is not part of it; what follows it may be the article's all the same.
CLOSING = Words(
    "CLOSING",
    "^[【\\[（(\\s]*(?:(?:本文)?(?:责任|本文|本期|执行|值班|网络|图文|版面|文字|轮值|见习|实习|网站)?编辑"
    "|责编|主编|监制|校对|编审|初审|复审|终审|二审|三审|一审|审核|统筹|文编|美编|流程编辑|作者单位|来源"
    "|文章来源|稿源|原文链接|原标题|版权(?:声明|所有|归)|免责声明|特别声明|郑重声明|声明|转载|未经(?:授权"
    "|许可|允许)|本文(?:来源|转自|系|为|由|仅代表|版权|首发|内容|不代表)"
    "|以上(?:内容|文章|图片)(?:来源|均|仅|不)|标签|关键[词字]|TAGS?|tags?|分享|扫|长按|关注(?:我们|微信"
    "|公众号|官方)|更多(?:精彩|内容|资讯|新闻)|欢迎(?:关注|扫|转|订阅|下载)|点击(?:查看|阅读|进入|下载)"
    "|阅读原文|返回|打印|关闭|举报|纠错|收藏|点赞|凡本网|凡注明|如需转载|图片来源|新闻热线|投稿"
    "|联系(?:我们|邮箱)|本网站|本站|文中观点|投资有风险|市场有风险|此文|特别提示)"
    "[^。]{0,20}[:：\\s】\\]）)]|^[（(【\\[]\\s*(?:责任)?编\\s*辑|^(?:责任编辑|编辑|责编)\\S{0,8}$"
    "|^原标题|^END$|^THE END$|^-\\s*END\\s*-$|版权归原?作者|不代表(?:本|我|平台|.{2,6}网)"
    "|仅供参考.{0,10}不构成|侵权.{0,8}(?:删除|联系)|转载请注明|^(?:返回.{2,6}[，,]\\s*查看更多|特别声明|举报/反馈)",
)

#: Who runs the site, its numbers and its address.
FOOT = Words(
    "FOOT",
    "版权所有|Copyright|©|ICP备|ICP证|公网安备|网安备|主办(?:单位)?[:：]|承办(?:单位)?[:：]|技术支持"
    "|网站(?:标识码|地图|声明|支持)|备案(?:号|序号)|邮政?编码?[:：]|许可证|建议使用|分辨率|浏览器"
    "|All Rights Reserved"
    "|不良信息|举报(?:电话|邮箱|中心|热线)|广告服务|联系我们|关于我们|法律声明|隐私(?:政策|条款)"
    "|违法和不良|经营许可|政府网站找错|常年法律顾问|Powered by",
    re.IGNORECASE,
)

#: A numbered heading of a report.
NUMBERED = Words(
    "NUMBERED",
    "\\s*(?:第[一二三四五六七八九十百]+[章节条部]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\\d]{1,3}[）)])",
)
#: How to reach somebody: no prose, though it may end a document.
CONTACT = Words("CONTACT", "(?:电话|传真|邮箱|地址|邮编|联系人|E-?mail)\\s*[:：]", re.IGNORECASE)
#: The small print of sites: written in full sentences, and no article.
LEGAL = Words(
    "LEGAL",
    "不构成(?:任何)?(?:投资|操作)建议|风险自担|风险自负|并?不代表(?:本网|本站|本平台|本公司|我们|新浪|搜狐|网易|腾讯|凤凰)|(?:凡|所有)(?:本网|注明|本站).{0,30}(?:作品|稿件|文章|内容)|转载目的在于"
    "|(?:继续(?:浏览|使用)|点击).{0,10}(?:即表示|即视为|表示您)|[Cc]ookie|浏览器缓存|版权归.{2,20}所有|未经.{0,12}(?:授权|许可|允许|同意|书面).{0,20}(?:不得|严禁|禁止|请勿)|侵犯.{0,12}(?:版权|权益|著作权)"
    "|信息网络传播(?:权|视听)|网络文化经营|请自觉遵守|文明(?:上网|发言|评论)|(?:会员|用户)(?:协议|管理制度|服务协议)|(?:本站|本网)(?:刊载|所载|提供|内容|文章)|(?:网友|用户)(?:评论|言论|留言|发言).{0,10}(?:仅|只)(?:代表|供)",
)
#: Of the headings of `AFTER`, those over what readers write.
READERS = Words("READERS", "评论|跟贴|跟帖|回复|留言|热评|回答|说两句|点评|吐槽|条评|Comments?", re.IGNORECASE)

#: Where a page shows the rest of its text only when asked.
UNFOLD = Words(
    "UNFOLD", "(?:展开|阅读|查看|显示|加载|点击(?:查看|阅读|展开))(?:全文|剩余|余下|余文)|(?:剩余|余下)(?:全文|\\d+%)"
)

CRUMB = Words(
    "CRUMB",
    "(?:当前|您(?:现在)?的?|现在|所在|你(?:现在)?的?)\\s*(?:所在)?(?:的)?位置|^首页\\s*[>＞»›/→-]"
    "|[>＞»›]\\s*(?:正文|详情|内容)\\s*$|[>＞»›].*[>＞»›]",
)
WELCOME = Words(
    "WELCOME",
    "今天是|欢迎(?:访问|光临|您|来到)|您好[，,！!]|无障碍|适老|长者|关怀版|繁體|繁体|简体|手机版|登录"
    "|注册|设为首页|APP下载|客户端下载|English",
    re.IGNORECASE,
)

#: Lines of readers' comments: who, when, and what can be done about it.
REPLY = Words(
    "REPLY",
    "^(?:回复|举报|顶|踩|赞|支持|反对|引用|收藏|分享|楼主|查看(?:全部)?回复)|\\d+\\s*(?:分钟|小时|天"
    "|秒)前|^\\d+\\s*楼|^#?\\d+楼|网友$|(?:回复|举报)\\s*(?:[(（]?\\d*[)）]?)?$|^.{1,20}(?:网友"
    "|用户).{0,8}[:：]?$",
)

_OFFICIAL = re.compile(
    "(?:报告|总结|汇报|通知|意见|办法|情况|公报|规划|计划|方案|决定|公告|通告|通报|纲要|要点|条例|规定"
    "|细则|批复|说明|年报|预案|清单|制度|措施|规则|实施(?:意见|细则)|述职|纪要)"
    "(?:\\s*[（(【][^（）()【】]{1,24}[)）】])*\\s*$|[〔\\[［（(](?:19|20)\\d\\d[〕\\]］)）]\\s*\\d+\\s*号"
)
_ISSUER = re.compile("(?:政府|委员会|管委会|办事处|党工委|党委|局|办公室|中心|厅|院|部|会)$")


def is_official(line: str) -> bool:
    """Whether a headline is an official document's own title, or its number."""
    return 4 <= len(line) <= 120 and bool(_OFFICIAL.search(line)) and not STOPS.search(line.rstrip("…"))


def is_issuer(line: str) -> bool:
    """Whether a line is nothing but the name of a body: the first line of a title that goes over two."""
    return 3 <= len(line) <= 30 and bool(_ISSUER.search(line)) and not STOPS.search(line)
