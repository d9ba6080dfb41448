"""What a unit that stands for a number counts: apart, so that showing a value needs no unit to be found."""

from __future__ import annotations

#: Values of these units are a part of one; 角 and 分 are parts of 元.
FACTORS = {
    "%": "0.01",
    "％": "0.01",
    "﹪": "0.01",
    "‰": "0.001",
    "‱": "0.0001",
    "个百分点": "0.01",
    "個百分點": "0.01",
    "百分点": "0.01",
    "百分點": "0.01",
    "个千分点": "0.001",
    "个基点": "0.0001",
    "成": "0.1",
    "角": "0.1",
    "毛": "0.1",
}
