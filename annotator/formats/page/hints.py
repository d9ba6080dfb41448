"""What the names of an element (its id and classes) say about what it holds.

Words, not proofs: `body` weighs in an element's favour, the others against it, and what holds most of a page's prose
is never given up for its name alone.
"""

from __future__ import annotations

import re
from functools import lru_cache

BODY, LIKELY = "body", "likely"
NAV, CRUMB, FOOTER, SHARE, COMMENTS, RELATED, SIDE, META, HIDDEN = (
    "nav", "breadcrumb", "footer", "share", "comments", "related", "side", "meta", "hidden",
)  # fmt: skip

#: Hints that speak against a body.
AGAINST = frozenset((NAV, CRUMB, FOOTER, SHARE, COMMENTS, RELATED, SIDE, META))

# Containers that content management systems and portals give the body and nothing else.
_BODY = re.compile(
    "trs_editor|trs_paper|ucap-?content|js_content|rich_media_content|artibody|post_body|post_text"
    "|endtext|cnt-main-article"
    "|content-article|articlecontent|article[-_]?(?:content|body|text|main|txt|detail|bd|con|para|inner)"
    "|content[-_]?(?:article|txt|text|body|news|main|detail|info|view|word|area)|news[-_]?(?:content|body"
    "|text|txt|con|detail|article|main)\\b"
    "|(?:main|detail|text|view|show|page|post|entry|info|doc|body|inner|wz|zw|nr|artical|artic|zoom"
    "|con)[-_]?(?:content|txt|text)\\b"
    "|pages_content|vsb_content|v_news_content|rm_txt_con|text_con|box_con|left_zw|content_area|cnt_bd"
    "|la_con|news_txt"
    "|contentmain|maincontent|mainarticle|main_article|artical_real|main_content|all-txt|contentbody"
    "|contentbox|texttit"
    "|fulltext|nfzm-content|main_content_val|mp-editor|syl-article|richtext|rich-text|show-content"
    "|blog_post_body|postbody"
    "|markdown-body|htmledit|wp_articlecontent|zhengwen|bt-content|article_content|articledetail"
    "|newsdetail|xlcontent|infocontent"
    "|zfxxgk_content|gkcontent|xxgk_content|contenttext|articletext|nr_con|con_text|con_txt|ewb-article"
    "|default_pgcontent"
    "|index_textbox|art_context|entry-content|post-content|story-body|story_body|j-content|bodytext|printcontent"
    "|ivs_content|ccontent|zoomcon|fontzoom|easysite|xl_con|xl-con|xxxq|detail-con|newscontent|textbody"
    "|single-content"
)
_BODY_WHOLE = re.compile(
    "(?:^|\\s)(?:zoom|zw|content|contents|article|artical|arti|detail|text|txt|nr|zhengwen|neirong|news"
    "|post|entry|editor|"
    "wz|wenzhang|conTxt|con|cont|cnt|body_text|art|xl|view|info|story|para|pgc|rich|article-box"
    "|main-article|paper)(?=\\s|$)",
    re.IGNORECASE,
)
_LIKELY = re.compile("content|article|detail|text|main|body|post|news|editor|zoom|paragraph|essay|story")

# In the order in which they are asked. Names are compared as `-word-word-`; what could be part of another word stands
# between hyphens, what could not stands free.
_AGAINST = (
    (COMMENTS, re.compile(
        "comment|pinglun|-repl(?:y|ies)|gentie|discuss|guestbook|tucao|-cmts?-|cmt-|liuyan|disqus")),
    (SHARE, re.compile(
        "share|-social|jiathis|-weixin-|-wechat-|-qr-?code|qrcode|erweima|-ewm|tool-?bar|-print-?(?:btn|bar|link|page)?-$"
        "|font-?size|-zan-|dianzan|-likes?-|-collect|-favou?rite|zhuanfa|fenxiang|-dayin|saoma|-digg-")),
    (RELATED, re.compile(
        "-relat|recommend|-recom-|tuijian|xiangguan|-xgyd|-xgxw|-guess|-also-|-more-(?:news|article|read|list)"
        "|-hot-?(?:news|list|rank|word|article|spot|topic|read)?-|-rank|paihang|-top-?list|-next|-prev-|-pager|paginat"
        "|-page-?nav|-interest|-similar|-tags?-(?:list|box)?|-tags?-|-keywords?-|-remen|-latest|-extend-read")),
    (CRUMB, re.compile(
        "crumb|-bread|-position-|-location-|weizhi|-cur-?pos|dangqian|-dqwz|-path-|-now-?pos|-here-|mianbao")),
    (FOOTER, re.compile(
        "-foot|footer|copyright|-copy-right|-bottom-|banquan|-beian|-icp-|-declare|disclaim|shengming|-statement"
        "|friend-?link|-links?-|youlian|-editor-info|zebian|-zrbj|responsib")),
    (SIDE, re.compile(
        "-side-|-side-?(?:bar|box|nav|col)|sidebar|-aside|(?<!text)(?<!align)(?<!pull)(?<!float)-right-?(?:bar|col|box|con|content|side|area|part|wrap|main|nav)?-"
        "|widget|-advert|-ads?-|-ad-?box|guanggao|-gg-|-banner|-pop-?up|-pop-|-dialog|-modal|-mask-|-fixed-|-float-?(?:bar|box|layer|tool)"
        "|-app-?(?:down|guide|open|banner)|download|-kefu|sponsor|-promo|-login|-sign-?up|-weather|-tianqi|subscribe|-follow-"
        "|-author-?(?:info|card|box|about)|-about-?author|-user-?(?:info|card|box)|-profile|avatar|-vote|-survey|-calendar"
        "|-go-?top|back-?to?-?top|-to-?top-|-ewbtop|resemble")),
    (NAV, re.compile(
        "-nav|-menu|header|-head-|-top-?(?:bar|box|nav|line|wrap|menu)?-|-logo|-search|-channel|-site-?map|-lanmu"
        "|daohang|-skip-|accessib|-wza|-drawer|tab-?bar|-catalog|-toc-|-mulu|-anchor-")),
    (META, re.compile(
        "-meta-|-source-|laiyuan|-author-|-date-|-time-|-pub-?time|-publish|-info-?(?:bar|line|source|head)"
        "|-(?:art|article|news|post|xl|title)-?(?:info|tips|other|attr|property|tool)-|-sub-?title-?info|-byline"
        "|-editor?-name|-click-|-view-?count|-counts?-|-hits-|-xxly|-fbsj|-xinxi-|-pages-date|-property-|-explain-")),
)  # fmt: skip
_CAMEL = re.compile("(?<=[a-z0-9])(?=[A-Z])")
_BETWEEN = re.compile("[^a-z]+")

# What is longer is no name.
_LONGEST = 500

#: Elements whose tag says what they are.
BY_TAG = {"nav": NAV, "footer": FOOTER, "aside": SIDE, "menu": NAV, "article": BODY, "main": LIKELY}


@lru_cache(maxsize=8192)
def hint_of(names: str) -> str:
    """The hint of an element's id and classes, written one after the other; "" for none."""
    names = names[:_LONGEST]
    lower = names.lower()
    parted = "-" + _BETWEEN.sub("-", _CAMEL.sub("-", names).lower()) + "-"
    if _BODY_WHOLE.search(names) and not _contrary(parted):
        return BODY
    strong = _BODY.search(lower)
    against = _contrary("-" + _BETWEEN.sub("-", _BODY.sub(" ", lower)) + "-" if strong else parted)
    if strong and not against:
        return BODY
    return against or (LIKELY if strong or _LIKELY.search(lower) else "")


def _contrary(parted: str) -> str:
    for hint, words in _AGAINST:
        if words.search(parted):
            return hint
    return ""
