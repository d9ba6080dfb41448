"""What is known about a report, in words: the names of the fields, of levels, and of the places values were read in.

Also the names by which a person may write a field in the filter, in Chinese and in English, whatever the language.
"""

from __future__ import annotations

from annotator.domain.facts import BY_HAND, FIELDS
from annotator.messages import N_, _
from annotator.services.status_names import STATUS_NAMES, status_name

__all__ = [
    "FIELDS", "FIELD_NAMES", "FILTERED", "LEVEL_NAMES", "field_name", "field_named", "field_title", "value_named",
    "value_words", "where_words",
]  # fmt: skip

FIELD_NAMES = {
    "title": N_("title"),
    "issuer": N_("issuing body"),
    "place": N_("place"),
    "province": N_("province"),
    "city": N_("city"),
    "county": N_("county"),
    "township": N_("township"),
    "division": N_("division code"),
    "level": N_("level"),
    "year": N_("year"),
    "date": N_("date of publication"),
    "source": N_("source"),
    "document_number": N_("document number"),
    "url": N_("address of the page"),
    "saved": N_("time of saving"),
    "file_hash": N_("SHA-256 of the file"),
    "file_name": N_("file name"),
    "region": N_("region"),
    "status": N_("status"),
}
#: The fields a filter offers first.
FILTERED = ("province", "city", "county", "township", "place", "level", "year", "issuer", "source")

LEVEL_NAMES = {
    "province": N_("provincial"),
    "city": N_("municipal"),
    "county": N_("county level"),
    "township": N_("township level"),
    "department": N_("department"),
}

_ALIASES = {
    "province": "省 省份 省级 province",
    "city": "市 地市 城市 city",
    "county": "县 区 区县 县区 county district",
    "township": "乡镇 镇 乡 街道 镇街 township town",
    "place": "地区 地点 地方 place",
    "division": "区划 区划代码 代码 division code",
    "level": "级别 层级 level",
    "year": "年 年份 年度 year",
    "date": "日期 发布日期 date",
    "issuer": "机构 单位 发文机关 发布机构 issuer body",
    "source": "来源 source",
    "document_number": "文号 number",
    "title": "标题 题名 title",
    "url": "网址 地址 链接 url address",
    "file_name": "文件 文件名 file",
    "region": "所属地区 region",
    "status": "状态 status",
}
_NAMED = {alias: field for field, aliases in _ALIASES.items() for alias in aliases.split()}

_WHERE = {
    "title line": N_("the title line"),
    "first line": N_("the first line"),
    "first sentence": N_("the first sentence"),
    "meta line": N_("the line that says where and when"),
    "signature": N_("the signature"),
    "file name": N_("the file's name"),
    "file": N_("the file itself"),
    "title": N_("the title"),
    "issuer": N_("the issuing body"),
    "site number": N_("the site's number"),
    "site owner": N_("who runs the site"),
    "address": N_("the address on the page"),
    "police number": N_("the page's police number"),
    "ICP number": N_("the page's ICP number"),
    "names in the text": N_("places named in the text"),
    "divisions lexicon": N_("the lexicon of divisions"),
    "MHTML header": N_("the header of the saved page"),
    "canonical link": N_("the page's canonical link"),
    "saved-from comment": N_("the comment “saved from url”"),
    "h1": N_("the page's heading"),
    "title tag": N_("the page's title tag"),
    BY_HAND: N_("by hand"),
}
_WITH_NAME = {"meta": N_("the page's tag “{name}”"), "column": N_("the column “{name}”")}


def field_name(field: str) -> str:
    """What a field of a report is called within a sentence; the name of a further column as it is."""
    known = FIELD_NAMES.get(field)
    return _(known) if known else field


def field_title(field: str) -> str:
    """What a field is called at the head of a line."""
    name = field_name(field)
    return name[:1].upper() + name[1:] if field in FIELD_NAMES else name


def value_words(field: str, value: str) -> str:
    """A value as it is shown."""
    if field == "level" and value in LEVEL_NAMES:
        return _(LEVEL_NAMES[value])
    if field == "status":
        return status_name(value)
    return value


def where_words(where: str) -> str:
    """Where a value was read; what another program wrote as it is."""
    kind, _colon, name = where.partition(":")
    if name and kind in _WITH_NAME:
        return _(_WITH_NAME[kind], name=name.strip())
    known = _WHERE.get(where)
    return _(known) if known else where


def field_named(written: str) -> str | None:
    """The field that a person means by a name: the field's own, what it is called now, or another common one."""
    name = written.strip().lower()
    called = {_(words).lower(): field for field, words in FIELD_NAMES.items()}
    return called.get(name) or _NAMED.get(name) or (name if name in FIELD_NAMES else None)


def value_named(field: str, written: str) -> str:
    """The value that a person means: levels and statuses by their words."""
    names = {"level": LEVEL_NAMES, "status": STATUS_NAMES}.get(field, {})
    if not written or written in names:
        return written
    return next((value for value, words in names.items() if written.lower() in _(words).lower()), written)
