"""The lines in which a page says what it is: `发布日期：… 来源：…`, `文号：…`, with their labels; dates; document numbers.

Knows lines of text and nothing of the page around them.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence

from annotator.domain.patterns import late

#: Fields that such a line can name.
TITLE, ISSUER, SOURCE, DATE, SIGNED, NUMBER, URL = (
    "title",
    "issuer",
    "source",
    "date",
    "signed",
    "document_number",
    "url",
)

_LABELS = {
    DATE: "发布日期 发布时间 公开日期 公开时间 编辑日期 更新日期 更新时间 录入时间 发稿时间 发表时间 发布于 日期 时间",
    SIGNED: "成文日期 生成日期 发文日期 印发日期 制发日期 落款日期",
    SOURCE: "信息来源 文章来源 新闻来源 稿件来源 内容来源 来源 稿源",
    ISSUER: "发文机关 发文机构 发文单位 制发机关 制发机构 成文机关 发布机构 发布单位 发布机关 公开机构 公开单位 公开机关",
    NUMBER: "发文字号 公文字号 文件编号 文件字号 发文文号 文件文号 文号",
    TITLE: "公文名称 文件名称 信息名称 公文标题 文章标题 标题",
    URL: "原文链接 原文地址 原文网址 本文链接 本文地址 网址",
    # Nothing that is kept; what stands before one of them ends there.
    "": "索引号 主题分类 信息分类 主题词 关键词 关键字 作者 责任编辑 编辑 记者 责编 审核 阅读次数 浏览次数 浏览量 点击数 点击量 点击 阅读 "
    "访问量 字体 字号 打印 分享 分享到 有效性 生效日期 废止日期 公开方式 公开类别 公开范围 组配分类 体裁 主办单位 承办单位 电话 邮编 名称",
}
_BLANKS = " \t\u3000\xa0"
_BLANK = "[ \\t\u3000\xa0]*"
_FIELD_OF = {label: field for field, labels in _LABELS.items() for label in labels.split()}
_NAMES = "|".join(_BLANK.join(label) for label in sorted(_FIELD_OF, key=len, reverse=True))
_LABEL = late(f"(?<![\u4e00-\u9fff])[【\\[（(]?({_NAMES})[】\\]）)]?{_BLANK}[:：]{_BLANK}")
_LABEL_ENDS = {label[-1] for label in _FIELD_OF} | set("】])）")
# Values end where the next thing begins.
_END = late(
    "\\s{2,}|[|｜\\t【]|\\s[\\[（(<《]?\\s*(?:打印|分享|字体|字号|浏览|阅读|点击|关闭|收藏|纠错|大\\s*中\\s*小)"
)
_LONGEST = 200

_DAY = "((?:19|20)\\d\\d)\\s*[-/.年]\\s*(\\d{1,2})\\s*[-/.月]\\s*(\\d{1,2})(?!\\d)"
_HANZI_DAY = (
    "([一二][〇○零九][〇○零一二三四五六七八九]{2})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_ANY_DAY = late(f"{_DAY}|{_HANZI_DAY}")
_SIGNED_DAY = late(f"^(?:{_DAY}\\s*日?|{_HANZI_DAY})$")
#: A line that begins with a moment, as under the headlines of news.
_MOMENT = late(f"^\\s*{_DAY}\\s*日?(?:\\s*\\d{{1,2}}[:：时]\\d{{2}}\\S*)?(?=\\s|$|来源|[|｜])")
#: What days begin with: most lines are told by their first two characters, numbered headings too.
_DAY_BEGINS = frozenset(("19", "20", *(first + second for first in "一二" for second in "〇○零九")))
_SENTENCE_ENDS = frozenset("。；：，、")
HANZI_DIGITS = {"〇": "0", "○": "0", "零": "0"} | {c: str(n) for n, c in enumerate("一二三四五六七八九", 1)}

_YEAR_PART = "[〔\\[［(（【﹝]\\s*(?:19|20)\\d\\d\\s*[〕\\]］)）】﹞]"
_NUMBER = late(f"[\u4e00-\u9fff（）()\\w]{{1,24}}?\\s*{_YEAR_PART}\\s*第?\\s*\\d{{1,5}}\\s*号")
_BARE_NUMBER = late(
    f"^[（(]?({_NUMBER.pattern}|(?:(?:19|20)\\d\\d\\s*年?\\s*)?第\\s*[\\d〇零一二三四五六七八九十百]{{1,5}}\\s*号)[）)]?$"
)
_ADDRESS = late("https?://[^\\s<>\"'，。；）】]+")


def labelled(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Fields and values that lines name, in order; a label that ends its line takes the next one."""
    lines = list(lines)
    if not _may_label("\n".join(lines)):
        return
    waiting = ""
    for line in lines:
        if len(line) > _LONGEST:
            waiting = ""
            continue
        labels = list(_LABEL.finditer(line)) if ":" in line or "：" in line else []
        if waiting and not labels:
            yield from _valued(waiting, line)
        waiting = ""
        for label, following in zip(labels, [*labels[1:], None]):
            field = _FIELD_OF[re.sub("\\s", "", label[1])]
            written = line[label.end() : following.start() if following else None]
            if field and written.strip():
                yield from _valued(field, written)
            elif field and following is None:
                waiting = field


def _may_label(text: str) -> bool:
    """Whether any colon stands behind what may end a label: in reports that are no pages hardly one does."""
    for colon in ":：":
        at = text.find(colon)
        while at >= 0:
            before = at - 1
            while before >= 0 and text[before] in _BLANKS:
                before -= 1
            if before >= 0 and text[before] in _LABEL_ENDS:
                return True
            at = text.find(colon, at + 1)
    return False


def _valued(field: str, written: str) -> Iterator[tuple[str, str]]:
    value = written.strip() if field == TITLE else _END.split(written.strip())[0].strip(" \u3000\xa0;；,，。")
    if field in (DATE, SIGNED):
        value = day_in(written[:40])
    elif field == NUMBER:
        found = _NUMBER.search(value) or _BARE_NUMBER.search(value)
        value = squeezed(found[0]) if found else ""
    elif field == URL:
        found = _ADDRESS.search(written)
        value = found[0] if found else ""
    if value and len(value) <= (_LONGEST if field in (TITLE, URL) else 60):
        yield field, value


def document_number(lines: Sequence[str]) -> str:
    """A document number that stands alone on a line; those within sentences are other documents'."""
    numbered = [line for line in lines if "号" in line]
    found = next((found for line in numbered if (found := _BARE_NUMBER.match(line.strip()))), None)
    return squeezed(found[1]) if found else ""


def squeezed(value: str) -> str:
    """Without white space."""
    return re.sub("\\s+", "", value)


def first_moment(lines: Iterable[str]) -> str:
    """The day of the first line that begins with one and says more, ISO 8601; empty where none does. The lines are stripped."""
    begun = [line for line in lines if line[:2] in _DAY_BEGINS]
    return next((day for line in begun if (day := moment(line))), "")


def moment(line: str) -> str:
    """The day of a line that begins with one and says more, ISO 8601; empty where it does not."""
    found = _MOMENT.match(line)
    return _iso((*found.groups(), None, None, None)) if found and len(line) <= 80 and not is_day(line) else ""


def signed_day(line: str) -> str:
    """The day of a line that is nothing but a day."""
    found = _SIGNED_DAY.match(line) if line[:2] in _DAY_BEGINS else None
    return _iso(found.groups()) if found else ""


def is_day(line: str) -> bool:
    """Whether the line looks like a day, whether there is such a day or not."""
    return line[:2] in _DAY_BEGINS and line[-1:] not in _SENTENCE_ENDS and bool(_SIGNED_DAY.match(line))


def last_day(lines: Sequence[str]) -> int:
    """The index of the last line that looks like a day; -1 where none does."""
    begun = [at for at, line in enumerate(lines) if line[:2] in _DAY_BEGINS]
    return next((at for at in reversed(begun) if is_day(lines[at])), -1)


def day_in(written: str) -> str:
    """The first day named, as `2024-03-05`; empty where there is none."""
    found = _ANY_DAY.search(written)
    return _iso(found.groups()) if found else ""


def _iso(groups: Sequence[str | None]) -> str:
    if groups[0]:
        year, month, day = int(groups[0]), int(groups[1] or 0), int(groups[2] or 0)
    else:
        year = int("".join(HANZI_DIGITS[c] for c in groups[3] or ""))
        month, day = _small_number(groups[4] or ""), _small_number(groups[5] or "")
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return ""


def _small_number(written: str) -> int:
    tens, ten, units = written.rpartition("十")
    return (int(HANZI_DIGITS.get(tens, "1")) * 10 if ten else 0) + int(HANZI_DIGITS.get(units, "0"))
