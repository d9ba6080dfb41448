"""Web archives (MHTML): the page in one file with its pictures, as browsers save it. Only the page itself is read.

The archive is a mail: its headers say where the page was and when it was saved, its first part of HTML (or the one that
`start` names) is the page.
"""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

from annotator.domain.errors import InputError
from annotator.formats.html import MAX_PAGE_BYTES, check_length
from annotator.formats.items import AS_FOUND, Item, ReadOptions, shown
from annotator.formats.making import Made, only_item, read_file
from annotator.formats.page.charset import markup_of
from annotator.formats.page.report import report_of
from annotator.messages import N_

_PAGES = ("text/html", "application/xhtml+xml")


def read(path: Path, options: ReadOptions = AS_FOUND) -> Iterator[Item]:
    """The one report of a web archive, or the reason why it is none."""
    return only_item(_report, path, options)


def _report(path: Path, options: ReadOptions) -> Made:
    data = read_file(path, MAX_PAGE_BYTES)
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    root = _root(message)
    if root is None:
        raise InputError(N_("The web archive holds no page: none of its parts is HTML."))
    payload = root.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    if not content.strip():
        raise InputError(N_("The page in the web archive is empty; the file may be cut off."))
    markup = markup_of(content, options.encoding, transport=root.get_content_charset() or "")
    check_length(markup.text)
    url = _location(message, "Snapshot-Content-Location") or _location(root) or _location(message)
    return report_of(
        data,
        markup,
        shown(path.name),
        url=url,
        saved_at=_header(message, "Date") or _header(root, "Date"),
        site_rules=options.site_rules,
    )


def _root(message: Message) -> Message | None:
    """The part that is the page: the one `start` names, else the first of HTML; frames come later in the file."""
    pages = [part for part in message.walk() if part.get_content_type() in _PAGES]
    start = message.get_param("start")
    named = [part for part in pages if start and _header(part, "Content-ID") == start]
    return next(iter(named or pages), None)


def _header(part: Message, name: str) -> str:
    """A header on one line."""
    return " ".join(str(part.get(name, "")).split())


def _location(part: Message, name: str = "Content-Location") -> str:
    """An address, without the folds that long ones are given."""
    return "".join(str(part.get(name, "")).split())
