"""The filter of the report list in words: `政务 省:广东 年=2021`, what it stands for, and what could be meant.

`field:part` lets through values that contain the part, `field=value` exactly that one, `field=` reports without one;
several of one field let through either, of different fields both. What names no field is a word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from annotator.domain.errors import InputError
from annotator.domain.patterns import late
from annotator.messages import N_, _
from annotator.services.fields import FIELD_NAMES, FILTERED, field_named, field_title, value_named, value_words
from annotator.storage import FactFilter, ReportFilter, Store

STATUS = "status"
_TOKEN = late('(?:[^\\s"“”]|["“][^"“”]*["”]?)+')
_PAIR = late("([^:：=＝]+)([:：=＝])(.*)", re.DOTALL)
_EXACT = frozenset("=＝")
_QUOTES = '"“”'
_OFFERED = 12
#: Of so many values that match the most frequent are offered: an answer comes before the next key.
_COUNTED = 1_000


class Condition(NamedTuple):
    """One field and what its value may be: a part of it, or exactly it; exactly nothing means that it has none."""

    field: str
    value: str
    exact: bool = False

    def words(self) -> str:
        """The condition as it is shown."""
        value = value_words(self.field, self.value) if self.value else _("unknown")
        return f"{field_title(self.field)}: {value}"

    def typed(self) -> str:
        """The condition as a person would type it."""
        value = value_words(self.field, self.value)
        quoted = f'"{value}"' if re.search("\\s", value) else value
        return f"{field_title(self.field)}{'=' if self.exact else ':'}{quoted}"


class Wanted(NamedTuple):
    """What was typed: words, and conditions."""

    words: str
    conditions: tuple[Condition, ...]


class Offer(NamedTuple):
    """What could be meant: a field, or with a value one of those that `n` reports have."""

    field: str
    value: str | None = None
    n: int = 0

    def words(self) -> str:
        """The offer as it is shown."""
        if self.value is None:
            return f"{field_title(self.field)}:"
        return f"{field_title(self.field)}: {value_words(self.field, self.value)}"

    def condition(self) -> Condition:
        """The condition that an offer with a value stands for."""
        return Condition(self.field, self.value or "", exact=True)


def understand(typed: str, columns: Sequence[str] = ()) -> Wanted:
    """What a person typed; `columns` are further fields that may be named."""
    words, conditions = list[str](), list[Condition]()
    for token in _TOKEN.findall(typed):
        condition = _condition(token, columns)
        if condition is None:
            words.append(token.strip(_QUOTES))
        elif condition.value or condition.exact:
            conditions.append(condition)
    return Wanted(" ".join(words), tuple(conditions))


def _condition(token: str, columns: Sequence[str]) -> Condition | None:
    pair = _PAIR.fullmatch(token)
    field = _field(pair[1], columns) if pair else None
    if pair is None or field is None:
        return None
    return Condition(field, value_named(field, pair[3].strip(_QUOTES)), pair[2] in _EXACT)


def _field(written: str, columns: Sequence[str]) -> str | None:
    name = written.strip(_QUOTES)
    return name if name in columns else field_named(name)


def report_filter(words: str, conditions: Sequence[Condition], person: str) -> ReportFilter | None:
    """The filter that words and conditions make for a person (a uid); None where they ask for nothing."""
    if not words and not conditions:
        return None
    fields = dict.fromkeys(condition.field for condition in conditions if condition.field != STATUS)
    status = next((c.value for c in reversed(conditions) if c.field == STATUS), None)
    return ReportFilter(
        words=words, status=status, person=person, facts=tuple(_facts(field, conditions) for field in fields)
    )


def _facts(field: str, conditions: Sequence[Condition]) -> FactFilter:
    own = [condition for condition in conditions if condition.field == field]
    values = dict.fromkeys(condition.value for condition in own)
    return FactFilter(field, tuple(values), all(condition.exact for condition in own))


def where(store: Store, given: Sequence[str]) -> ReportFilter | None:
    """The filter of a command line, `FIELD=VALUE` each. Raises InputError for a field that no report has."""
    columns = store.facts.fields()
    conditions = []
    for one in given:
        condition = _condition(one, columns)
        if condition is None or condition.field == STATUS:
            known = ", ".join(dict.fromkeys([*columns, "title", "url", "file_name"]))
            raise InputError(
                N_("“{given}” names no field of the metadata; write FIELD=VALUE with one of: {known}."),
                given=one,
                known=known,
            )
        conditions.append(condition)
    return report_filter("", conditions, "")


def offers(store: Store, token: str) -> list[Offer]:
    """What the last word of a filter could mean."""
    columns = store.facts.fields()
    condition = _condition(token, columns)
    if condition is not None:
        if condition.field == STATUS:
            return []
        found = store.facts.values(condition.field, condition.value, _OFFERED, among=_COUNTED)
        return [Offer(condition.field, value, n) for value, n in found]
    if not token:
        return []
    named = [Offer(field) for field in filterable(store) if field_title(field).lower().startswith(token.lower())]
    valued = [
        Offer(field, value, n)
        for field in filterable(store)
        for value, n in store.facts.values(field, token, 3, among=_COUNTED)
    ]
    return [*named, *valued][:_OFFERED]


def filterable(store: Store) -> list[str]:
    """The fields worth offering: those that reports have values of, the common ones first, then further columns."""
    there = store.facts.fields()
    return [*(name for name in FILTERED if name in there), *(name for name in there if name not in FIELD_NAMES)]
