"""The value of a numeral: Arabic, Chinese, formal and mixed writing to exact decimals.

Knows nothing of units or of the text around a numeral.
"""

from __future__ import annotations

from decimal import Context, Decimal

from annotator.domain.patterns import late

#: Wide enough that no magnitude or percentage ever rounds a numeral that `arabic` lets through.
EXACT = Context(prec=50)
_LONGEST_ARABIC = 40

_PLAIN = str.maketrans(
    "０１２３４５６７８９．，﹒〇○壹弌贰貳弍叁參叄叄肆伍陆陸柒捌玖拾佰陌仟阡萬億兩两點",
    "0123456789.,.零零一一二二二三三三三四五六六七八九十百百千千万亿二二点",
)
_TENS = {"廿": "二十", "卅": "三十", "卌": "四十"}
_DIGIT = {char: number for number, char in enumerate("零一二三四五六七八九")}
_SMALL = {"十": 10, "百": 100, "千": 1000}
SCALES = {**_SMALL, "万": 10**4, "亿": 10**8}
_LATIN_SCALES = {"k": 10**3, "K": 10**3, "w": 10**4, "W": 10**4, "M": 10**6, "G": 10**9}

_TOKEN = late(r"[0-9]+(?:\.[0-9]+)?|[零一二三四五六七八九十百千万亿]")
_POINT = late(r"(?P<whole>[^点]*)点(?P<decimals>[零一二三四五六七八九0-9]+)(?P<scale>[十百千万亿]*)")
# 七八 (seven or eight), 三五 (a few): two neighbours are a range, but only one pair and no digit string around it.
_PAIR = late(
    r"(?<![零一二三四五六七八九])(?:(?=一二|二三|三四|四五|五六|六七|七八|八九)|(?<![十百千万亿])(?=三五))"
    r"(?P<low>[一二三四五六七八])(?P<high>[二三四五六七八九])(?![零一二三四五六七八九点])"
)


def plain(numeral: str) -> str:
    """The numeral in half-width figures and everyday characters."""
    text = numeral.translate(_PLAIN)
    for char, tens in _TENS.items():
        if char in text:
            text = text.replace(char, tens)
    return text


def evaluate(numeral: str) -> Decimal | None:
    """The value of a numeral, or None where the characters make no number (十三五, 二十九千)."""
    text = plain(numeral).replace(" ", "")
    if not text:
        return None
    if text[0] in "0123456789.":
        known, value = _arabic(text)
        if known:
            return value
    if "点" in text:
        return _with_point(text)
    if len(text) > 1 and all(char in _DIGIT for char in text):
        return _digit_string(text)
    return _added_up(text.replace(",", ""))


def bounds(numeral: str) -> tuple[Decimal | None, Decimal | None]:
    """Value and, for approximate neighbours such as 三四十 or 十五六, the upper value."""
    text = plain(numeral)
    pair = _PAIR.search(text)
    if pair is None:
        return evaluate(numeral), None
    low = evaluate(text[: pair.start("high")] + text[pair.end() :])
    high = evaluate(text[: pair.start("low")] + text[pair.start("high") :])
    return low, high


def scaled(value: Decimal, scale: str) -> Decimal:
    """The value times a magnitude written as 万, 千万, 万亿 or a Latin letter."""
    for char in plain(scale):
        value = EXACT.multiply(value, Decimal(SCALES.get(char) or _LATIN_SCALES.get(char) or 1))
    return value


def fraction(numerator: Decimal, denominator: Decimal) -> Decimal | None:
    """Exact where the decimals end, else to 50 digits; None for a denominator of zero."""
    return EXACT.divide(numerator, denominator) if denominator else None


def _arabic(text: str) -> tuple[bool, Decimal | None]:
    """Whether the text is figures with at most one Latin magnitude, and its value."""
    scale = text[-1] if text[-1] in _LATIN_SCALES else ""
    figures = (text[:-1] if scale else text).replace(",", "")
    if not figures.replace(".", "", 1).isdecimal():
        return False, None
    if len(figures) > _LONGEST_ARABIC:  # a serial number, not a value
        return True, None
    return True, scaled(Decimal(figures), scale)


def _with_point(text: str) -> Decimal | None:
    parts = _POINT.fullmatch(text)
    if parts is None or len(text) > _LONGEST_ARABIC:
        return None
    whole = evaluate(parts["whole"])
    if whole is None:
        return None
    decimals = "".join(str(_DIGIT.get(char, char)) for char in parts["decimals"])
    return scaled(Decimal(f"{whole:f}.{decimals}"), parts["scale"])


def _digit_string(text: str) -> Decimal | None:
    if len(text) > _LONGEST_ARABIC:
        return None
    return Decimal("".join(str(_DIGIT[char]) for char in text))


def _added_up(text: str) -> Decimal | None:
    """A numeral with magnitudes, read from left to right; None where they do not descend."""
    tokens = _TOKEN.findall(text)
    if not tokens or len(text) > _LONGEST_ARABIC or sum(map(len, tokens)) != len(text):
        return None
    sum_ = _Sum()
    for token in tokens:
        if not sum_.take(token):
            return None
    return sum_.result()


class _Sum:
    """A Chinese numeral being read: what stands before 亿, before 万, and the section below 万."""

    def __init__(self) -> None:
        self.high = self.middle = self.section = Decimal(0)
        self.pending: Decimal | None = None
        self.pending_is_digit = False
        self.last = 0  # the magnitude read last
        self.floor = 10**4  # small magnitudes must stay below this one
        self.zero = False
        self.empty = True

    def take(self, token: str) -> bool:
        """Read one token; False where it cannot stand here."""
        if token in _SMALL:
            accepted = self._small(_SMALL[token])
        elif token in SCALES:
            accepted = self._large(token)
        else:
            accepted = self._number(token)
        self.empty = False
        return accepted

    def result(self) -> Decimal:
        return EXACT.add(EXACT.add(self.high, self.middle), self._section())

    def _number(self, token: str) -> bool:
        value = Decimal(_DIGIT[token]) if token in _DIGIT else Decimal(token)
        if self.pending is not None:
            return False
        if token == "零":
            self.zero = True
            return True
        self.pending, self.pending_is_digit = value, len(token) == 1
        return True

    def _small(self, scale: int) -> bool:
        if scale >= self.floor or (self.pending is None and self.zero and not self.section and not self.last):
            return False
        if self.pending is None and scale != 10 and not self.empty:
            return False
        one = Decimal(1) if self.pending is None else self.pending
        self.section = EXACT.add(self.section, EXACT.multiply(one, Decimal(scale)))
        self.pending, self.last, self.floor, self.zero = None, scale, scale, False
        return True

    def _large(self, token: str) -> bool:
        part = Decimal(1) if self.empty else self._section(below=10**4)
        if token == "亿":
            part = EXACT.add(self.middle, part)
            if self.high or not part:
                return False
            self.high, self.middle = EXACT.multiply(part, Decimal(10**8)), Decimal(0)
        else:
            if self.middle or not part:
                return False
            self.middle = EXACT.multiply(part, Decimal(10**4))
        self.section, self.pending, self.zero = Decimal(0), None, False
        self.last, self.floor = SCALES[token], 10**4
        return True

    def _section(self, below: int = 10**9) -> Decimal:
        """The section with its last number; 一百二 is 120 and 十三万五 is 135000, 一百零二 is 102."""
        if self.pending is None:
            return self.section
        shortened = 100 <= self.last < below and not self.zero and self.pending_is_digit
        return EXACT.add(self.section, EXACT.multiply(self.pending, Decimal(self.last // 10 if shortened else 1)))


def tidy(value: Decimal | None) -> Decimal | None:
    """The same number without trailing zeros and without an exponent."""
    if value is None or not value:
        return None if value is None else Decimal(0)
    text = format(value, "f")
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)
