"""What a saved page says of itself in its head: names for the fields, from the tags that sites use.

Only what is stated: an address is a full one, a day is one that exists.
"""

from __future__ import annotations

import email.utils
import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from annotator.reading.metadata_lines import DATE, ISSUER, NUMBER, SOURCE, TITLE, URL, day_in
from annotator.reading.page_facts import PageFacts

SAVED = "saved"
MHTML, CANONICAL, COMMENT, HEADLINE, TITLE_TAG = (
    "MHTML header",
    "canonical link",
    "saved-from comment",
    "h1",
    "title tag",
)
#: Prefix of where a value of `<meta>` was found: the tag's name follows.
TAG = "meta:"

# ArticleTitle, PubDate, ContentSource, SiteIDCode … are what the State Council's office asks of government sites.
_TAGS = {
    TITLE: "articletitle og:title dc.title twitter:title",
    DATE: "pubdate article:published_time publishdate publish_date pub_date datepublished og:release_date "
    "og:published_time weibo:article:create_at dc.date dcterms.created date apub:time bytedance:published_time",
    SOURCE: "contentsource source mediaid og:article:source article:source",
    NUMBER: "docnumber fileno documentnumber",
    ISSUER: "publisher_org issuer",
}
_SITE_NAME, _SITE_NUMBER = "sitename og:site_name", "siteidcode"
_ADDRESS = re.compile("https?://\\S+$", re.IGNORECASE)
_PARTS = re.compile("\\s*[_|｜—–»]+\\s*|\\s+-+\\s+|(?<=[\u4e00-\u9fff）)！？!?”])-+(?=[\u4e00-\u9fff])")
_LONGEST = 200


def stated(page: PageFacts) -> dict[str, tuple[str, str]]:
    """By field, what the page states and where."""
    found = {field: value for field, tags in _TAGS.items() if (value := _tag(page, tags))}
    if DATE in found:
        day = day_in(found[DATE][0])
        found = {**found, DATE: (day, found[DATE][1])} if day else {k: v for k, v in found.items() if k != DATE}
    for field, values in ((URL, _addresses(page)), (SAVED, _moments(page))):
        first = next(values, None)
        if first:
            found[field] = first
    return found


def site(page: PageFacts) -> tuple[str, str]:
    """The number of the site and its name, where the page states them."""
    if not page.meta:
        return "", ""
    return (_tag(page, _SITE_NUMBER) or ("", ""))[0], (_tag(page, _SITE_NAME) or ("", ""))[0]


def page_title(page: PageFacts, lines: Sequence[str]) -> tuple[str, str]:
    """The headline: what the page's tags and its visible lines agree on, else the best of what it states."""
    if not (page.meta or page.h1 or page.title_tag):
        return "", ""
    stated_title, where = _tag(page, _TAGS[TITLE]) or ("", "")
    candidates = [(stated_title, where), (_clean(page.h1), HEADLINE)]
    candidates += [(part, TITLE_TAG) for part in _title_parts(page.title_tag)]
    known = [(title, where) for title, where in candidates if len(title) > 1]
    shown = {_bare(line) for line in lines if len(line) <= _LONGEST} if known else set()
    for title, where in known:
        if _bare(title) in shown and (where != HEADLINE or _agrees(title, page)):
            return title, where
    return next(((title, where) for title, where in known if where != HEADLINE), known[0] if known else ("", ""))


def _agrees(headline: str, page: PageFacts) -> bool:
    """Whether the first `<h1>` is the page's headline and not the name of its site."""
    return not page.title_tag or _bare(headline) in _bare(page.title_tag)


def _title_parts(tag: str) -> list[str]:
    """The whole of `<title>` without what is added behind it: the site, the column."""
    cleaned = _clean(tag)
    return [part for part in (_PARTS.split(cleaned)[0], cleaned) if part]


def _tag(page: PageFacts, names: str) -> tuple[str, str] | None:
    for name in names.split() if page.meta else ():
        value = _clean(page.meta.get(name, ""))
        if value and len(value) <= _LONGEST:
            return value, TAG + name
    return None


def _addresses(page: PageFacts) -> Iterator[tuple[str, str]]:
    stated_urls = (
        (page.url, MHTML),
        (page.saved_comment, COMMENT),
        (page.canonical, CANONICAL),
        *((page.meta.get(name, ""), TAG + name) for name in ("og:url", "url")),
    )
    return ((url.strip(), where) for url, where in stated_urls if _ADDRESS.match(url.strip()))


def _moments(page: PageFacts) -> Iterator[tuple[str, str]]:
    moment = _iso(page.saved_at.strip()) if page.saved_at else ""
    if moment:
        # Who saves one file leaves the moment in the comment that names the address.
        yield moment, COMMENT if page.saved_comment and not page.url else MHTML


def _iso(written: str) -> str:
    """A moment as ISO 8601; empty where it is written neither like that nor as mails and browsers write it."""
    for read in (_browser_moment, email.utils.parsedate_to_datetime, datetime.fromisoformat):
        try:
            return read(written).isoformat()
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return ""


def _browser_moment(written: str) -> datetime:
    """`Mon Sep 09 2019 18:13:22 GMT+0800 (中国标准时间)`."""
    return datetime.strptime(written.split(" (")[0], "%a %b %d %Y %H:%M:%S GMT%z")


def _clean(value: str) -> str:
    return " ".join(value.split())


def _bare(value: str) -> str:
    return "".join(value.split())
