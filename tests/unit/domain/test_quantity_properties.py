"""What holds for every number and every text: all forms read back, offsets slice back, time grows with the length."""

import time
from decimal import Decimal, localcontext

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.quantity import PASSED_KINDS, find_quantities, first_touching, parse_quantity, quantity_at

_DIGITS = "零一二三四五六七八九"
_FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
_FULL_WIDTH = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
_ALPHABET = st.sampled_from(
    "0123456789０９一二三十百千万亿零两半几数壹拾点约近超余多个件元%％次年月日第、，。.,:：+-—~至到()（）《》“”《1\n 增长比每的AG/〔〕"
)
TEXTS = st.text(_ALPHABET, max_size=60) | st.text(max_size=40)


def chinese(number: int) -> str:
    """The number as a Chinese reader writes it out."""
    if number >= 10**8:
        return _joined(number, 10**8, "亿")
    if number >= 10**4:
        return _joined(number, 10**4, "万")
    text, gap = "", False
    for scale, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, scale)
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + word
        gap = not digit
    return text


def _joined(number: int, scale: int, word: str) -> str:
    high, low = divmod(number, scale)
    gap = "零" if low and low < scale // 10 else ""
    return chinese(high) + word + gap + (chinese(low) if low else "")


def forms(number: int) -> list[str]:
    written = chinese(number)
    grouped = f"{number:,}"
    result = [
        str(number), grouped, str(number).translate(_FULL_WIDTH), grouped.translate(_FULL_WIDTH), written,
        written.translate(_FORMAL), written.replace("二千", "两千").replace("万", "萬").replace("亿", "億"),
    ]  # fmt: skip
    for scale, word in ((10**4, "万"), (10**8, "亿")):
        if number >= scale:
            result.append(f"{(Decimal(number) / scale).normalize():f}{word}")
    if 10**4 <= number < 10**8 and number % 1000 == 0 and number // 1000 % 10:
        result.append(f"{number // 10**4}万{number // 1000 % 10}千")
    return result


@given(st.integers(1, 10**12) | st.integers(1, 20000))
def test_a_number_written_in_any_of_its_forms_reads_back_as_itself(number: int) -> None:
    for form in forms(number):
        for unit in ("", "件", "元"):
            if not unit and 13 * 10**9 <= number < 2 * 10**10:
                continue  # eleven bare figures like these are a telephone number
            quantity = parse_quantity(form + unit)
            assert quantity is not None, form + unit
            assert quantity.value == number, form + unit
            assert quantity.unit == unit


@given(st.integers(3, 10**9))
def test_a_number_in_a_sentence_is_found_whole(number: int) -> None:
    for form in (str(number), f"{number:,}", f"约{number}", f"近{number:,}"):
        text = f"全年共受理{form}件，其余另行统计。"
        quantity = next(quantity for quantity in find_quantities(text) if quantity.unit == "件")
        assert quantity.text == f"{form}件"
        assert quantity.value == number


@given(st.decimals(min_value=0, max_value=200, places=2))
def test_percentages_read_back_exactly(rate: Decimal) -> None:
    for form in (f"{rate}%", f"{rate}％".translate(_FULL_WIDTH), f"{rate}个百分点"):
        quantity = parse_quantity(form)
        assert quantity is not None
        assert quantity.value == rate / 100


@settings(deadline=None)
@given(st.integers(1, 9), st.integers(0, 9))
def test_tenths_read_back_exactly(tenths: int, hundredths: int) -> None:
    digits = "零一二三四五六七八九"
    for form in (
        f"{digits[tenths]}成{digits[hundredths] if hundredths else ''}",
        f"百分之{chinese(tenths * 10 + hundredths)}",
    ):
        quantity = parse_quantity(form)
        assert quantity is not None, form
        assert quantity.value == Decimal(tenths * 10 + hundredths) / 100, form


@given(st.integers(1, 10**6), st.sampled_from(["", "约", "近", "超", "逾"]), st.sampled_from(["", "余", "多"]))
def test_words_of_approximation_leave_the_value_alone(number: int, before: str, behind: str) -> None:
    for form in (f"{before}{number * 10}{behind}件", f"{before}{number * 10}万{behind}件"):
        quantity = parse_quantity(form)
        assert quantity is not None, form
        assert (quantity.value, quantity.text) == (number * 10 * (10**4 if "万" in form else 1), form)


@given(st.integers(1, 5000), st.integers(1, 5000))
def test_ranges_keep_both_ends(low: int, more: int) -> None:
    for form in (f"{low}—{low + more}个", f"{low}至{low + more}个", f"{chinese(low)}至{chinese(low + more)}个"):
        quantity = parse_quantity(form)
        assert quantity is not None, form
        assert (quantity.value, quantity.value_max) == (low, low + more), form


def test_values_do_not_depend_on_the_decimal_context_of_the_caller() -> None:
    with localcontext() as context:
        context.prec = 3
        quantity = parse_quantity("-123,456.789万元")
        assert quantity is not None
        assert quantity.value == Decimal("-1234567890")


@given(TEXTS)
def test_quantities_are_in_order_apart_and_slice_back(text: str) -> None:
    found = find_quantities(text, all=True)
    end = 0
    for quantity in found:
        assert end <= quantity.start < quantity.end <= len(text)
        assert text[quantity.start : quantity.end] == quantity.text
        assert quantity.value is None or quantity.value.is_finite()
        assert quantity.value_max is None or (quantity.value is not None and quantity.value_max > quantity.value)
        end = quantity.end
    kept = [quantity for quantity in found if quantity.kind not in PASSED_KINDS]
    assert find_quantities(text) == kept


@given(TEXTS)
def test_quantity_at_agrees_with_find_quantities(text: str) -> None:
    covering = {
        offset: quantity
        for quantity in find_quantities(text, all=True)
        for offset in range(quantity.start, quantity.end)
        if quantity.kind not in ("name", "list")
    }
    first_line = text.split("\n", 1)[0]
    for offset in range(len(first_line)):
        assert quantity_at(text, offset) == covering.get(offset)


@given(TEXTS)
def test_parse_takes_any_text(text: str) -> None:
    quantity = parse_quantity(text)
    assert quantity is None or text[quantity.start : quantity.end] == quantity.text


@pytest.mark.parametrize(
    "unit",
    ["1,", "一", "约", "1", "1.", "一百", "1+", "1-", "1至", "第", "“", "《", "1个", "百分之", "三分之", "1/", "3五", "1,000", "0662-",
     "一、", "一是", "万", "半", "1:", "2021-", "1、", "二三", "增长", "1万"],
)  # fmt: skip
def test_repeats_take_time_in_proportion_to_their_length(unit: str) -> None:
    def seconds(count: int) -> float:
        text = unit * count
        started = time.process_time()
        find_quantities(text, all=True)
        quantity_at(text, len(text) // 2)
        return time.process_time() - started

    seconds(50)
    short = min(seconds(1000) for _ in range(3))
    # Five times the text; a quadratic rule would take twenty-five times as long.
    assert min(seconds(5000) for _ in range(2)) < 14 * short + 0.1


@settings(max_examples=20)
@given(st.integers(0, 3), st.text("0123456789,.", min_size=200, max_size=400))
def test_long_runs_of_figures_are_serial_numbers_not_values(kind: int, figures: str) -> None:
    for quantity in find_quantities(("", "约", "第", "¥")[kind] + figures + "元"):
        assert quantity.value is None or len(quantity.value.as_tuple().digits) <= 60


@given(TEXTS, st.data())
@settings(max_examples=300)
def test_the_first_quantity_at_a_span_is_the_first_of_all_that_touch_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    low = data.draw(st.integers(0, start))
    touching = [q for q in find_quantities(text, low, len(text)) if q.start < end and start < q.end]
    assert first_touching(text, start, end, low, len(text)) == (touching[0] if touching else None)
