"""Numbers as suggestions: every quantity that is a figure of the report is proposed as 指标."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from annotator.domain.changes import Wording
from annotator.domain.quantity import Quantity
from annotator.domain.quantity.kinds import FIGURES
from annotator.domain.suggestion import Proposal
from annotator.messages import N_
from annotator.suggest.reading import Reading

LABEL: Final = "INDICATOR"
SOURCE: Final = "quantities"

_REASON: Final = N_("a number with its unit: {unit}")
_BARE: Final = N_("a number that counts something")
#: A Chinese numeral is a figure of speech more often than one in digits.
_SURE, _LESS_SURE = 0.97, 0.8


def suggest(reading: Reading) -> Iterator[Proposal]:
    """Every quantity of the body that may be an indicator."""
    for quantity in reading.quantities:
        if quantity.is_indicator:
            yield Proposal(quantity.start, quantity.end, LABEL, SOURCE, _score(quantity), _reason(quantity))


def _score(quantity: Quantity) -> float:
    return _LESS_SURE if FIGURES.isdisjoint(quantity.text) else _SURE


def _reason(quantity: Quantity) -> Wording:
    return Wording(_REASON, {"unit": quantity.unit}) if quantity.unit else Wording(_BARE)
