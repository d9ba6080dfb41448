"""What the rules that find furniture are called where a person reads it.

A rule's id stands in the project file and in exports. Readers of pages put `page.` before it where the page's own
structure said so; a rule of a site is `site:` and its uid; what a person marked is `hand`.
"""

from __future__ import annotations

from annotator.messages import N_, _

HAND = "hand"
REPEATED = "repeated"
COUNTER = "counter"
SITE = "site:"
PAGE = "page."

NAMES: dict[str, str] = {
    "nav": N_("navigation"),
    "navigation": N_("navigation"),
    "breadcrumb": N_("where the page stands in the site"),
    "welcome": N_("welcome, date or weather bar"),
    "search": N_("search field"),
    "share": N_("share and print bar"),
    "font_size": N_("font size switch"),
    "views": N_("view counter"),
    "meta": N_("source, date and other facts of the page"),
    "related": N_("links to other pages"),
    "links": N_("list of links"),
    "attachments": N_("list of downloads"),
    "footer": N_("foot of the page"),
    "organiser": N_("who runs the site"),
    "record_number": N_("record number of the site"),
    "record": N_("record number of the site"),
    "contact": N_("contact of the site"),
    COUNTER: N_("number of a picture or a page"),
    "qr": N_("code to scan"),
    "top": N_("back to top"),
    "notice": N_("notice of the site"),
    "title": N_("title of the page, said again"),
    REPEATED: N_("text that stands here a second time"),
    "comments": N_("comments of readers"),
    "advertisement": N_("advertisement"),
    "hidden": N_("not shown by the page"),
    "aside": N_("beside the text"),
    "headline": N_("headline of the page"),
    "other": N_("around the text"),
    "page_number": N_("page number"),
    "running_header": N_("running title of the pages"),
    "running_footer": N_("running foot of the pages"),
    "contents": N_("table of contents"),
    HAND: N_("marked by hand"),
}
_UNKNOWN = N_("page furniture")
_SITE_RULE = N_("rule of the site")


def rule_name(rule: str) -> str:
    """A rule's name in the language of the moment; one that is not known here is page furniture all the same."""
    if rule.startswith(SITE):
        return _(_SITE_RULE)
    return _(NAMES.get(rule.removeprefix(PAGE), _UNKNOWN))
