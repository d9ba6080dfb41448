import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.formats.word.numerals import numeral
from annotator.reading.numbering import number_value


@pytest.mark.parametrize(
    ("number", "form", "written"),
    [
        (1, "chineseCountingThousand", "一"),
        (10, "chineseCounting", "十"),
        (12, "chineseCountingThousand", "十二"),
        (20, "japaneseCounting", "二十"),
        (23, "chineseCountingThousand", "二十三"),
        (105, "chineseCountingThousand", "一百零五"),
        (110, "chineseCountingThousand", "一百一十"),
        (1001, "taiwaneseCountingThousand", "一千零一"),
        (0, "chineseCounting", "〇"),
        (15, "chineseLegalSimplified", "壹拾伍"),
        (20, "ideographDigital", "二〇"),
        (3, "decimalEnclosedCircleChinese", "③"),
        (21, "decimalEnclosedCircle", "㉑"),
        (36, "decimalEnclosedCircle", "㊱"),
        (51, "decimalEnclosedCircle", "51"),
        (12, "decimalFullWidth", "１２"),
        (7, "decimalZero", "07"),
        (3, "decimalEnclosedParen", "⑶"),
        (3, "decimalEnclosedFullstop", "⒊"),
        (28, "lowerLetter", "bb"),
        (3, "upperLetter", "C"),
        (1994, "upperRoman", "MCMXCIV"),
        (4, "lowerRoman", "iv"),
        (11, "ideographTraditional", "甲"),
        (12, "ideographZodiac", "亥"),
        (5, "none", ""),
        (5, "noSuchFormat", "5"),
    ],
)
def test_every_form(number, form, written):
    assert numeral(number, form) == written


@given(st.integers(1, 999))
def test_what_word_writes_the_outline_reads(number):
    assert number_value(numeral(number, "chineseCountingThousand")) == number
