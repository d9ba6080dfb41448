"""Every text a person reads, through gettext: one mechanism for the window and the command line.

The English text is the message id; `resources/translations/<language>/LC_MESSAGES/annotator.mo`
holds the others. Mark a text with `_()` where it is shown, with `N_()` where it is only named
(tables, error classes); parameters are named: `_("{n} reports", n=3)`.

A count needs nothing where it is shown: the id says the plural, and what English says of one stands in the English
catalogue, with a choice for each count, also where a message has two: `{n} {n:report|reports} with {spans} …`. So
steps of the history, which keep the id, are worded right too. Chinese has one form.
"""

from __future__ import annotations

import gettext
import locale
import os
from string import Formatter
from typing import Any

from annotator import locations

LANGUAGES = ("zh_CN", "en")
DOMAIN = "annotator"

_catalogue: gettext.NullTranslations = gettext.NullTranslations()
_language = ""


def N_(message: str) -> str:  # noqa: N802 - the customary name of gettext's marker
    """Mark `message` for translation without translating it now."""
    return message


def translate(message: str, /, **params: Any) -> str:
    """`message` in the language of the moment, its `{named}` places filled from `params`."""
    if not _language:
        set_language(preferred_language())
    text = _catalogue.gettext(message) if message else ""
    if not params:
        return text
    return _counting.vformat(text, (), params) if "|" in text else text.format(**params)


class _Counting(Formatter):
    """Knows `{n:one|many}`: the first words for one, the second for any other number."""

    def format_field(self, value: Any, format_spec: str) -> Any:
        one, bar, many = format_spec.partition("|")
        if bar:
            return one if str(value) == "1" else many
        return super().format_field(value, format_spec)


_counting = _Counting()

_ = translate


def language() -> str:
    """The language of the moment: "zh_CN" or "en"."""
    if not _language:
        set_language(preferred_language())
    return _language


def set_language(name: str) -> None:
    """Use language `name`; a name without a catalogue falls back to English, the ids themselves."""
    global _catalogue, _language
    _language = name if name in LANGUAGES else "en"
    folder = locations.resources() / "translations"
    _catalogue = gettext.translation(DOMAIN, str(folder), languages=[_language], fallback=True)


def preferred_language() -> str:
    """The language to start with: `ANNOTATOR_LANG`, else the system's where it is English, else Chinese.

    Chinese comes first: only a system that says it is English gets the English interface.
    """
    wanted = os.environ.get("ANNOTATOR_LANG", "")
    if wanted:
        return "zh_CN" if wanted.lower().startswith("zh") else "en"
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable, "")
        if value:
            break
    else:
        value = locale.getlocale()[0] or ""
    return "en" if value.lower().startswith("en") else "zh_CN"
