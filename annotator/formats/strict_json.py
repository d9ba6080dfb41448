"""JSON as it is read here: strict where the standard library is lax, exact where it rounds."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

from annotator.domain.errors import InputError
from annotator.domain.span import exact_number
from annotator.messages import N_
from annotator.reading.normalise import UNSTORABLE

# Only an escape can bring a lone surrogate or NUL into a line that is valid UTF-8.
_ESCAPED_TROUBLE = re.compile(r"\\u(?:[dD][89a-fA-F]|0000)")


class _Exact(float):
    """A number whose float is not exactly what the file says; `literal` is."""

    literal: str


def parse(line: str) -> dict[str, Any]:
    """The JSON object that a line holds. Raises InputError; NaN, infinities and numbers that become one are refused."""
    try:
        record = _decode(line)
    except json.JSONDecodeError as error:
        raise InputError(
            N_("The line is not JSON: {reason} at character {place}."), reason=error.msg, place=error.pos + 1
        ) from error
    except RecursionError as error:
        raise InputError(N_("The line is nested too deeply.")) from error
    except ValueError as error:  # a whole number of thousands of digits
        raise InputError(N_("The line holds a number that is too long.")) from error
    if not isinstance(record, dict):
        raise InputError(N_("The line is not a JSON object."))
    return record


def exact(value: Any) -> Any:
    """A plain number as an exact decimal string; anything else as it is."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return value
    number = exact_number(value.literal if isinstance(value, _Exact) else value)
    return value if number is None else number


def has_unstorable(line: str) -> bool:
    """Whether an escape in the line may stand for NUL or a lone surrogate."""
    return _ESCAPED_TROUBLE.search(line) is not None


def storable(value: Any) -> Any:
    """`value` with NUL and lone surrogates in its strings as U+FFFD: neither can be stored."""
    if isinstance(value, str):
        return UNSTORABLE.sub("\ufffd", value)
    if isinstance(value, list):
        return [storable(item) for item in value]
    if isinstance(value, dict):
        return {storable(key): storable(item) for key, item in value.items()}
    return value


def _float(literal: str) -> float:
    number = float(literal)
    if number in (float("inf"), float("-inf")):
        raise InputError(N_("The number {number} is too large."), number=literal[:40])
    if exact_number(literal) == exact_number(number):
        return number
    exactly = _Exact(number)
    exactly.literal = literal
    return exactly


def _no_constant(name: str) -> NoReturn:
    raise InputError(N_("{name} is not allowed in JSON."), name=name)


_decode = json.JSONDecoder(parse_float=_float, parse_constant=_no_constant).decode
