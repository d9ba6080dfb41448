"""What a page, a mail-like archive or a table says about a report besides its visible text.

Filled by the readers, understood by `reading.metadata`; nothing here is read from a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class PageFacts:
    """The facts of one saved page; whatever it does not state stays empty.

    `url` is where the container says it was taken from (the headers of an MHTML file), `saved_comment` the address
    in the comment *saved from url* that browsers leave, `canonical` that of `<link rel="canonical">`. `saved_at` is when
    it was saved, as the file writes it (an RFC 5322 date or ISO 8601). `title_tag` is `<title>`, `h1` the text of the
    first `<h1>` that has one. `meta` holds the content of `<meta>` by its name or property in lower case
    (`og:url`, `pubdate`, `contentsource`). `declared_charset` is the encoding the page claims.
    """

    url: str = ""
    saved_at: str = ""
    saved_comment: str = ""
    canonical: str = ""
    title_tag: str = ""
    h1: str = ""
    meta: Mapping[str, str] = field(default_factory=dict)
    declared_charset: str = ""
