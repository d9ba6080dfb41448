"""`annotator quantity [TEXT...]`: the numbers of texts, understood; one JSON object a quantity."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from decimal import Decimal

import click

from annotator.domain.quantity import Quantity, find_quantities, format_value
from annotator.domain.span import exact_number
from annotator.messages import _


def command() -> click.Command:
    """The command, its texts in the language of the moment."""
    return click.Command(
        "quantity",
        callback=_quantity,
        help=_(
            "Find the numbers of texts and say what they mean. Without TEXT one text a line is read from standard input."
        ),
        params=[
            click.Argument(["texts"], metavar="[TEXT]...", nargs=-1),
            click.Option(["--json", "as_json"], is_flag=True, help=_("Write one JSON object a number.")),
            click.Option(
                ["--all", "everything"],
                is_flag=True,
                help=_("Also dates, times, ordinals, list and document numbers, telephone numbers and names."),
            ),
        ],
    )


def _quantity(texts: tuple[str, ...], as_json: bool, everything: bool) -> None:
    for source, text in enumerate(texts or _lines()):
        for quantity in find_quantities(text, all=everything):
            click.echo(
                json.dumps(_record(source, quantity), ensure_ascii=False) if as_json else _line(source, quantity)
            )


def _lines() -> Iterator[str]:
    """The texts on standard input, in UTF-8; a byte that is none becomes U+FFFD, one for one with its offset."""
    for number, line in enumerate(sys.stdin.buffer):
        text = line.removesuffix(b"\n").removesuffix(b"\r").decode("utf-8", "replace")
        yield text.removeprefix("\ufeff") if number == 0 else text


def _record(source: int, quantity: Quantity) -> dict[str, object]:
    """Offsets in code points of the text; values exact, in base units, as decimal strings."""
    return {
        "source": source,
        "start": quantity.start,
        "end": quantity.end,
        "text": quantity.text,
        "value": _exact(quantity.value),
        "value_max": _exact(quantity.value_max),
        "unit": quantity.unit,
        "qualifier": quantity.qualifier,
        "kind": quantity.kind,
        "direction": quantity.direction,
    }


def _exact(value: Decimal | None) -> str | None:
    return None if value is None else exact_number(value)


def _line(source: int, quantity: Quantity) -> str:
    shown = format_value(quantity.value, quantity.value_max, quantity.unit, quantity.qualifier)
    return f"{source}:{quantity.start}-{quantity.end}\t{quantity.text}\t{shown}\t{quantity.kind}"
