"""What a new span says by itself: its attributes, filled from its words and the sentence around them.

`attributes_for` reads numbers (`domain.quantity`), looks for the words that were counted (`domain.subject`) and knows
which section speaks of the coming year. What it fills in is proposed: it counts as a person's own once that person has
looked at it (`Span.proposed`). It knows attributes by their names and fills only those that the label has and whose
rules the value keeps.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from annotator.domain.clauses import clause_at, sentence_at
from annotator.domain.errors import ValidationError
from annotator.domain.patterns import compile_all, late
from annotator.domain.quantity import INDICATOR_KINDS, Quantity, first_touching, parse_quantity
from annotator.domain.schema import AttributeType, LabelSchema
from annotator.domain.span import exact_number
from annotator.domain.validation import check_attribute

if TYPE_CHECKING:
    from annotator.domain.subject import Range

_KINDS = INDICATOR_KINDS | {"rank"}
_compiling = threading.Lock()  # held while the patterns are compiled
#: Words before a number that make it something to be reached.
_TARGET = late("(?:力争|争取|确保|目标|计划|预计|拟|要)[^,，。；;]{0,20}$")
_YEAR = late(r"(?:19|20)[0-9]{2}年(?:以来|底|末|初|上半年|下半年|第[一二三四]季度)?")
#: Last year's own figure (去年受理4件), where nothing is compared with it.
_LAST_YEAR = late("(?<![比较与同和])(?:去年|上年|上一年|前年|往年)(?:同期|全年|底|末|上半年|下半年)?(?!以来|同比)")
_EARLIER_YEAR = late(r"(?:去年|上年|上一年|前年|往年)(?:同期)?|(?:19|20)[0-9]{2}年(?:同期)?")
_COMPARED = late(rf"(?:比|较|同比|与)(?P<period>{_EARLIER_YEAR.pattern})[^,，。；;]{{0,12}}$")
#: 比上年增长12% tells about this year; 比去年4件 is last year's figure.
_CHANGE_WORD = late("增|升|降|减|提高|下滑|回落|缩短|多|少|高|低|涨|快|慢")


#: The indicator that shares a character with a range of the text.
Touching = Callable[[int, int], Quantity | None]


class Understood(NamedTuple):
    """The attributes of a new span, and the names of those that were read out of the text."""

    attributes: dict[str, Any]
    proposed: tuple[str, ...]


def attributes_for(
    label: str,
    schema: LabelSchema,
    text: str,
    start: int,
    end: int,
    *,
    planned: bool,
    words: Sequence[Range] | None = None,
    year: int | None = None,
    quantity: Quantity | None = None,
    touching: Touching | None = None,
) -> Understood:
    """The attributes of a span of `label` at `[start, end)`: the label's defaults, and what the text says.

    `planned` says that the section speaks of what is to come, `year` is the one reported on, `words` are a segmenter's
    word ranges around the span, `quantity` is the number that stands exactly there, where the caller has read it already;
    `touching` tells the indicator that shares a character with a range, where the numbers of the text are known.
    """
    definition = schema.label(label)
    if definition is None:
        return Understood({}, ())
    names = {attribute.name for attribute in definition.attributes}
    found: dict[str, Any] = {"status": "planned"} if planned else {}
    if "value" in names:
        known = quantity if quantity is not None and quantity.kind in _KINDS else _quantity(text, start, end, touching)
        if known is not None:
            found.update(_of_number(text, start, end, known, planned=planned, words=words, year=year))
    defaults: dict[str, Any] = dict(definition.defaults())
    kept: dict[str, Any] = {}
    for attribute in definition.attributes:
        value = found.get(attribute.name)
        if value is None or (isinstance(value, dict) and attribute.type is not AttributeType.EXCERPT):
            continue
        try:
            kept[attribute.name] = check_attribute(attribute, value)
        except ValidationError:
            continue  # the schema's own limits win over what the text seems to say
    proposed = tuple(name for name, value in kept.items() if defaults.get(name) != value)
    return Understood({**defaults, **kept}, proposed)


def get_ready() -> None:
    """Compile the patterns now, in whatever thread: the first key press then need not wait for them."""
    with _compiling:
        import annotator.domain.quantity.display
        import annotator.domain.quantity.finding
        import annotator.domain.subject  # noqa: F401

        compile_all()


def is_getting_ready() -> bool:
    """Whether a thread compiles the patterns just now: who only wants to read ahead had better wait."""
    return _compiling.locked()


def _of_number(
    text: str,
    start: int,
    end: int,
    quantity: Quantity,
    *,
    planned: bool,
    words: Sequence[Range] | None,
    year: int | None,
) -> dict[str, Any]:
    """What a number says: value, unit, qualifier, kind, direction, what was counted, for when, and as what."""
    from annotator.domain.subject import propose_subject  # late: its patterns need not be ready before the first paint

    subject = propose_subject(text, start, end, words)
    return {
        "value": _exact(quantity.value),
        "value_max": _exact(quantity.value_max),
        "unit": quantity.unit or None,
        "qualifier": quantity.qualifier,
        "kind": quantity.kind if quantity.kind in _KINDS else None,
        "direction": quantity.direction or None,
        "subject": excerpt(text, *subject) if subject else None,
        **_role(text, start, quantity, planned=planned, year=year),
    }


def excerpt(text: str, start: int, end: int) -> dict[str, Any]:
    """The value of an attribute of type *text from the report* for these words."""
    return {"start": start, "end": end, "text": text[start:end]}


def _exact(value: Decimal | None) -> str | None:
    return None if value is None else exact_number(value)


def _quantity(text: str, start: int, end: int, touching: Touching | None) -> Quantity | None:
    """The quantity of the span's own words; what it is (a change, a share) is told by those before them."""
    around = touching(start, end) if touching is not None else None
    if around is not None and (around.start, around.end) == (start, end):
        return around
    own = parse_quantity(text[start:end])
    if around is None and (touching is None or own is not None):  # what is no indicator: a rank in words
        around = _first_around(text, start, end)
    if around is None or around.kind not in _KINDS:
        return own
    if own is None or (around.start, around.end) == (start, end):
        return around
    return own._replace(kind=around.kind, direction=around.direction)


def _first_around(text: str, start: int, end: int) -> Quantity | None:
    """The first quantity of the sentence that shares a character with `[start, end)`."""
    low, high = sentence_at(text, start) or (start, end)
    return first_touching(text, start, end, max(low, start - 200), min(max(high, end), end + 40))


def _role(text: str, start: int, quantity: Quantity, *, planned: bool, year: int | None) -> dict[str, Any]:
    """Target, reference and period, where the words before the number say so beyond doubt."""
    low, _high = clause_at(text, start) or (start, start)
    before = text[max(min(low, start), start - 60) : start]
    compared = _COMPARED.search(before)
    if compared and quantity.kind != "change" and not _CHANGE_WORD.search(before, compared.end("period")):
        return {"role": "reference", "period": compared["period"]}
    if _TARGET.search(before) and planned:
        return {"role": "target", **_period(before, year)}
    earlier = _LAST_YEAR.search(before) if quantity.kind != "change" else None
    if earlier and not _CHANGE_WORD.search(before, earlier.end()):
        return {"role": "reference", "period": earlier.group()}
    return _period(before, year)


def _period(before: str, year: int | None) -> dict[str, Any]:
    """Another year than the report's, named in the clause, as written; what has lasted since one names it as well."""
    years = _YEAR.findall(before)
    if year is None or not years or years[-1] == f"{year}年":
        return {}
    return {"period": years[-1]}
