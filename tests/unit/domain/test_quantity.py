"""Quantities by phenomenon: which part of a sentence is the span, what it is worth, and what is passed over."""

from decimal import Decimal

import pytest

from annotator.domain.quantity import (
    PASSED_KINDS,
    Quantity,
    find_quantities,
    format_value,
    full_digits,
    parse_quantity,
    quantity_at,
)


def only(text: str) -> Quantity:
    """The one quantity of a text that may be proposed."""
    found = [quantity for quantity in find_quantities(text) if quantity.is_indicator]
    assert len(found) == 1, [quantity.text for quantity in found]
    return found[0]


def proposed(text: str) -> list[str]:
    return [quantity.text for quantity in find_quantities(text) if quantity.is_indicator]


def kinds(text: str) -> list[tuple[str, str]]:
    return [(quantity.text, quantity.kind) for quantity in find_quantities(text, all=True)]


@pytest.mark.parametrize(
    ("text", "span", "value", "unit"),
    [
        ("新增就业1286人。", "1286人", "1286", "人"),
        ("累计拨出4000万元用于修缮", "4000万元", "40000000", "元"),
        ("结余款12.38万元", "12.38万元", "123800", "元"),
        ("走访商户2,315户，", "2,315户", "2315", "户"),
        ("走访商户２，３１５户，", "２，３１５户", "2315", "户"),
        ("办结率９９．７％。", "９９．７％", "0.997", "％"),
        ("完成产值3亿2千万元", "3亿2千万元", "320000000", "元"),
        ("灌溉农田1亿3000万立方米", "1亿3000万立方米", "130000000", "立方米"),
        ("修建村道三十二公里", "三十二公里", "32", "公里"),
        ("受理申请一千零五十二件", "一千零五十二件", "1052", "件"),
        ("支出伍万叁仟元整", "伍万叁仟元整", "53000", "元"),
        ("收到捐款12块5毛", "12块5毛", "12.5", "块"),
        ("浓度为28微克/立方米", "28微克/立方米", "28", "微克/立方米"),
        ("浓度为35μg/m³，", "35μg/m³", "35", "μg/m³"),
        ("装机5万千瓦", "5万千瓦", "50000", "千瓦"),
        ("功率5千瓦", "5千瓦", "5", "千瓦"),
        ("接待来访164人次", "164人次", "164", "人次"),
        ("巡演9场(次),", "9场(次)", "9", "场(次)"),
        ("配备设备50台/套", "50台/套", "50", "台/套"),
        ("拨付补助5万元/户", "5万元/户", "50000", "元/户"),
        ("建成凉亭26疃。", "26疃", "26", "疃"),
        ("收费3元/人·月，", "3元/人·月", "3", "元/人·月"),
        ("能耗为0.5吨/万元。", "0.5吨/万元", "0.5", "吨/万元"),
        ("下泄流量30m³/s，", "30m³/s", "30", "m³/s"),
        ("完成投资3.5亿，", "3.5亿", "350000000", ""),
        ("结算 ¥3.5万 ，", "¥3.5万", "35000", "元"),
        ("库存 13 箱", "13 箱", "13", "箱"),
    ],
)
def test_span_value_and_unit(text: str, span: str, value: str, unit: str) -> None:
    quantity = only(text)
    assert (quantity.text, quantity.value, quantity.unit) == (span, Decimal(value), unit)
    assert text[quantity.start : quantity.end] == span


@pytest.mark.parametrize(
    ("text", "span", "qualifier"),
    [
        ("迎来约700人次参加", "约700人次", "approx"),
        ("大约30家", "大约30家", "approx"),
        ("占比20%左右", "20%左右", "approx"),
        ("约百余家", "约百余家", "approx"),
        ("散发1100余份", "1100余份", "at_least"),
        ("菜单1500多项", "1500多项", "at_least"),
        ("发放30余万元", "30余万元", "at_least"),
        ("惠及二十几万人", "二十几万人", "at_least"),
        ("垫付超1800万元", "超1800万元", "at_least"),
        ("收入突破30亿元", "突破30亿元", "at_least"),
        ("至少3次", "至少3次", "at_least"),
        ("不低于95%", "不低于95%", "at_least"),
        ("满意度99%以上", "99%以上", "at_least"),
        ("10家及以上", "10家及以上", "at_least"),
        ("上百名志愿者", "上百名", "at_least"),
        ("数十家单位", "数十家", "at_least"),
        ("近百家企业", "近百家", "below"),
        ("不足30%", "不足30%", "below"),
        ("不到5个", "不到5个", "below"),
        ("不超过10件", "不超过10件", "at_most"),
        ("50人以内", "50人以内", "at_most"),
        ("≤5件", "≤5件", "at_most"),
        ("共21个", "21个", "exact"),
        ("入户率达93%", "93%", "exact"),
        ("节约100万元", "100万元", "exact"),
        ("签约20个", "20个", "exact"),
        ("附近3个村", "3个", "exact"),
    ],
)
def test_approximators_belong_to_the_span_where_they_are_none_they_stay_outside(
    text: str, span: str, qualifier: str
) -> None:
    quantity = only(text)
    assert (quantity.text, quantity.qualifier) == (span, qualifier)


@pytest.mark.parametrize(
    ("text", "span", "low", "high"),
    [
        ("每期20至30人", "20至30人", "20", "30"),
        ("每期3—5个", "3—5个", "3", "5"),
        ("占5%-8%", "5%-8%", "0.05", "0.08"),
        ("占20-30%", "20-30%", "0.2", "0.3"),
        ("需3—5万元", "3—5万元", "30000", "50000"),
        ("需5000～8000元", "5000～8000元", "5000", "8000"),
        ("有一百至二百家", "一百至二百家", "100", "200"),
        ("占百分之三十到四十", "百分之三十到四十", "0.3", "0.4"),
        ("来了三五百人", "三五百人", "300", "500"),
        ("种了七八亩", "七八亩", "7", "8"),
        ("投入四十五六万元", "四十五六万元", "450000", "460000"),
    ],
)
def test_ranges_fill_both_values(text: str, span: str, low: str, high: str) -> None:
    quantity = only(text)
    assert (quantity.text, quantity.value, quantity.value_max) == (span, Decimal(low), Decimal(high))


def test_a_change_from_one_value_to_another_is_no_range() -> None:
    assert proposed("网办率由85%到96%") == ["85%", "96%"]


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("99.7%", "0.997", "rate"),
        ("3‰", "0.003", "rate"),
        ("百分之六点三", "0.063", "rate"),
        ("百分百", "1", "rate"),
        ("三成", "0.3", "rate"),
        ("三成五", "0.35", "rate"),
        ("二成五", "0.25", "rate"),
        ("六成半", "0.65", "rate"),
        ("2.5倍", "2.5", "ratio"),
        ("四分之三", "0.75", "ratio"),
        ("3/4", "0.75", "ratio"),
        ("3.2个百分点", "0.032", "change"),
        ("2角", "0.2", "money"),
        ("三元五角二分", "3.52", "money"),
        ("$200", "200", "money"),
        ("一半", "0.5", "ratio"),
        ("三斤半", "3.5", "count"),
        ("-5.2%", "-0.052", "rate"),
        ("负十二", "-12", "number"),
        ("五百三十四", "534", "number"),
    ],
)
def test_shares_money_and_signs_have_exact_values(text: str, value: str, kind: str) -> None:
    quantity = parse_quantity(text)
    assert quantity is not None
    assert (quantity.value, quantity.kind, quantity.text) == (Decimal(value), kind, text)


def test_a_fraction_that_never_ends_has_fifty_digits() -> None:
    quantity = parse_quantity("三分之二")
    assert quantity is not None
    assert quantity.value is not None
    assert abs(quantity.value * 3 - 2) < Decimal("1e-20")
    assert len(quantity.value.as_tuple().digits) == 50


@pytest.mark.parametrize(
    ("text", "span", "direction"),
    [
        ("产值同比增长6.8%", "6.8%", "up"),
        ("投诉量下降三成", "三成", "down"),
        ("同比多收28件", "28件", "up"),
        ("较去年同期少12起", "12起", "down"),
        ("较上年多受理3件", "3件", "up"),
        ("覆盖率提高0.5个百分点", "0.5个百分点", "up"),
        ("事故减少了9件", "9件", "down"),
        ("比上年多120件", "120件", "up"),
        ("同比少5宗", "5宗", "down"),
        ("办理时间缩短5天", "5天", "down"),
        ("增速为4.1%", "4.1%", "up"),
    ],
)
def test_words_of_change_stay_outside_and_give_the_direction(text: str, span: str, direction: str) -> None:
    quantity = only(text)
    assert (quantity.text, quantity.kind, quantity.direction) == (span, "change", direction)


def test_two_values_share_one_word_of_change() -> None:
    found = find_quantities("案件与投诉分别下降40%和55%")
    assert [(quantity.text, quantity.direction) for quantity in found] == [("40%", "down"), ("55%", "down")]


@pytest.mark.parametrize("text", ["降至5%", "提高到50%", "增至12家"])
def test_a_level_that_was_reached_is_no_change(text: str) -> None:
    assert only(text).kind in ("rate", "count")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2021年度", "date"),
        ("(2021-2025年)", "date"),
        ("8月20日至21日", "date"),
        ("11月底", "date"),
        ("2022-01-25", "date"),
        ("二〇二一年三月五日", "date"),
        ("9:30", "time"),
        ("3年内", "time"),
        ("24小时", "time"),
        ("为期两个月", "time"),
        ("15个工作日", "time"),
        ("下午三点半", "time"),
        ("第23条", "ordinal"),
        ("十九届", "ordinal"),
        ("三级网络", "ordinal"),
        ("五届三次会议", "ordinal"),
        ("1、整章建制", "list"),
        ("（三）整章建制", "list"),
        ("三是整章建制", "list"),
        ("3.整章建制", "list"),
        ("乙府〔2017〕92号", "document"),
        ("某ICP备20210143号", "document"),
        ("电话0999-1234567", "telephone"),
        ("12345热线", "telephone"),
        ("5G基站", "name"),
        ("1+1+9体系", "name"),
        ("“四区”建设", "name"),
        ("“三项制度”", "name"),
        ("二十大精神", "name"),
        ("五大行动", "name"),
        ("十四五规划", "name"),
        ("PM2.5", "name"),
        ("“10分钟生活圈”", "name"),
        ("《二十条措施》", "name"),
        ("“12·4”宣传", "name"),
    ],
)
def test_what_is_no_result_is_recognised_and_passed_over(text: str, kind: str) -> None:
    assert proposed(text) == []
    assert kind in [found for _, found in kinds(text)]
    assert kind in PASSED_KINDS
    assert all(quantity.kind not in PASSED_KINDS for quantity in find_quantities(text))


@pytest.mark.parametrize(
    "text",
    [
        "最多跑一次", "一窗通办", "统一领导", "进一步", "万一", "千方百计", "十分重要", "四处走访", "三三制", "一一核实", "红十字会",
        "百度地图", "一件事", "第一时间", "整合到一起", "两个方面", "五项制度", "四套班子", "二期工程", "二次供水",
        "三次产业", "一批", "一个中心", "每一宗", "一成不变", "胡说八道", "安置房(三期)", "其一", "八五普法", "四个意识",
    ],
)  # fmt: skip
def test_numerals_in_words_and_slogans_are_not_proposed(text: str) -> None:
    assert proposed(f"认真做好{text}，") == []
    assert proposed(f"推动{text}工作") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("复核旧档二次共18册", ["二次", "18册"]),
        ("移送线索两批。", ["两批"]),
        ("举办讲座三场，发出建议四份。", ["三场", "四份"]),
        ("获国家级荣誉两项、省级荣誉五项。", ["两项", "五项"]),
        ("改造危房一百五十余户", ["一百五十余户"]),
        ("办理十件实事", ["十件"]),
        ("开展演练一次。", ["一次"]),
        ("清理一次性餐具", []),
        ("每季度通报一次。", []),
    ],
)
def test_chinese_numerals_count_where_they_state_a_result(text: str, expected: list[str]) -> None:
    assert proposed(text) == expected


def test_a_clause_comma_is_no_thousands_separator() -> None:
    assert kinds("办结于2021,100名学员结业") == [("2021", "date"), ("100名", "count")]
    assert proposed("走访3,200户,45个村,6,000余人") == ["3,200户", "45个", "6,000余人"]


def test_a_list_number_glued_to_a_year_is_a_list_number() -> None:
    assert kinds("1.2022年办结8件。") == [("1", "list"), ("2022年", "date"), ("8件", "count")]


def test_figures_inside_a_short_quotation_are_a_name_unless_they_are_all_of_it() -> None:
    assert proposed("打造“3个100工程”，满意率“100%”") == ["100%"]


def test_in_a_list_each_number_is_a_span_and_the_shared_unit_is_not_filled_in() -> None:
    found = [
        (quantity.text, quantity.kind, quantity.unit) for quantity in find_quantities("三年分别办理12、15和20件。")
    ]
    assert found == [("12", "count", ""), ("15", "count", ""), ("20件", "count", "件")]
    assert proposed("2019、2020年") == []
    assert proposed("房号12、15、18，其余空置") == []


@pytest.mark.parametrize(
    "text", ["12345群众诉求", "110处置警情", "6.26国际禁毒日", "12.4国家宪法日", "2021部门预算", "自2021起实施"]
)
def test_hotlines_days_and_years_before_a_likely_unit(text: str) -> None:
    assert proposed(text) == []


def test_rank_in_figures_is_a_result_rank_in_words_is_praise() -> None:
    assert [(quantity.text, quantity.kind) for quantity in find_quantities("增速居全市第2位")] == [("第2位", "rank")]
    assert proposed("增速居全市第2位") == ["第2位"]
    assert proposed("各项工作排名第一") == []


def test_hours_are_a_result_where_they_are_summed_up() -> None:
    assert proposed("志愿服务时长累计3600小时，培训120学时，24小时值守") == ["3600小时", "120学时"]


def test_start_and_end_limit_the_search_and_offsets_stay_those_of_the_text() -> None:
    text = "受理10件，办结9件，退回1件"
    found = find_quantities(text, text.index("办"), text.index("退"))
    assert [(quantity.text, text[quantity.start : quantity.end]) for quantity in found] == [("9件", "9件")]


def test_quantity_at_gives_the_whole_quantity_from_any_place_in_it() -> None:
    text = "储备粮款约45亿元，2021年完成"
    start = text.index("约")
    for offset in range(start, start + 5):
        quantity = quantity_at(text, offset)
        assert quantity is not None
        assert quantity.text == "约45亿元"
    date = quantity_at(text, text.index("2"))
    assert date is not None
    assert date.kind == "date"
    assert quantity_at(text, 0) is None
    assert quantity_at(text, text.index("，")) is None
    assert quantity_at(text, len(text)) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("达约45亿元", "4500000000"), ("共 21个", "21"), ("两个", "2"), ("增长12%", "0.12"), ("第3位", "3")],
)
def test_parse_overlooks_what_a_person_took_along(text: str, value: str) -> None:
    quantity = parse_quantity(text)
    assert quantity is not None
    assert quantity.value == Decimal(value)


@pytest.mark.parametrize("text", ["", " ", "约", "21个证照", "10..1万", "十三五", "元整", "负"])
def test_parse_gives_nothing_for_what_is_not_one_quantity(text: str) -> None:
    assert parse_quantity(text) is None


@pytest.mark.parametrize(
    ("value", "value_max", "unit", "qualifier", "shown"),
    [
        ("4500000000", None, "元", "approx", "≈ 45 亿元"),
        ("137100", None, "元", "exact", "13.71 万元"),
        ("325", None, "家次", "exact", "325 家次"),
        ("20037", None, "人", "exact", "20,037 人"),
        ("0.997", None, "%", "exact", "99.7%"),
        ("0.032", None, "个百分点", "exact", "3.2 个百分点"),
        ("20", "30", "个", "exact", "20–30 个"),
        ("30000", "50000", "元", "exact", "3–5 万元"),
        ("1000", None, "份", "at_least", "≥ 1,000 份"),
        ("100", None, "家", "below", "< 100 家"),
        ("10", None, "件", "at_most", "≤ 10 件"),
        ("12.50", None, "", "exact", "12.5"),
    ],
)
def test_values_are_shown_as_a_reader_thinks_of_them(
    value: str, value_max: str | None, unit: str, qualifier: str, shown: str
) -> None:
    upper = None if value_max is None else Decimal(value_max)
    assert format_value(Decimal(value), upper, unit, qualifier) == shown


def test_no_value_shows_nothing_and_full_digits_show_all() -> None:
    assert format_value(None) == ""
    assert full_digits(Decimal(4500000000)) == "4,500,000,000"
    assert full_digits(Decimal("0.997")) == "0.997"
