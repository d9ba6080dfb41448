"""Generated pages: one function a layout, after the way content management systems, portals and blogs are built.

`page(name, article, rng)` gives the markup. What stands around the article is as varied as on real sites; names of
elements are the usual ones in some layouts and say nothing in others.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from random import Random

from tests.pages.prose import Article, comment, headline, paragraph, sentence

Layout = Callable[[Article, Random], str]


def page(name: str, article: Article, rng: Random) -> str:
    """A whole page in one of the LAYOUTS."""
    return LAYOUTS[name](article, rng)


# ---- what stands around ------------------------------------------------------------------------------------------------


def _head(article: Article, site: str = "望川县人民政府", charset: str = "utf-8") -> str:
    return (
        f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>{escape(article.title)}-{site}</title>'
        f'<meta name="ArticleTitle" content="{escape(article.title)}"><meta name="PubDate" content="{article.date} 09:30">'
        "<style>body{font-size:14px}</style><script>var a = '<p>不是正文，是脚本。</p>'; document.write(a);</script></head>"
    )


def _links(rng: Random, n: int, tag: str = "li", *, dated: bool = False) -> str:
    rows = (
        f'<{tag}><a href="/a/{i}.html">{headline(rng)}</a>{f"<span>2023-03-{rng.randint(10, 28)}</span>" if dated else ""}</{tag}>'
        for i in range(n)
    )
    return "".join(rows)


def _nav(rng: Random) -> str:
    words = "首页 政务公开 办事服务 互动交流 走进望川 新闻中心 数据 专题".split()
    return "<ul>" + "".join(f'<li><a href="/{n}">{word}</a></li>' for n, word in enumerate(words)) + "</ul>"


def _crumb(article: Article) -> str:
    return '您现在的位置：<a href="/">首页</a> &gt; <a href="/x">政务公开</a> &gt; <a href="/y">工作报告</a> &gt; 正文'


def _meta(article: Article) -> str:
    return f"发布时间：{article.date} 09:30&nbsp;&nbsp;来源：{article.source}&nbsp;&nbsp;浏览次数：<span id=hits>128</span>&nbsp;【字体：<a>大</a> <a>中</a> <a>小</a>】"


def _foot() -> str:
    return (
        '<p><a href="/about">关于我们</a> | <a href="/map">网站地图</a> | <a href="/contact">联系我们</a></p>'
        "<p>版权所有：望川县人民政府 主办：望川县人民政府办公室 承办：望川县大数据中心</p>"
        "<p>网站标识码：1234567890 京ICP备12345678号 京公网安备11010102000001号</p><p>联系电话：0000-1234567 地址：望川县人民路1号</p>"
    )


def _comments(rng: Random, n: int, tag: str = "div", names: bool = True) -> str:
    name = ' class="comment-item"' if names else ""
    rows = (
        f"<{tag}{name}><span>望川网友{rng.randint(10, 99)}</span><p>{comment(rng)}{sentence(rng) if rng.random() < 0.4 else ''}</p>"
        f"<span>{rng.randint(1, 23)}小时前</span> <a>回复</a> <a>举报</a> <a>赞({rng.randint(0, 99)})</a></{tag}>"
        for _ in range(n)
    )
    return "".join(rows)


def _ps(article: Article, attributes: str = "") -> str:
    """The body as paragraphs, rows of a table as a table."""
    out, rows = [], []
    for text in article.body:
        if "\t" in text:
            rows.append("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in text.split("\t")) + "</tr>")
            continue
        if rows:
            out.append("<table border=1>" + "".join(rows) + "</table>")
            rows = []
        out.append(f"<p{attributes}>{escape(text)}</p>")
    return "".join(out)


def _br(article: Article, indent: str = "&nbsp;&nbsp;&nbsp;&nbsp;") -> str:
    return "<br><br>\n".join(indent + escape(text) for text in article.body)


# ---- layouts -----------------------------------------------------------------------------------------------------------


def trs(article: Article, rng: Random) -> str:
    """A government site on TRS: the editor's own container, inline styles in every paragraph."""
    body = _ps(article, ' style="text-indent:2em;font-family:宋体" align="justify"')
    return (
        f'{_head(article)}<body><div class="top"><div class="welcome">今天是2023年3月14日 星期二 欢迎访问望川县人民政府网站</div></div>'
        f'<div class="nav">{_nav(rng)}</div><div class="weizhi">{_crumb(article)}</div><div class="main"><div class="xl">'
        f'<h1 class="xl_tit">{escape(article.title)}</h1><div class="xl_info">{_meta(article)}</div>'
        f'<div class="TRS_Editor"><div class="Custom_UnionStyle">{body}</div></div>'
        f'<div class="share bdsharebuttonbox">分享到：<a>微信</a><a>新浪微博</a><a>QQ空间</a></div>'
        f'<div class="xg"><h3>相关新闻</h3><ul>{_links(rng, 5)}</ul></div><div><a>【打印】</a><a>【关闭】</a></div></div></div>'
        f'<div class="footer">{_foot()}</div></body></html>'
    )


def jcms(article: Article, rng: Random) -> str:
    """A government site on jcms: layout tables around `#zoom`, comments where the body begins."""
    return (
        f"{_head(article)}<body><table width=1000 align=center><tr><td><img src=banner.jpg></td></tr><tr><td>{_nav(rng)}</td></tr></table>"
        f'<table width=1000 align=center id="article"><tr><td>{_crumb(article)}</td></tr><tr><td class="title" align=center>'
        f"<!--<$[信息名称]>begin-->{escape(article.title)}<!--<$[信息名称]>end--></td></tr><tr><td align=center>{_meta(article)}</td></tr>"
        f'<tr><td class="bt_content"><div id="zoom"><!--<$[信息内容]>begin-->{_ps(article)}<!--<$[信息内容]>end--></div></td></tr>'
        f"<tr><td align=right><a>打印本页</a> <a>关闭窗口</a></td></tr></table><table width=1000><tr><td>{_foot()}</td></tr></table></body></html>"
    )


def br_body(article: Article, rng: Random) -> str:
    """Line breaks only: the whole body in one cell."""
    return (
        f"{_head(article)}<body>{_nav(rng)}<table><tr><td colspan=2>{_crumb(article)}</td></tr><tr><td width=200 valign=top><b>最新信息</b>"
        f"<ul>{_links(rng, 12)}</ul></td><td><b>{escape(article.title)}</b><br>{_meta(article)}<hr>{_br(article)}<br><br>"
        f"<a>打印</a> <a>关闭</a></td></tr></table><center>{_foot()}</center></body></html>"
    )


def layout_tables(article: Article, rng: Random) -> str:
    """Nested tables, no names at all."""
    rows = "".join(f"<tr><td>&nbsp;&nbsp;{escape(text)}</td></tr>" for text in article.body if "\t" not in text)
    data = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in text.split("\t")) + "</tr>"
        for text in article.body
        if "\t" in text
    )
    return (
        f"{_head(article)}<body><table><tr><td>{_nav(rng)}</td></tr></table><table><tr><td width=25%><table>{_links(rng, 15, 'tr')}</table></td>"
        f"<td><table><tr><td align=center><font size=5>{escape(article.title)}</font></td></tr><tr><td>{_meta(article)}</td></tr>"
        f"<tr><td><table>{rows}</table>{f'<table border=1>{data}</table>' if data else ''}</td></tr></table></td></tr></table>"
        f"<table><tr><td align=center>{_foot()}</td></tr></table></body></html>"
    )


def nested_divs(article: Article, rng: Random) -> str:
    """Ten elements deep, none with a name."""
    return (
        f"{_head(article)}<body><div><div>{_nav(rng)}</div></div><div><div><div><div>{_crumb(article)}</div><div><h2>{escape(article.title)}</h2>"
        f"<div>{_meta(article)}</div></div><div><div><div><div>{_ps(article)}</div></div></div></div></div><div><div><h4>推荐阅读</h4>{_links(rng, 10, 'div')}</div></div>"
        f"</div></div><div><div>{_foot()}</div></div></body></html>"
    )


def portal(article: Article, rng: Random) -> str:
    """A portal: a short story between lists of a hundred links, half of them with a summary."""
    summaries = "".join(
        f'<div class="item"><a href="/{n}">{headline(rng)}</a><p>{sentence(rng)}</p><span>2小时前</span></div>'
        for n in range(15)
    )
    return (
        f'{_head(article, "临江新闻网")}<body><div id="topbar"><a>登录</a><a>注册</a></div><div class="channel">{_nav(rng)}</div>'
        f'<div class="wrap clearfix"><div class="left"><h1>{escape(article.title)}</h1><div class="info">{article.date} 09:30:12　{article.source}　<a>评论(25)</a></div>'
        f'<div class="text" id="artibody">{_ps(article)}<p>责任编辑：林远</p></div><div class="tags">标签：<a>民生</a><a>望川</a></div>'
        f'<div class="feed">{summaries}</div></div><div class="right"><div class="rank"><h3>点击排行</h3><ol>{_links(rng, 40)}</ol></div>'
        f'<div class="pic">{_links(rng, 30, "div")}</div></div></div><div class="foot">{_foot()}</div></body></html>'
    )


def forum(article: Article, rng: Random) -> str:
    """A thread: the first post is the article, replies follow in elements of the same kind."""

    def post(author: str, text: str, floor: int) -> str:
        return (
            f'<div class="post"><div class="author"><a>{author}</a><p>发帖：{rng.randint(1, 999)}</p><p>注册时间：2015-06-01</p></div>'
            f'<div class="pcb"><em>发表于 2023-3-14 09:{floor:02d}</em><div class="t_f">{text}</div></div><div class="po"><a>回复</a> <a>举报</a></div></div>'
        )

    replies = "".join(post(f"用户{n}", comment(rng), n + 2) for n in range(20))
    return (
        f'{_head(article, "望川论坛")}<body><div id="hd">{_nav(rng)}</div><div id="pt">{_crumb(article)}</div><div id="postlist"><h1>{escape(article.title)}</h1>'
        f'{post("老周", _br(article, ""), 1)}{replies}</div><div id="ft">{_foot()}</div></body></html>'
    )


def mobile(article: Article, rng: Random) -> str:
    """A page for telephones."""
    return (
        f'{_head(article, "望川号")}<body><div class="app-banner">打开望川号APP，看更多精彩内容 <a>立即打开</a></div><header><a>返回</a></header>'
        f'<section class="art"><h1>{escape(article.title)}</h1><div class="sub"><span>{article.source}</span><span>03-14 09:30</span></div>'
        f'<article>{_ps(article)}</article><div class="more">展开全文</div></section><section><h3>大家都在看</h3>'
        f"{''.join(f'<a class=card><h4>{headline(rng)}</h4><i>望川号</i><em>{rng.randint(1, 99)}评</em></a>' for _ in range(12))}</section>"
        f"<section><h3>热门评论</h3>{_comments(rng, 6, 'li', names=False)}</section><footer>{_foot()}</footer></body></html>"
    )


def wechat(article: Article, rng: Random) -> str:
    """An article as the messenger saves it: hidden until its script runs, sections inside sections."""
    body = "".join(
        f'<section style="margin:0"><section><p style="line-height:2em"><span style="font-size:15px">{escape(text[: len(text) // 2])}</span>'
        f"<span>{escape(text[len(text) // 2 :])}</span></p></section></section><p><br></p>"
        for text in article.body
    )
    return (
        f'{_head(article, "望川发布")}<body><div id="js_article" class="rich_media"><div class="rich_media_inner"><h1 class="rich_media_title" id="activity-name">'
        f'{escape(article.title)}</h1><div id="meta_content" class="rich_media_meta_list"><span>原创</span> <span>林远</span> <a>望川发布</a> <em id="publish_time">2023-03-14 09:30</em></div>'
        f'<div class="rich_media_content" id="js_content" style="visibility: hidden; opacity: 0;">{body}<p>长按识别二维码，关注我们</p></div>'
        f'<div class="rich_media_tool"><a>阅读原文</a> 阅读 <span>1万+</span> 分享 收藏 在看</div></div></div><div style="display:none">预览时标签不可点。微信扫一扫关注该公众号。</div></body></html>'
    )


def gallery(article: Article, rng: Random) -> str:
    """Pictures with captions: little text, much around it."""
    items = "".join(
        f'<li><img src="{n}.jpg"><div class="desc"><span>{n + 1}/{len(article.body)}</span> {escape(text)}</div></li>'
        for n, text in enumerate(article.body)
    )
    return (
        f'{_head(article, "望川图片")}<body><div class="header">{_nav(rng)}</div><h1>{escape(article.title)}</h1><div class="date">{article.date} 11:42:03</div>'
        f'<div class="gallery"><ul class="image-list">{items}</ul></div><div class="recommend"><h3>精彩推荐</h3>{_links(rng, 20, "div")}</div>{_foot()}</body></html>'
    )


def feed(article: Article, rng: Random) -> str:
    """An aggregator: the article, then summaries of others that look like it."""
    others = "".join(
        f'<div class="news-card"><h2><a>{headline(rng)}</a></h2><p>{paragraph(rng, 2)}<a>[详细]</a></p></div>'
        for _ in range(8)
    )
    return (
        f'{_head(article, "头条望川")}<body><div class="bar">{_nav(rng)}</div><div class="page"><div class="article-content simple-ui"><h1>{escape(article.title)}</h1>'
        f'<div class="byline">{article.source} {article.date}</div><div class="c">{_ps(article)}</div></div><div class="list">{others}</div></div><div>{_foot()}</div></body></html>'
    )


def paginated(article: Article, rng: Random) -> str:
    """One of several pages of an article."""
    return (
        f'{_head(article)}<body><div id="nav">{_nav(rng)}</div><div class="content"><h1>{escape(article.title)}</h1><p class="from">{article.date} 来源：{article.source}</p>'
        f'<div class="con_txt">{_ps(article)}<p align=center><a href=1>上一页</a> 1 <a href=2>2</a> <a href=3>3</a> <a href=4>下一页</a></p></div>'
        f'<p>上一篇：<a>{headline(rng)}</a></p><p>下一篇：<a>{headline(rng)}</a></p></div><div id="footer">{_foot()}</div></body></html>'
    )


def loud_readers(article: Article, rng: Random) -> str:
    """Comments three times as long as the article, in elements whose names say nothing."""
    return (
        f'{_head(article, "望川社区")}<body><div class="a1">{_nav(rng)}</div><div class="b2"><h1>{escape(article.title)}</h1><div class="b3">{article.date} {article.source}</div>'
        f'<div class="b4">{_ps(article)}</div><div class="b5"><h3>网友评论（{rng.randint(20, 99)}）</h3>{_comments(rng, 60, names=False)}</div></div><div class="z9">{_foot()}</div></body></html>'
    )


def named_readers(article: Article, rng: Random) -> str:
    """Many comments, in elements named so."""
    return (
        f'{_head(article, "望川社区")}<body><nav>{_nav(rng)}</nav><main><h1>{escape(article.title)}</h1><article class="post-content">{_ps(article)}</article>'
        f'<div class="comment-list">{_comments(rng, 80)}</div></main><footer>{_foot()}</footer></body></html>'
    )


def sentences(article: Article, rng: Random) -> str:
    """Every sentence in an element of its own, kinds mixed."""
    pieces = [piece + "。" for text in article.body for piece in text.split("。") if piece]
    tags = ("div", "section", "div", "p")
    body = "".join(f"<{tags[n % 4]}><span>{escape(piece)}</span></{tags[n % 4]}>" for n, piece in enumerate(pieces))
    return (
        f"{_head(article)}<body><div>{_nav(rng)}</div><div><div><h1>{escape(article.title)}</h1><div>{_meta(article)}</div>{body}</div>"
        f"<div><b>热点推荐</b>{_links(rng, 20, 'p')}</div></div><div>{_foot()}</div></body></html>"
    )


def hashed(article: Article, rng: Random) -> str:
    """Names made by a build tool."""
    return (
        f'{_head(article, "临江网")}<body><div id="root"><div class="_1a2B">{_nav(rng)}</div><div class="index_x-3k"><div class="topic-2d9"><h1 class="t-8ej">{escape(article.title)}</h1>'
        f'<p class="time-1Mg"><span>{article.date}</span><span>来源：</span><span>{article.source}</span></p></div><div class="m-2Kd"><div class="text-3w2e">{_ps(article)}</div>'
        f'<p class="e-x1">责任编辑：林远 PN008</p><div class="q-9z">{_links(rng, 6, "p")}</div></div><div class="r-7y">{"".join(f"<div><a>{headline(rng)}</a></div>" for _ in range(25))}</div></div>'
        f'<div class="f-1">{_foot()}</div></div></body></html>'
    )


def split(article: Article, rng: Random) -> str:
    """The article in two containers with an advertisement between them."""
    half = len(article.body) // 2
    first, second = Article(article.title, article.body[:half]), Article(article.title, article.body[half:])
    return (
        f'{_head(article)}<body><div class="head">{_nav(rng)}</div><div class="box"><h1>{escape(article.title)}</h1><div class="part">{_ps(first)}</div>'
        f'<div class="ad">广告：<a>{headline(rng)}</a></div><div class="part">{_ps(second)}</div></div><div class="side">{_links(rng, 20, "div")}</div><div class="foot">{_foot()}</div></body></html>'
    )


def blog(article: Article, rng: Random) -> str:
    """A blog: an introduction of the author, archives, comments."""
    return (
        f'{_head(article, "远山的博客")}<body class="single"><div id="header"><h2><a>远山的博客</a></h2><p>写字，走路，看河。</p></div><div id="content"><div class="post"><h2>{escape(article.title)}</h2>'
        f'<div class="entry">{_ps(article)}</div><p class="postmetadata">本文发表于 2023年3月14日，分类：<a>随笔</a>。你可以<a>发表评论</a>。</p></div>'
        f'<h3>《{escape(article.title)}》有 12 条评论</h3><ol class="commentlist">{_comments(rng, 12, "li")}</ol></div><div id="sidebar"><h3>关于我</h3><p>{sentence(rng)}{sentence(rng)}</p>'
        f'<h3>归档</h3><ul>{_links(rng, 24)}</ul></div><div id="footer">自豪地采用某某程序</div></body></html>'
    )


def disclosure(article: Article, rng: Random) -> str:
    """Government information with its table of facts above the document and attachments below."""
    facts = (
        ("索引号", "000014349/2023-00012", "主题分类", "综合政务"),
        ("发布机构", "望川县人民政府", "成文日期", "2023年01月12日"),
        ("名称", article.title, "文号", "望政发〔2023〕5号"),
    )
    table = "".join(
        "<tr>" + "".join(f"<td>{k}：</td>" if n % 2 == 0 else f"<td>{k}</td>" for n, k in enumerate(row)) + "</tr>"
        for row in facts
    )
    return (
        f'{_head(article)}<body><div class="header">{_nav(rng)}</div><div class="BreadcrumbNav">{_crumb(article)}</div><div class="wrap"><table class="xxgk-table">{table}</table>'
        f'<div class="share">扫一扫在手机打开当前页</div><div class="pages_content"><h2 align=center>{escape(article.title)}</h2>{_ps(article)}</div>'
        f'<div class="down"><p>附件：<a href="a.doc">1.任务分解表.doc</a></p></div><div class="relate">相关文件<ul>{_links(rng, 4)}</ul></div></div><div class="footer">{_foot()}</div></body></html>'
    )


def office(article: Article, rng: Random) -> str:
    """Saved out of a word processor into a bare page."""
    body = "".join(
        f"<p class=MsoNormal style='text-indent:32.0pt'><span lang=EN-US style='font-size:16.0pt'><o:p></o:p></span><span style='font-family:仿宋'>{escape(text)}</span></p>"
        for text in article.body
    )
    return f"<html xmlns:o='urn:x'><head><meta http-equiv=Content-Type content='text/html; charset=gb2312'><title>{escape(article.title)}</title><style>p.MsoNormal{{margin:0}}</style></head><body><div class=WordSection1>{body}</div></body></html>"


def flat(article: Article, rng: Random) -> str:
    """Paragraphs directly in the page, beside its bars."""
    return f"{_head(article)}<body><div>{_nav(rng)}</div><h1>{escape(article.title)}</h1><p>{_meta(article)}</p>{_ps(article)}<p>相关链接：</p>{_links(rng, 6, 'p')}<div>{_foot()}</div></body></html>"


def interrupted(article: Article, rng: Random) -> str:
    """Advertisements and boxes of links between the paragraphs."""
    parts = []
    for n, text in enumerate(article.body):
        parts.append(f"<p>{escape(text)}</p>")
        if n % 3 == 2:
            parts.append(f'<div class="hot-read"><b>延伸阅读</b>{_links(rng, 3, "p")}</div>')
        if n == 4:
            parts.append(
                '<figure><img src="a.jpg"><figcaption>图为施工现场。望川日报记者 林远 摄</figcaption></figure>'
            )
    return f'{_head(article)}<body>{_nav(rng)}<div class="detail"><h1>{escape(article.title)}</h1><div class="detail-content">{"".join(parts)}<p>（编辑：林远）</p><p>版权声明：本文版权归望川日报所有，未经许可不得转载。</p></div></div>{_foot()}</body></html>'


def warned(article: Article, rng: Random) -> str:
    """Legal notices in full sentences above and below."""
    legal = "本网站刊载的内容仅供参考，不构成任何投资建议。用户据此操作，风险自担。凡注明来源为其他媒体的作品，均转载自其他媒体，转载目的在于传递更多信息，并不代表本网站赞同其观点。"
    return (
        f'{_head(article, "望川财经")}<body><div class="cookie">我们使用浏览器缓存来改善您的体验。继续浏览即表示您同意我们的条款，您也可以随时更改设置。</div>{_nav(rng)}'
        f'<div class="container"><h1>{escape(article.title)}</h1><p>{article.date}　{article.source}</p><div class="body">{_ps(article)}</div><div class="x"><p>{legal}</p><p>{legal}</p></div></div><div>{_foot()}</div></body></html>'
    )


def question(article: Article, rng: Random) -> str:
    """A question with one long answer and offers around it."""
    return (
        f'{_head(article, "望川问答")}<body><div class="hd">{_nav(rng)}</div><div class="wgt-ask"><h1>{escape(article.title)}</h1></div><div class="wgt-best"><div class="best-text">{_br(article, "")}</div>'
        f'<div class="evaluate"><a>赞 12</a><a>踩 1</a><a>评论</a></div></div><div class="wgt-others"><h2>其他回答（3）</h2>{"".join(f"<div class=answer><p>{sentence(rng)}</p><span>热心网友</span></div>" for _ in range(3))}</div>'
        f'<div class="wgt-rel"><h2>相关问题</h2>{_links(rng, 10)}</div><div>{_foot()}</div></body></html>'
    )


def spans(article: Article, rng: Random) -> str:
    """The body in a span with the name of the printing program, after a heading table."""
    return (
        f'{_head(article)}<body><div class="bg"><div class="dh">{_nav(rng)}</div><div class="con"><p class="bt">{escape(article.title)}</p><p class="sj">{_meta(article)}</p>'
        f'<span id="zoom">{"<br>".join("　　" + escape(text) for text in article.body)}</span><div class="fenxiang">分享到</div></div><div class="zr">{_links(rng, 12, dated=True)}</div></div><div class="di">{_foot()}</div></body></html>'
    )


def legal_side(article: Article, rng: Random) -> str:
    """A side column of summaries longer than the article, without names."""
    side = "".join(f"<div><h4><a>{headline(rng)}</a></h4><div>{paragraph(rng, 2)}</div></div>" for _ in range(6))
    return (
        f"{_head(article, '县域观察')}<body><div>{_nav(rng)}</div><table><tr><td valign=top><h1>{escape(article.title)}</h1><div>{article.date}</div><div>{_ps(article)}</div></td>"
        f"<td valign=top>{side}</td></tr></table><div>{_foot()}</div></body></html>"
    )


def recommends(article: Article, rng: Random) -> str:
    """A portal: source and editor in the body's own container, then a stream of other stories with pictures and times."""
    stream = "".join(
        f'<div class="item"><a class="img"><img></a><div class="bd"><h3><a href="/{n}">{headline(rng)}</a></h3><p class="src">{rng.choice(("望川网", "临江晚报"))} {rng.randint(1, 59)}分钟前</p><a>{rng.randint(1, 999)}跟贴</a></div></div>'
        for n in range(20)
    )
    return (
        f'{_head(article, "望川号")}<body><div class="N-nav">{_nav(rng)}</div><div class="container clearfix" id="container"><div class="post_main"><h1 class="post_title">{escape(article.title)}</h1>'
        f'<div class="post_info">2023-03-14 09:30:12　来源: <a>{article.source}</a>　<a>举报</a></div><div class="post_content" id="content"><div class="post_top"><a>分享至</a></div>'
        f'<div class="post_body"><p class="otitle">（原标题：{escape(article.title)}）</p>{_ps(article)}<div class="ep-source cDGray"><span class="left">本文来源：{article.source}</span> <span class="ep-editor">责任编辑：林远_NB10208</span></div></div>'
        f'</div><div class="post_statement">特别声明：以上内容(如有图片或视频亦包括在内)为自媒体平台“望川号”用户上传并发布，本平台仅提供信息存储服务。</div><div class="post_comment"><h2>跟贴</h2><p>跟贴 1208 参与 31025</p><div>{_comments(rng, 5)}</div></div>'
        f'<div class="post_recommends"><h2>相关推荐</h2>{stream}</div></div><div class="post_side"><h3>热点排行</h3>{_links(rng, 30)}</div></div>{_foot()}</body></html>'
    )


def hosted(article: Article, rng: Random) -> str:
    """An account on a big platform: author's card beside, the platform's disclaimer below, a way back in the last line."""
    return (
        f'{_head(article, "望川狐")}<body><header id="main-header">{_nav(rng)}</header><div class="wrapper-box"><div class="left sidebar"><div class="user-info"><h4><a>临江观察</a></h4><dl><dd><em>256</em>文章</dd><dd><em>12万</em>总阅读</dd></dl></div></div>'
        f'<div class="left main"><div class="text"><div class="text-title"><h1>{escape(article.title)} <span class="article-tag"><a>民生</a></span></h1><div class="article-info">2023-03-14 09:30</div></div><article class="article" id="mp-editor">{_ps(article)}'
        f'<p>返回望川狐，查看更多<a></a></p><p>责任编辑：<span></span></p></article><div class="statement">平台声明：该文观点仅代表作者本人，望川狐系信息发布平台，望川狐仅提供信息存储空间服务。</div>'
        f'<div class="bottom-relate-wrap"><div>阅读 (<em>1286</em>)</div></div></div><div class="groom-read"><p>推荐阅读</p>{"".join(f"<div class=news-box><h4><a>{headline(rng)}</a></h4><p>{sentence(rng)}</p><em>今天 09:1{n}</em></div>" for n in range(9))}</div></div>'
        f'<div class="right sidebar"><div class="god-article"><span>24小时热文</span><ul>{_links(rng, 10)}</ul></div></div></div>{_foot()}</body></html>'
    )


def party(article: Article, rng: Random) -> str:
    """A paper's site: the container also holds the editor's line, the pages' numbers and the pictures' table."""
    return (
        f'{_head(article, "望川网")}<body><div class="clearfix w1000">{_nav(rng)}</div><div class="w1000 path">望川网&gt;&gt;<a>时政</a>&gt;&gt;<a>综合报道</a></div><div class="clearfix w1000_320 text_title"><h1>{escape(article.title)}</h1><div class="box01"><div class="fl">2023年03月14日09:30&nbsp;&nbsp;来源：<a>{article.source}</a></div><div class="fr">分享到：</div></div></div>'
        f'<div class="clearfix w1000_320 text_con"><div class="fl text_con_left"><div class="box_con" id="rwb_zw"><div class="otitle"></div><table class="pci_c" width="400"><tr><td><img></td></tr></table>{_ps(article)}<div class="zdfy clearfix"></div><center><table border="0"><tr><td width="50%"></td></tr></table></center></div>'
        f'<div class="edit clearfix">(责编：林远、周山)</div><div class="fx"></div><div class="text_c2"><h2>相关专题</h2><p><a>专题一</a> · <a>专题二</a></p></div></div><div class="fr text_con_right"><h2>热门排行</h2><ul>{_links(rng, 20)}</ul></div></div><div class="footer">{_foot()}</div></body></html>'
    )


def agency(article: Article, rng: Random) -> str:
    """A news agency: indents by full-width spaces, a mark at the end, things that the script would have filled."""
    body = "".join(f"<p>　　{escape(text)}</p>" for text in article.body if "\t" not in text)
    return (
        f'{_head(article, "望川社")}<body><div class="nav domPC">{_nav(rng)}</div><div class="header"><div class="h-title">{escape(article.title)}</div><div class="h-info"><span class="h-time"> 2023-03-14 09:30:12</span> 来源： <em id="source">{article.source}</em></div></div>'
        f'<div class="part main"><div class="p-right left"><div id="p-detail"><div class="main-aticle">{body}<div><span id="articleEdit"><span class="tiyi1">【纠错】</span><span class="editor">责任编辑：林远</span></span></div></div></div>'
        f'<div class="p-tags"><ul><li>加载更多</li></ul></div></div><div class="p-left"><div id="0"></div><div>010020010010000000000000011100001128</div></div></div><div class="foot">{_foot()}</div></body></html>'
    )


def notes(article: Article, rng: Random) -> str:
    """A programmer's page: lists, code, then fifty summaries of other people's pages."""
    others = "".join(
        f'<div class="recommend-item-box type_blog clearfix"><div class="content-box"><a class="tit">{headline(rng)}</a><div class="tooltip"><a>远山</a> 05-0{n % 9 + 1} {rng.randint(100, 9999)}</div><div class="desc">{paragraph(rng, 2)}</div></div></div>'
        for n in range(25)
    )
    return (
        f'{_head(article, "远山的专栏")}<body class="nodata"><div class="main_father"><div class="container" id="mainBox"><main><div class="blog-content-box"><div class="article-header-box"><h1 class="title-article" id="articleContentId">{escape(article.title)}</h1>'
        f'<div class="article-info-box"><span>远山</span> <span class="time">最新推荐文章于 2023-03-14 09:30:12 发布</span> <span class="read-count">阅读量1.2w</span> <span>收藏 98</span></div></div><article class="baidu_pl"><div id="article_content" class="article_content clearfix"><div id="content_views" class="htmledit_views">{_ps(article)}'
        f'</div></div></article></div><div class="recommend-box">{others}</div></main><aside class="blog_container_aside"><div id="asideProfile"><p>{sentence(rng)}</p></div><div id="asideArchive">{_links(rng, 12)}</div></aside></div></div></body></html>'
    )


def market(article: Article, rng: Random) -> str:
    """Finance: an abstract above, prices inside, a solemn declaration below."""
    return (
        f'{_head(article, "望川财富")}<body><div class="topnav">{_nav(rng)}</div><div class="main"><div class="contentwrap"><div class="title">{escape(article.title)}</div><div class="infos"><div class="item">2023年03月14日 09:30</div><div class="item">来源：{article.source}</div><div class="item">编辑：林远</div><div class="item">22万人评论</div></div>'
        f'<div class="contentbox"><div class="mainleft"><div class="txtinfos" id="ContentBody" data-x="1">{_ps(article)}<p class="em_media">（文章来源：{article.source}）</p><p class="res-edit">（责任编辑：DF380）</p><div class="emojis"></div></div>'
        f'<div class="stockbox"><table><tr><td>名称</td><td>最新价</td><td>涨跌幅</td></tr><tr><td><a>望川水务</a></td><td>12.35</td><td>-0.56%</td></tr></table></div><p class="mail">郑重声明：本站发布此内容旨在传播更多信息，与本站立场无关，不构成投资建议。据此操作，风险自担。</p></div><div class="mainright">{_links(rng, 25)}</div></div></div></div>{_foot()}</body></html>'
    )


def college(article: Article, rng: Random) -> str:
    """A site builder of universities: the whole article inside a form, the page's neighbours in its last lines."""
    return (
        f'{_head(article)}<body><div class="nav">{_nav(rng)}</div><div class="ny_right"><div class="ny_tit"><h3>工作动态</h3><p>当前位置: <a>首页</a> &gt;&gt; <a>工作动态</a> &gt;&gt; 正文</p></div><form name="_newscontent_fromname"><h2 align="center">{escape(article.title)}</h2>'
        f'<div align="center">发布日期：{article.date}&nbsp;&nbsp;作者：林远&nbsp;&nbsp;来源：{article.source}&nbsp;&nbsp;点击：[<span>128</span>]</div><div id="vsb_content" class="content"><div class="v_news_content">{_ps(article, " class=vsbcontent_start")}</div></div>'
        f'<p align="right">【<a>关闭</a>】</p><p>上一条：<a>{headline(rng)}</a></p><p>下一条：<a>{headline(rng)}</a></p></form></div><div class="foot">{_foot()}</div></body></html>'
    )


def linked(article: Article, rng: Random) -> str:
    """An encyclopedia: every sentence full of links, headings with things to click, a list of sources."""

    def with_links(text: str) -> str:
        return "".join(
            f"<a>{escape(text[n : n + 6])}</a>" if n % 20 == 0 else escape(text[n : n + 5]) for n in _steps(text)
        )

    body = "".join(
        f'<div class="para" label-module="para">{with_links(text)}</div>' for text in article.body if "\t" not in text
    )
    return (
        f'{_head(article, "望川百科")}<body><div class="header-wrapper">{_nav(rng)}</div><div class="content-wrapper"><div class="main-content"><h1>{escape(article.title)}</h1><div class="lemma-summary">{body}</div>'
        f'<div class="lemma-reference"><h3>参考资料</h3><ul>{_links(rng, 8)}</ul></div></div><div class="side-content"><dl><dd>浏览次数：12次</dd><dd>编辑次数：5次历史版本</dd></dl></div></div>{_foot()}</body></html>'
    )


def _steps(text: str) -> list[int]:
    steps, at = [], 0
    while at < len(text):
        steps.append(at)
        at += 6 if at % 20 == 0 else 5
    return steps


def topic(article: Article, rng: Random) -> str:
    """A group's talk: a short text, then two hundred answers in elements named so."""
    return (
        f'{_head(article, "望川小组")}<body><div id="db-global-nav">{_nav(rng)}</div><div id="wrapper"><div id="content"><h1>{escape(article.title)}</h1><div class="grid-16-8 clearfix"><div class="article"><div class="topic-content clearfix"><div class="topic-doc"><h3><span class="from">来自: <a>老周</a></span> <span class="create-time">2023-03-14 09:30:12</span></h3>'
        f'<div id="link-report"><div class="topic-richtext">{_ps(article)}</div></div></div></div><div class="sns-bar"><a>赞</a> <a>转发</a></div><ul class="topic-reply" id="comments">{_comments(rng, 100, "li")}</ul></div><div class="aside"><p>&gt; <a>我的小组讨论</a></p>{_links(rng, 6)}</div></div></div>{_foot()}</div></body></html>'
    )


def custom(article: Article, rng: Random) -> str:
    """Elements of a builder's own, the body between them; the signature in elements beside it."""
    text = [line for line in article.body if "\t" not in line]
    sign = "".join(f'<div style="text-align:right" class="text-right">{escape(line)}</div>' for line in text[-2:])
    body = "".join(f"<p>{escape(line)}</p>" for line in text[:-2])
    return (
        f'{_head(article)}<body><div class="header">{_nav(rng)}</div><div class="bg"><div class="wz">{_crumb(article)}</div><div class="nr_box"><ucaptitle><div class="bt">{escape(article.title)}</div></ucaptitle><div class="ly"><span>时间：{article.date}</span><span>来源：{article.source}</span></div>'
        f'<ucapcontent><div class="view TRS_UEDITOR trs_paper_default trs_web">{body}{sign}</div></ucapcontent><div class="ewm">扫一扫在手机打开当前页</div></div></div><div class="footer">{_foot()}</div></body></html>'
    )


def lead(article: Article, rng: Random) -> str:
    """A slogan above everything, an abstract in a box of its own, the story broken into numbered parts."""
    parts = "".join(
        f"<section><h2>{n + 1:02d}</h2><p>{escape(text)}</p></section>" for n, text in enumerate(article.body)
    )
    return (
        f'{_head(article, "望川特稿")}<body><div class="slogan">我们关心这片土地上的每一个人，也关心他们怎样生活。</div><div>{_nav(rng)}</div><div class="cover"><h1>{escape(article.title)}</h1><p>文 | 林远　编辑 | 周山</p></div><div class="story">{parts}</div>'
        f'<div class="about"><h3>关于我们</h3><p>{sentence(rng)}</p></div><div class="end">— END —</div><div>{_foot()}</div></body></html>'
    )


def one_line(article: Article, rng: Random) -> str:
    """The whole body in one paragraph of an element beside others."""
    return f"{_head(article)}<body><div>{_nav(rng)}</div><div><div><div>{escape(article.title)}</div><div>{_meta(article)}</div><div>{escape(''.join(article.body))}</div><div><a>打印</a><a>关闭</a></div></div><div>{_links(rng, 20, 'div')}</div></div><div>{_foot()}</div></body></html>"


LAYOUTS: dict[str, Layout] = {
    each.__name__: each
    for each in (
        trs, jcms, br_body, layout_tables, nested_divs, portal, forum, mobile, wechat, gallery, feed, paginated, loud_readers,
        named_readers, sentences, hashed, split, blog, disclosure, office, flat, interrupted, warned, question, spans, legal_side,
        recommends, hosted, party, agency, notes, market, college, linked, topic, custom, lead, one_line,
    )
}  # fmt: skip


def list_page(rng: Random) -> str:
    """No article: a list of a hundred links."""
    article = Article("政务公开", ())
    return f'{_head(article)}<body><div class="nav">{_nav(rng)}</div><div class="list"><ul>{_links(rng, 100, dated=True)}</ul></div><div class="footer">{_foot()}</div></body></html>'
